"""A small city folder, written as a person would write it; nothing of the library writes it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.trace import trace
from kotsukotsu.errors import FactorError
from kotsukotsu.sessions.session import Session

CODE = "012351"
FIRST = {
    "facilities": ("facility_id", "name"),
    "activities": ("activity_id", "facility_id", "item", "start", "end", "quantity", "unit", "basis"),
}
UNITS = {
    **dict.fromkeys(("electricity", "electricity_own", "electricity_sold"), "kWh"),
    **dict.fromkeys(("lpg", "lng", "wood", "charcoal"), "kg"),
    "city_gas": "m3", "heat": "MJ",
}  # fmt: skip


class Town:
    """Rows of tables, written on demand; a column exists if a row uses it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.municipality: dict[str, Any] = {"code": CODE, "name": "見本市", "base_fy": 2013}
        self.policy: list[str] = []
        self.tables: dict[str, list[dict[str, Any]]] = {"facilities": [], "activities": []}
        self.facility("f1", "市役所")

    def facility(self, key: str, name: str, **more: Any) -> None:
        self.add("facilities", facility_id=key, name=name, **more)

    def add(self, table: str, **row: Any) -> dict[str, Any]:
        self.tables.setdefault(table, []).append(row)
        return row

    def act(self, item: str, start: str, end: str, quantity: Any, **more: Any) -> str:
        """One row; its id."""
        key = more.pop("key", None) or f"A{len(self.tables['activities']) + 1}"
        defaults = {
            "facility_id": "f1", "unit": UNITS.get(item, "km" if item.startswith("distance") else "L"),
            "basis": "measured",
        }  # fmt: skip
        given = {"activity_id": key, "item": item, "start": start, "end": end, "quantity": quantity}
        self.add("activities", **{**defaults, **given, **more})
        return key

    def year(self, item: str, fy: int, quantity: Any, **more: Any) -> str:
        """One row for a whole fiscal year; its id."""
        return self.act(item, f"{fy}-04-01", f"{fy + 1}-04-01", quantity, **more)

    def month(self, item: str, month: str, quantity: Any, **more: Any) -> str:
        """One row for a calendar month, 2024-05; its id."""
        year, number = (int(part) for part in month.split("-"))
        end = date(year + number // 12, number % 12 + 1, 1)
        return self.act(item, f"{month}-01", end.isoformat(), quantity, **more)

    def contract(self, supplier: str, item: str = "electricity", facility: str = "f1", **more: Any) -> None:
        self.add("supplies", facility_id=facility, item=item, supplier=supplier, **more)

    def own(self, item: str, value: str, **more: Any) -> None:
        """A factor of the city's own; kg of CO2 per base unit unless said otherwise."""
        number = len(self.tables.get("factors/own", [])) + 1
        defaults = {
            "factor_id": f"own-{number}", "item": item, "supplier": "", "menu": "", "gas": "CO2", "value": value,
            "mass": "kg", "per": UNITS.get(item, "L"), "source": "市の資料", "status": "confirmed",
        }  # fmt: skip
        self.add("factors/own", **{**defaults, **more})

    def write(self) -> Path:
        self.path.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            self._write_table(name, rows)
        lines = ["[municipality]", *(f"{key} = {_toml(value)}" for key, value in self.municipality.items())]
        (self.path / "municipality.toml").write_text("\n".join([*lines, "[policy]", *self.policy, ""]), "utf-8")
        return self.path

    def _write_table(self, name: str, rows: list[dict[str, Any]]) -> None:
        path = self.path / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        columns = list(dict.fromkeys([*FIRST.get(name, ()), *(key for row in rows for key in row)]))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)

    def session(self, moment: Any = None) -> Session:
        return Session(self.write(), moment)

    def inventory(self, fy: int, **more: Any) -> Inventory:
        return self.session().inventory(fy, **more)

    def total(self, fy: int) -> Any:
        return self.inventory(fy).total

    def problems(self, fy: int) -> list[str]:
        """Codes of the findings for which the inventory is refused."""
        try:
            self.inventory(fy)
        except FactorError as error:
            return [finding.code for finding in error.findings]
        return []

    def trace(self, fy: int) -> Any:
        session = self.session()
        return trace(session.city, session.law, fy, session.single_rows(fy))


def _toml(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else f'"{value}"'
