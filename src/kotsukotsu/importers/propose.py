"""A mapping profile proposed from the file: what is certain is used, the rest waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from kotsukotsu.importers import bill_days
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.model import RawRow, Table
from kotsukotsu.importers.profile import Profile

Words = dict[str, str]


def propose(tables: Sequence[Table], guide: Guide) -> Profile:
    """A profile for tables that were read without one.

    Parameters
    ----------
    tables : sequence of Table
        As the layouts read them.
    guide : Guide
        The city's and the catalogue's names.

    Returns
    -------
    Profile
        Names that match exactly are in it; similar names are in ``uncertain``.
    """
    raws = [raw for table in tables for raw in table.rows if raw.reading.kind != "blank"]
    named = [raw for raw in raws if not raw.codes]
    facilities, doubtful_facilities = _facilities(named, guide)
    items, doubtful_items = _items(named, guide)
    meters, doubtful_meters = _meters(named, guide)
    doubtful = {
        "facilities": doubtful_facilities,
        "items": doubtful_items,
        "units": _units(raws, guide),
        "meters": doubtful_meters,
    }
    return Profile(
        PurePath(guide.file).stem,
        tuple(dict.fromkeys(table.layout for table in tables)),
        bill_days.rule(raws)[0],
        {heading: role for table in tables for heading, role in table.columns if heading},
        items,
        {},
        facilities,
        meters,
        {name: words for name, words in doubtful.items() if words},
    )


def _facilities(raws: Sequence[RawRow], guide: Guide) -> tuple[Words, Words]:
    certain: Words = {}
    doubtful: Words = {}
    for name in dict.fromkeys(raw.facility for raw in raws if raw.facility and not raw.facility_id):
        if code := guide.facility(name):
            certain[name] = code
        else:
            doubtful[name] = "" if guide.facilities.ambiguous(name) else guide.facilities.perhaps(name)
    return certain, doubtful


def _items(raws: Sequence[RawRow], guide: Guide) -> tuple[Words, Words]:
    certain: Words = {}
    doubtful: Words = {}
    for word in dict.fromkeys(raw.item for raw in raws if raw.item and raw.item not in guide.items.known):
        code = guide.items.named(word)
        (certain if code else doubtful)[word] = code or guide.items.within(word)
    return certain, doubtful


def _units(raws: Sequence[RawRow], guide: Guide) -> Words:
    """Items without any unit in the file; the base unit is only a proposal."""
    bare = [raw.item for raw in raws if raw.reading.kind == "number" and not raw.reading.unit and not raw.unit]
    return {item: guide.items.known[item].units[0] for item in dict.fromkeys(bare) if item in guide.items.known}


def _meters(raws: Sequence[RawRow], guide: Guide) -> tuple[Words, Words]:
    certain: Words = {}
    doubtful: Words = {}
    for raw in raws:
        if not raw.meter or raw.meter in certain:
            continue
        if code := guide.meters.get(raw.meter) or guide.facility(raw.facility):
            certain[raw.meter] = code
            doubtful.pop(raw.meter, None)
        else:
            doubtful[raw.meter] = guide.facilities.perhaps(raw.facility) if raw.facility else ""
    return certain, doubtful
