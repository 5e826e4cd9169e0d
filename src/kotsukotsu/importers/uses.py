"""How a fuel is used: a file that does not say it means what the city's rows of the same series say.

Without this, the same bill with and without its use would stand twice in the ledger, and be counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kotsukotsu.importers.resolve import Resolved

Series = tuple[str, str, str]  # facility, item, meter


def known_uses(existing: Iterable[Mapping[str, Any]]) -> dict[Series, str]:
    """The use of each series whose latest rows name exactly one; a series used in two ways has none."""
    latest: dict[Series, tuple[Any, set[str]]] = {}
    for row in existing:
        series = (row["facility_id"], row["item"], row.get("meter_id") or "")
        end, uses = latest.get(series, (row["end"], set()))
        if row["end"] > end:
            uses = set()
        if row["end"] >= end:
            latest[series] = (row["end"], uses | {row.get("use") or ""})
    return {series: uses.pop() for series, (_, uses) in latest.items() if len(uses) == 1}


def with_use(resolved: Resolved, known: Mapping[Series, str]) -> Resolved:
    """The row with the use of its series, where the file names none."""
    row = resolved.row
    if row is None or row["use"]:
        return resolved
    use = known.get((row["facility_id"], row["item"], row["meter_id"] or ""), "")
    return replace(resolved, row={**row, "use": use}) if use else resolved
