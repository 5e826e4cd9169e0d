"""A city folder into the database and back, without loss: the same tables, every other file byte by byte."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import transaction

from kotsukotsu.schema.city import City
from kotsukotsu.store import folder
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import CityFile, Municipality

_NUMBERED = re.compile(r"A(\d+)", re.ASCII)


@transaction.atomic
def city_import(*, source: Path, actor: User) -> Municipality:
    """Take a whole city folder into an empty database.

    Raises
    ------
    WebError
        W-09 there is a city already: it would have to be overwritten, and the ledger is never overwritten.
    FolderError
        If the folder cannot be read; nothing was written.
    """
    if Municipality.objects.exists():
        raise WebError("W-09", name=str(Municipality.objects.get()))
    city = folder.read(source)
    made = Municipality.objects.create(
        settings_toml=folder.text_of(source / folder.SETTINGS), last_activity=_last_number(city)
    )
    counts = {name: tables.put(name, city.table(name)) for name in tables.MODELS if city.table(name)}
    for row in city.factors:
        tables.put(tables.FACTORS, [{k: v for k, v in row.items() if k != "file"}], file=row["file"])
    tables.put(tables.PRINTED, city.printed)
    counts["files"] = _keep_files(source, city)
    log(actor=actor, verb="import", kind="municipality", key=city.code, after=counts, reason=source.name)
    return made


def _last_number(city: City) -> int:
    found = (_NUMBERED.fullmatch(row["activity_id"]) for row in city.table(Activity.table))
    return max((int(match[1]) for match in found if match), default=0)


def _keep_files(source: Path, city: City) -> int:
    """Keep every file that is no table known here."""
    known = {f"{name}.csv" for name in tables.MODELS} | {folder.SETTINGS, folder.PRINTED}
    known |= {str(row["file"]) for row in city.factors}
    kept = [
        CityFile(path=path.relative_to(source).as_posix(), content=path.read_bytes())
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.relative_to(source).as_posix() not in known
    ]
    CityFile.objects.bulk_create(kept)
    return len(kept)


def city_export(*, target: Path) -> None:
    """Write the whole city as a city folder.

    Raises
    ------
    WebError
        W-10 there is no city yet; W-11 the folder is not empty.
    """
    own = Municipality.objects.first()
    if own is None:
        raise WebError("W-10")
    if target.exists() and any(target.iterdir()):
        raise WebError("W-11", folder=target)
    for file in CityFile.objects.iterator():
        folder.write_file(_within(target, file.path), bytes(file.content))
    folder.write(tables.city(activities=True), target)
    folder.write_file(target / folder.SETTINGS, own.settings_toml)


def _within(target: Path, path: str) -> Path:
    """The place of a file, never outside the folder."""
    found = (target / path).resolve()
    if not found.is_relative_to(target.resolve()):
        raise WebError("W-11", folder=found)
    return found
