"""Measures that the invented city thinks of: kinds of facilities times kinds of measures, at facilities still open."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from examples.make_kotsukotsu_shi.chance import between, dice, rounded
from examples.make_kotsukotsu_shi.facilities import Facility, facilities
from examples.make_kotsukotsu_shi.tables import Line, lines
from kotsukotsu.planning.measures import library

# No two estimates of a kind are equal.
LOW, HIGH = Decimal("0.85"), Decimal("1.2")
YEN_DIGITS = -4


def measure_rows() -> Iterator[dict[str, object]]:
    """Lines of measures.csv, with ids in the order of the rules."""
    ids: dict[tuple[str, str], str] = {}
    for line in lines("measures"):
        for facility in _open(line):
            key = f"m{len(ids) + 1:03d}"
            ids[facility.facility_id, line["measure"]] = key
            yield _row(key, line, facility, ids.get((facility.facility_id, line["requires"])))


def _open(line: Line) -> list[Facility]:
    found = [each for each in facilities() if each.kind["kind"] == line["kind"] and each.closed is None]
    return found[: int(line["count"])]


def _row(key: str, line: Line, facility: Facility, requires: str | None) -> dict[str, object]:
    spread = between(dice(facility.name, line["measure"], "cost"), LOW, HIGH)
    unit = library()[line["measure"]].size_unit
    return {
        "measure_id": key,
        "facility_id": facility.facility_id,
        "measure": line["measure"],
        "size": line["size"] or None,
        "unit": unit,
        "cost_yen": _yen(line["yen"], line["yen_per_m2"], facility, spread),
        "running_yen": _yen(line["running"], line["running_per_m2"], facility, spread),
        "earliest_fy": line["earliest"],
        "group": f"{facility.facility_id}-{line['group']}" if line["group"] else None,
        "requires": requires,
        "subsidy": line["subsidy"] or None,
        "renewal_fy": line["renewal"] or None,
        "renewal_discount": line["discount"] or None,
        "source": "架空の見積り",
    }


def _yen(fixed: str, per_m2: str, facility: Facility, spread: Decimal) -> Decimal:
    amount = Decimal(fixed) if fixed else Decimal(per_m2) * (facility.area or Decimal(0))
    return rounded(amount * spread, YEN_DIGITS).quantize(Decimal(1))
