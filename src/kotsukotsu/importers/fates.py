"""What becomes of each row of the file; the same file twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kotsukotsu import units
from kotsukotsu.findings import Finding
from kotsukotsu.importers.model import RawRow
from kotsukotsu.importers.resolve import Resolved
from kotsukotsu.schema import Row

FateKind = Literal["new", "same", "corrects", "rejected", "blank", "ignored"]
Key = tuple[Any, ...]
_KEY = ("facility_id", "item", "meter_id", "use", "start", "end")


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one row.

    Attributes
    ----------
    row : Row or None
        For ``new``, ``same`` and ``corrects``: the row of ``activities.csv`` without `activity_id`.
    replaces : str
        For ``corrects``: the row that it replaces; for ``same``: the row that says it already.
    reason : Finding or None
        For ``rejected``.
    """

    kind: FateKind
    raw: RawRow
    row: Row | None = None
    replaces: str = ""
    before: Row | None = None
    reason: Finding | None = None


def key(row: Mapping[str, Any]) -> Key:
    """What makes two rows speak of the same thing."""
    return tuple(row.get(name) or "" for name in _KEY)


def equal(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows say the same quantity on the same basis; units convert exactly."""
    if one["basis"] != other["basis"]:
        return False
    left, right = one["quantity"], other["quantity"]
    if left is None or right is None:
        return left is right
    if one["unit"] == other["unit"]:
        return bool(left == right)
    if not units.same_dimension(one["unit"], other["unit"]):
        return False
    return bool(left * units.find(one["unit"]).ratio == right * units.find(other["unit"]).ratio)


def fates(rows: Sequence[Resolved], existing: Iterable[Mapping[str, Any]]) -> tuple[list[Fate], list[Finding]]:
    """The fate of every row, in the order of the file, and what was doubtful about them together.

    Parameters
    ----------
    rows : sequence of Resolved
        As the file says.
    existing : iterable of mapping
        The city's current rows.
    """
    known = {key(row): row for row in existing}
    groups: dict[Key, list[Resolved]] = {}
    for resolved in rows:
        if resolved.row is not None:
            groups.setdefault(key(resolved.row), []).append(resolved)
    findings: list[Finding] = []
    seen: set[Key] = set()
    found = []
    for resolved in rows:
        fate = _fate(resolved, groups, known, seen)
        if fate.kind == "ignored" and resolved.row is not None:
            first = groups[key(resolved.row)][0].raw.place
            findings.append(Finding("IM-61", resolved.raw.place, {"first": first}))
        found.append(fate)
    return found, findings


def _fate(
    resolved: Resolved, groups: Mapping[Key, list[Resolved]], known: Mapping[Key, Mapping[str, Any]], seen: set[Key]
) -> Fate:
    raw, row = resolved.raw, resolved.row
    if resolved.reason:
        return Fate("rejected", raw, reason=resolved.reason)
    if row is None:
        return Fate("blank" if raw.reading.kind == "blank" else "ignored", raw)
    group = groups[key(row)]
    others = [other for other in group if other.row is not None and not equal(row, other.row)]
    if others:
        data = {"value": raw.reading.text, "other": others[0].raw.reading.text, "place": others[0].raw.place}
        return Fate("rejected", raw, reason=Finding("IM-60", raw.place, data))
    if key(row) in seen:
        return Fate("ignored", raw, row)
    seen.add(key(row))
    before = known.get(key(row))
    if before is None:
        return Fate("new", raw, row)
    kind: FateKind = "same" if equal(row, before) else "corrects"
    return Fate(kind, raw, row, str(before.get("activity_id", "")), dict(before))


def counts(found: Iterable[Fate]) -> dict[str, int]:
    """Number of rows by fate; every fate is named, also those that did not occur."""
    number = Counter(fate.kind for fate in found)
    kinds: tuple[FateKind, ...] = ("new", "same", "corrects", "rejected", "blank", "ignored")
    return {kind: number[kind] for kind in kinds}
