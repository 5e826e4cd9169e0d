"""New rows that speak of days for which the city already has another row: perhaps counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kotsukotsu.findings import Finding
from kotsukotsu.importers.fates import Fate


def overlaps(
    fates: Iterable[Fate], existing: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None
) -> list[Finding]:
    """One finding for each facility and item with new rows over days that are already told.

    Parameters
    ----------
    names : mapping, optional
        What facilities and items are called, by their codes.

    Notes
    -----
    Two meters of one facility are no overlap; a row without a meter beside one with a meter is.
    """
    known: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in existing:
        if not (row["basis"] == "not_occurring" and row.get("replaces")):  # taken back: it tells of no days
            known.setdefault((row["facility_id"], row["item"]), []).append(row)
    findings: dict[tuple[str, str], Finding] = {}
    for fate in fates:
        if fate.kind != "new" or fate.row is None:
            continue
        key = (fate.row["facility_id"], fate.row["item"])
        other = next((row for row in known.get(key, ()) if _overlap(fate.row, row)), None)
        if other is not None and key not in findings:
            facility, item = ((names or {}).get(code, code) for code in key)
            data = {"facility": facility, "item": item, "start": other["start"], "end": other["end"]}
            findings[key] = Finding("IM-62", fate.raw.place, data)
    return list(findings.values())


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    for name in ("meter_id", "use"):
        left, right = one.get(name), other.get(name)
        if left and right and left != right:
            return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
