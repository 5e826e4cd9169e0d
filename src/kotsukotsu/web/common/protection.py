"""What the database itself refuses: to change or delete rows of the ledger, of the log, of publications.

So do the ways around the triggers of single rows: SQLite's ``REPLACE`` and PostgreSQL's ``TRUNCATE``.

The triggers are made again after every ``migrate``, on SQLite and on PostgreSQL; so are PostgreSQL's remarks on the
columns, from ``schema/*.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections

from kotsukotsu import schema

REFUSED = "kotsukotsu: this row is kept as it is"


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows stay as they are.

    Attributes
    ----------
    model : str
        ``app.Model``.
    unless_updated, unless_deleted : str
        A condition of SQL on ``OLD`` (and ``NEW``) under which it may happen after all; empty means never.
    unless_inserted : str
        A condition on ``NEW`` under which a row may be added; empty means always.
    instead : str
        A condition on ``kept`` and ``NEW`` under which SQLite's ``REPLACE`` takes the row ``kept`` away for the row
        ``NEW``: no trigger is asked of what it deletes.
    """

    model: str
    unless_updated: str = ""
    unless_deleted: str = ""
    unless_inserted: str = ""
    instead: str = "kept.id = NEW.id"


LOG_KEPT = 1826  # the least time that the log is kept, whatever the retention says: five years [d]
_OLD_LOG = "OLD.at < {long_ago} AND EXISTS (SELECT 1 FROM accounts_retention WHERE kind = 'log' AND OLD.at < keep_from)"
_LONG_AGO = {
    "sqlite": f"datetime('now', '-{LOG_KEPT} days')",
    "postgresql": f"now() - interval '{LOG_KEPT} days'",
}
_OPEN = "EXISTS (SELECT 1 FROM publications_publication p WHERE p.id = {}.publication_id AND p.state <> 'published')"
_NOT_PUBLISHED = "OLD.state <> 'published'"
_NOT_CLOSED = (
    "NOT EXISTS (SELECT 1 FROM publications_publication p WHERE p.fiscal_year = {0}.fiscal_year "
    "AND p.number = {0}.number AND p.state = 'published')"
)
KEPT = (
    Kept(
        "entries.Activity",
        instead="kept.id = NEW.id OR kept.activity_id = NEW.activity_id OR kept.replaces = NEW.replaces",
    ),
    Kept("accounts.LogEntry", unless_deleted=_OLD_LOG),
    Kept(
        "publications.Publication",
        unless_updated=_NOT_PUBLISHED,
        unless_deleted=_NOT_PUBLISHED,
        instead="kept.id = NEW.id OR (kept.fiscal_year = NEW.fiscal_year AND kept.number = NEW.number)",
    ),
    *(
        Kept(f"publications.{model}", unless_deleted=_OPEN.format("OLD"), unless_inserted=_OPEN.format("NEW"))
        for model in ("PublishedFigure", "PublishedFile", "Remark")
    ),
    Kept("papers.Comment", *(_NOT_CLOSED.format(one) for one in ("OLD", "OLD", "NEW"))),
)


def protect(using: str = "default", **_: Any) -> None:
    """Make every trigger and remark anew."""
    connection = connections[using]
    make = _postgres if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for kept in KEPT:
            table = _table(apps.get_model(kept.model))
            for name, event, refused in _guards(kept, table, connection.vendor):
                for statement in make(name, event, refused, table):
                    cursor.execute(statement)
        if connection.vendor == "postgresql":
            quote = connection.SchemaEditorClass(connection).quote_value  # such a statement takes no places (%s)
            for column, meaning in _remarks():
                cursor.execute(f"COMMENT ON COLUMN {column} IS {quote(meaning)}")


def _table(model: Any) -> str:
    return str(model._meta.db_table)  # noqa: SLF001  # Django's public way to a model's table


def unprotect(using: str = "default") -> None:
    """Take the triggers away, for a database that is about to be emptied as a whole."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in names(connection.vendor):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def names(vendor: str) -> Iterator[tuple[str, str]]:
    """Each trigger and its table."""
    for kept in KEPT:
        table = _table(apps.get_model(kept.model))
        for name, _, _ in _guards(kept, table, vendor):
            yield name, table


def _guards(kept: Kept, table: str, vendor: str) -> Iterator[tuple[str, str, str]]:
    """Name, event and condition of each trigger; without a condition it always refuses."""
    deleted = kept.unless_deleted.format(long_ago=_LONG_AGO[vendor])
    events = {"update": kept.unless_updated, "delete": deleted}
    events |= {"insert": kept.unless_inserted} if kept.unless_inserted else {}
    for event, unless in events.items():
        yield f"keep_{table}_{event}", event, unless and f"NOT ({unless})"
    if vendor == "postgresql":
        yield f"keep_{table}_truncate", "truncate", f'EXISTS (SELECT 1 FROM "{table}")'
        return
    stays = f" AND NOT ({deleted.replace('OLD.', 'kept.')})" if deleted else ""
    instead = f'EXISTS (SELECT 1 FROM "{table}" kept WHERE ({kept.instead}){stays})'
    yield f"keep_{table}_inserted_instead", "insert", instead
    if kept.unless_updated:
        yield f"keep_{table}_updated_instead", "update", instead


def _sqlite(name: str, event: str, refused: str, table: str) -> Iterator[str]:
    when = f"WHEN {refused}" if refused else ""
    yield f'DROP TRIGGER IF EXISTS "{name}"'
    yield (
        f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" {when} '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _postgres(name: str, event: str, refused: str, table: str) -> Iterator[str]:
    returned = {"truncate": "NULL", "delete": "OLD"}.get(event, "NEW")
    yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
    yield (
        f'CREATE OR REPLACE FUNCTION "{name}_body"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF {refused or 'true'} THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {returned}; END $$"
    )
    at = f'BEFORE {event.upper()} ON "{table}" FOR EACH {"STATEMENT" if event == "truncate" else "ROW"}'
    yield f'CREATE TRIGGER "{name}" {at} EXECUTE FUNCTION "{name}_body"()'


def _remarks() -> Iterator[tuple[str, str]]:
    """Columns of the schema's tables, and what they mean."""
    for model in apps.get_models():
        table = getattr(model, "table", None)  # a model of the schema's tables; `Tabled` cannot be imported this early
        for one in schema.columns(table) if table else ():
            yield f'"{_table(model)}"."{one.column}"', one.meaning
