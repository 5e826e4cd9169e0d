"""The figures of the golden city: every year's totals by sector, item and for ten facilities, with all digits."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.session import Session

ROOT = Path(__file__).parents[2]
CITY = ROOT / "examples" / "kotsukotsu-shi"
FILE = Path(__file__).parent / "kotsukotsu-shi.csv"
YEARS = range(2013, 2026)
# Office, schools, gymnasium, pool, water works, sewage, waste plant, clinic, vehicles: each of them has its own items.
FACILITIES = ("f001", "f006", "f010", "f060", "f111", "f120", "f160", "f175", "f193", "f300")
COLUMNS = ("fiscal_year", "by", "key", "quantity", "unit", "tonnes_co2e", "comparable_tonnes_co2e", "status")


def figures() -> list[dict[str, str]]:
    """Every golden figure as it is computed now."""
    session = Session(CITY)
    return [row for fy in YEARS for row in _year(session.inventory(fy))]


def _year(result: Inventory) -> Iterable[dict[str, str]]:
    yield _row(result.fy, "total", "", "", "", result.total, result.comparable_total, result.status(result.lines))
    for by in ("sector", "item", "facility"):
        for row in result.rows((by,)):
            key = row.keys[by]
            if by != "facility" or key in FACILITIES:
                quantity = "" if row.quantity is None else plain(row.quantity)
                figure = (quantity, row.unit, row.tonnes_co2e, row.comparable_tonnes_co2e, row.status)
                yield _row(result.fy, by, key, *figure)


def _row(fy, by, key, quantity, unit, tonnes, comparable, status) -> dict[str, str]:
    shown = (fy, by, key, quantity, unit, plain(tonnes), "" if comparable is None else plain(comparable), status)
    return dict(zip(COLUMNS, map(str, shown), strict=True))


def kept() -> list[dict[str, str]]:
    """Every golden figure as it was kept."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def differences(old: Iterable[dict[str, str]], new: Iterable[dict[str, str]]) -> list[str]:
    """One line for each figure that changed, came or went."""
    before, after = ({tuple(row.values())[:3]: row for row in rows} for rows in (old, new))
    lines = []
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        changed = [name for name in COLUMNS if (one or {}).get(name) != (other or {}).get(name)]
        for name in changed[3 if one is None or other is None else 0 :]:
            was, now = ((row or {}).get(name, "none") for row in (one, other))
            lines.append(f"FY{' '.join(part for part in key if part)} {name}: {was} -> {now}")
    return lines
