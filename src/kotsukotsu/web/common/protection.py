"""What the database itself refuses: to change or delete rows of the ledger, of the log, of publications.

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
    """

    model: str
    unless_updated: str = ""
    unless_deleted: str = ""
    unless_inserted: str = ""


_OLD_LOG = "EXISTS (SELECT 1 FROM accounts_retention WHERE kind = 'log' AND OLD.at < keep_from)"
_OPEN = "EXISTS (SELECT 1 FROM publications_publication p WHERE p.id = {}.publication_id AND p.state <> 'published')"
_NOT_PUBLISHED = "OLD.state <> 'published'"
_NOT_CLOSED = (
    "NOT EXISTS (SELECT 1 FROM publications_publication p WHERE p.fiscal_year = {0}.fiscal_year "
    "AND p.number = {0}.number AND p.state = 'published')"
)
KEPT = (
    Kept("entries.Activity"),
    Kept("accounts.LogEntry", unless_deleted=_OLD_LOG),
    Kept("publications.Publication", unless_updated=_NOT_PUBLISHED, unless_deleted=_NOT_PUBLISHED),
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
            for statement in make(kept, _table(apps.get_model(kept.model))):
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
        for name, table in names():
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def names() -> Iterator[tuple[str, str]]:
    """Each trigger and its table."""
    for kept in KEPT:
        table = _table(apps.get_model(kept.model))
        for event, _ in _conditions(kept):
            yield f"keep_{table}_{event}", table


def _conditions(kept: Kept) -> tuple[tuple[str, str], ...]:
    always = ("update", kept.unless_updated), ("delete", kept.unless_deleted)
    return (*always, ("insert", kept.unless_inserted)) if kept.unless_inserted else always


def _sqlite(kept: Kept, table: str) -> Iterator[str]:
    for event, unless in _conditions(kept):
        name = f"keep_{table}_{event}"
        when = f"WHEN NOT ({unless})" if unless else ""
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" {when} '
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


def _postgres(kept: Kept, table: str) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION kotsukotsu_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for event, unless in _conditions(kept):
        name = f"keep_{table}_{event}"
        changed, body = "OLD" if event == "delete" else "NEW", f"keep_{table}_{event}_body"
        yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
        if not unless:
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION kotsukotsu_keep()"
            )
            continue
        yield (
            f'CREATE OR REPLACE FUNCTION "{body}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF NOT ({unless}) THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {changed}; END $$"
        )
        yield f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{body}"()'


def _remarks() -> Iterator[tuple[str, str]]:
    """Columns of the schema's tables, and what they mean."""
    for model in apps.get_models():
        table = getattr(model, "table", None)  # a model of the schema's tables; `Tabled` cannot be imported this early
        for one in schema.columns(table) if table else ():
            yield f'"{_table(model)}"."{one.column}"', one.meaning
