"""Receiving a file into a city folder: read, judged, and posted at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kotsukotsu import units
from kotsukotsu.importers import Context, ImportResult, Item, Profile, read, rejects
from kotsukotsu.ledger.current import as_of
from kotsukotsu.ledger.post import post
from kotsukotsu.schema import Row
from kotsukotsu.sessions.session import Session
from kotsukotsu.store import folder

PROFILES, REJECTED = "profiles", "rejected"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import would do, or has done.

    Attributes
    ----------
    appended : list of Row
        New rows of the ledger; corrections name what they replace.
    names : mapping
        What facilities and items are called, by their codes.
    """

    result: ImportResult
    profile_path: Path
    rejected_path: Path
    appended: list[Row]
    names: Mapping[str, str]


class Desk:
    """Where files arrive: the city's ledger is read once for all of them.

    Parameters
    ----------
    city : Path
        The city folder.
    actor : str
        Who posts.
    """

    def __init__(self, city: Path, actor: str) -> None:
        self.city, self.actor = city, actor
        self._session = Session(city)
        self._ledger = self._session.activities()

    def judge(self, file: Path, profile_name: str, now: datetime, fy: int | None = None) -> Receipt:
        """What an import of a file would do; nothing is written. `fy` is the fiscal year that the file is to be of.

        Raises
        ------
        ImportFileError
            If the file cannot be read at all, or the profile does not fit it.
        LedgerError
            If its rows would break the ledger.
        """
        profile_path = self.city / PROFILES / f"{profile_name or _stem(file)}.toml"
        profile = Profile.from_toml(folder.text_of(profile_path), profile_path.name) if profile_path.exists() else None
        context = context_of(self._session, self._ledger, fy)
        result = read(file.read_bytes(), file.name, context, profile)
        named = replace(result.profile, name=profile_path.stem)
        new = [with_reason(row, replaces, file.name) for row, replaces in result.changes]
        appended = post(self._ledger, new, actor=self.actor, now=now) if new else []
        rejected_path = self.city / REJECTED / f"{file.stem}.xlsx"
        return Receipt(replace(result, profile=named), profile_path, rejected_path, appended, context.names)

    def take_in(self, receipt: Receipt) -> None:
        """Post the rows in one step; then keep the profile and the rows to be mended."""
        if receipt.appended:
            folder.append_activities(self.city, receipt.appended)
            self._ledger = [*self._ledger, *receipt.appended]
        folder.write_file(receipt.profile_path, receipt.result.profile.to_toml())
        returned = rejects(receipt.result)
        if returned:
            folder.write_file(receipt.rejected_path, returned)


def _stem(file: Path) -> str:
    """The name of a kind of file: its own without numbers and dates, which change from month to month."""
    return re.sub(r"[\d_\-－．.]+", "_", file.stem).strip("_") or "file"


def with_reason(row: Row, replaces: str, file: str) -> Row:
    """A row that a file brings; a correction names the file as its reason."""
    if not replaces:
        return row
    note = f"{row['note']}（{file}）" if row.get("note") else file
    return {**row, "replaces": replaces, "note": note}


def context_of(session: Session, existing: list[Row], fy: int | None = None) -> Context:
    """What the importers need to know of a city, its rows and the fiscal year that is expected among it."""
    law, city = session.law.catalogue, session.city
    other_units: dict[str, list[str]] = {}
    for conversion in law.conversions:
        other_units.setdefault(conversion.item, []).append(conversion.from_unit)
    items = [
        Item(item.item, item.name_ja, (item.unit, *other_units.get(item.item, ())), (item.name_en,))
        for item in law.items.values()
        if units.is_known(item.unit)
    ]
    return Context(
        facilities=tuple((row["facility_id"], row["name"]) for row in city.table("facilities")),
        items=tuple(items),
        existing=tuple(as_of(existing, None)),
        fiscal_year=fy,
        meters={row["meter_id"]: f"{row['facility_id']}/{row['item']}" for row in city.table("meters")},
    )
