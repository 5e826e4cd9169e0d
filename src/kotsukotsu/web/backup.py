"""Everything in one file, and back: every row as text, and the totals that prove it.

A backup can be restored into SQLite or PostgreSQL, whichever it came from. A restore is one transaction: killed in the
middle it leaves the empty database; it ends only if every year's total, computed again, is the one in the backup.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

import typer
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from kotsukotsu import texts
from kotsukotsu.errors import FactorError
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.session import Session
from kotsukotsu.store.folder import write_file
from kotsukotsu.web.common import protection
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.serving import prepare
from kotsukotsu.web.settings.apps import OWN

ABOUT = "backup.json"
FORMAT = 1
OTHERS = ("mfa.Authenticator", "socialaccount.SocialAccount")
BATCH = 2000


def backup(*, file: Path) -> None:
    """Write the backup; the file appears whole or not at all."""
    write_file(file, packed())
    typer.echo(texts.label("web.cli.backed_up", file=file))


def packed() -> bytes:
    """The backup as bytes, of one moment."""
    data, outermost = io.BytesIO(), not connection.in_atomic_block
    with transaction.atomic(), zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in kept_models():
            archive.writestr(f"{model._meta.label}.jsonl", "".join(_lines(model)))  # noqa: SLF001
        about = {"format": FORMAT, "version": version("kotsukotsu"), "totals": totals()}
        archive.writestr(ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
    return data.getvalue()


def kept_models() -> list[type[models.Model]]:
    """Models whose rows a backup holds: ours, second factors and identities; no sessions, no failed logins."""
    own = [model for name in OWN for model in apps.get_app_config(name).get_models()]
    return [*own, *(apps.get_model(name) for name in OTHERS)]


def totals() -> dict[str, str | None]:
    """Total of every year from the base year to the last of the ledger; None where it cannot be computed."""
    municipality = Municipality.objects.first()
    if municipality is None:
        return {}
    session = Session(Database(municipality))
    return {str(fy): _total(session, fy) for fy in session.years()}


def _total(session: Session, fy: int) -> str | None:
    try:
        return plain(session.inventory(fy).total)
    except FactorError:
        return None


def _lines(model: type[models.Model]) -> Iterator[str]:
    fields = model._meta.concrete_fields  # noqa: SLF001
    for one in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):  # noqa: SLF001
        values = [None if getattr(one, field.attname) is None else field.value_to_string(one) for field in fields]
        yield json.dumps(dict(zip([field.column for field in fields], values, strict=True)), ensure_ascii=False) + "\n"


def restore(*, file: Path) -> None:
    """Take a backup into an empty database.

    Raises
    ------
    WebError
        W-14 the database is not empty, W-15 the file is no backup, W-16 a total is another one: nothing was restored.
    """
    prepare()
    unpack(file.read_bytes())
    typer.echo(texts.label("web.cli.restored", file=file))


def unpack(data: bytes) -> None:
    """Restore a backup of bytes, wholly or not at all."""
    if any(model._base_manager.exists() for model in kept_models()):  # noqa: SLF001
        raise WebError("W-14")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        about = json.loads(archive.read(ABOUT))
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError):
        raise WebError("W-15") from None
    if about.get("format") != FORMAT:
        raise WebError("W-15")
    with transaction.atomic():
        protection.unprotect()
        for model in kept_models():
            _put(model, archive)
        _start_sequences()
        Municipality.objects.update(key=uuid4())
        _compare(about["totals"], totals())


def _put(model: type[models.Model], archive: zipfile.ZipFile) -> None:
    name = f"{model._meta.label}.jsonl"  # noqa: SLF001
    if name not in archive.namelist():
        return
    fields = model._meta.concrete_fields  # noqa: SLF001
    rows = [json.loads(line) for line in archive.read(name).decode("utf-8").splitlines()]
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)}) "  # noqa: SLF001
        f"VALUES ({', '.join(['%s'] * len(fields))})"
    )
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            cursor.executemany(statement, [_kept(fields, row) for row in rows[start : start + BATCH]])


def _kept(fields: Any, row: dict[str, Any]) -> list[Any]:
    values = [None if row.get(f.column) is None else f.to_python(row[f.column]) for f in fields]
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]


def _start_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    protection.protect()


def _compare(before: dict[str, str | None], after: dict[str, str | None]) -> None:
    for fy in sorted({*before, *after}):
        if before.get(fy) != after.get(fy):
            raise WebError(
                "W-16", fiscal_year=fy, before=before.get(fy) or texts.none(), after=after.get(fy) or texts.none()
            )
