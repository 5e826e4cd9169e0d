"""Rows of the file in the words of the city: facility, item, unit, period, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kotsukotsu import texts, units
from kotsukotsu.findings import Finding
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.model import RawRow
from kotsukotsu.schema import Row

_BASES = {"not_occurring": "not_occurring", "number": "measured", "missing": "measured"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row of ``activities.csv`` without its number, or a reason; neither if it is not to be read."""

    raw: RawRow
    row: Row | None = None
    reason: Finding | None = None


class _RefusedError(Exception):
    def __init__(self, code: str, raw: RawRow, **data: Any) -> None:
        self.finding = Finding(code, raw.place, data)


class _IgnoredError(Exception):
    """The profile says that the word is not read."""


def resolve(raw: RawRow, guide: Guide) -> Resolved:
    """One row of the file as a row of the city."""
    try:
        return Resolved(raw, row=_row(raw, guide))
    except _RefusedError as refused:
        return Resolved(raw, reason=refused.finding)
    except _IgnoredError:
        return Resolved(raw)


def _row(raw: RawRow, guide: Guide) -> Row:
    if guide.meter(raw.meter) == "" or guide.is_skipped(raw.facility):
        raise _IgnoredError
    if raw.problems:
        problem = raw.problems[0]
        raise _RefusedError(problem.code, raw, **problem.data)
    facility_id, item = _facility(raw, guide), _item(raw, guide)
    if raw.reading.kind not in _BASES:
        raise _RefusedError(raw.reading.code or "IM-41", raw, value=raw.reading.text)
    unit = _unit(raw, item, guide)
    if raw.start is None or raw.end is None:
        raise _RefusedError("IM-25", raw)
    if raw.start >= raw.end:
        raise _RefusedError("IM-27", raw, start=raw.start, end=raw.end)
    return {
        "facility_id": facility_id,
        "item": item,
        "start": raw.start,
        "end": raw.end,
        "quantity": raw.reading.value,
        "unit": unit,
        "basis": _basis(raw),
        "cost_yen": raw.cost,
        "source": f"{guide.file} {raw.place}",
        "note": raw.note or None,
        "meter_id": raw.meter or None,
        "use": raw.use or None,
    }


def _basis(raw: RawRow) -> str:
    if raw.reading.kind == "number" and raw.reading.estimated:
        return "estimated"
    if raw.basis and raw.reading.kind != "not_occurring":
        return raw.basis
    return _BASES[raw.reading.kind]


def _facility(raw: RawRow, guide: Guide) -> str:
    if raw.facility_id:
        if raw.facility_id not in guide.facilities.names:
            raise _RefusedError("IM-50", raw, name=raw.facility_id)
        return raw.facility_id
    code = (guide.meter(raw.meter) or "").partition("/")[0] or guide.facility(raw.facility)
    if code in guide.facilities.names:
        return code
    if guide.facilities.ambiguous(raw.facility):
        raise _RefusedError("IM-51", raw, name=raw.facility)
    if raw.meter and not raw.facility:
        raise _RefusedError("IM-56", raw, meter=raw.meter)
    perhaps = guide.facilities.perhaps(raw.facility)
    if perhaps:
        raise _RefusedError("IM-57", raw, name=raw.facility, perhaps=guide.facilities.names[perhaps])
    raise _RefusedError("IM-50", raw, name=raw.facility)


def _item(raw: RawRow, guide: Guide) -> str:
    by_meter = (guide.meter(raw.meter) or "").partition("/")[2]
    word = by_meter or raw.item
    code = word if word in guide.items.known else guide.items.named(word)
    if not code and guide.profile.items.get(word) == "":
        raise _IgnoredError
    if code not in guide.items.known:
        raise _RefusedError("IM-52", raw, name=word)
    return code


def _unit(raw: RawRow, item: str, guide: Guide) -> str:
    written = raw.reading.unit or raw.unit or guide.profile.units.get(item, "")
    if not written and raw.reading.kind != "number":
        return guide.items.known[item].units[0]
    if not written:
        raise _RefusedError("IM-53", raw, item=guide.items.known[item].name)
    if not units.is_known(written):
        raise _RefusedError("IM-54", raw, unit=written)
    if not guide.items.fits(item, written):
        expected = texts.listed(guide.items.known[item].units)
        raise _RefusedError("IM-55", raw, unit=written, item=guide.items.known[item].name, expected=expected)
    return units.find(written).unit
