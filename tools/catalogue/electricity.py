"""Electricity: one file per list of retailers' results."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from common import Row, provenance, read, start, stop, write

from kotsukotsu.catalogue.model import Factor

FULL_LIST_FY = "2024"
KINDS = {"substitute": "any", "national_average": "any"}
SUPPLIERS = {"substitute": "substitute", "national_avg": "national-average"}
LIST_SOURCE = "denki-r6"
GRID_USE = "最終保障供給・離島供給に限る"


def convert(folder: Path, out: Path) -> None:
    """Write ``factors/electricity-fyNNNN.csv`` and print every value on which the two tables differ."""
    earlier = read(folder / "electricity.csv")
    rows = [_from_subset(row) for row in earlier]
    full = list(_from_list(read(folder / "electricity_retailers_fy2024_actual.csv")))
    full += _from_others(read(folder / "electricity_others_fy2024_actual.csv"))
    known = {row["factor_id"]: row for row in full}
    for row in rows:
        other = known.get(row["factor_id"])
        if other and other["value"] != row["value"]:
            print(f"differs: {row['factor_id']} subset {row['value']} full list {other['value']}")
    kept = [row for row in rows if row["factor_id"] not in known and not row["factor_id"].startswith("grid")]
    for year in sorted({row["source_fy"] for row in kept}):
        listed = full if year == FULL_LIST_FY else []
        rest = [row for row in kept if row["source_fy"] == year]
        write(out / "factors" / f"electricity-fy{year}.csv", Factor, [*listed, *rest])


def _frame(supplier: str, menu: str, kind: str, value: str, year: str) -> dict[str, str]:
    following = str(int(year) + 1)
    return {
        "factor_id": ".".join(part for part in (supplier, year, kind, menu) if part),
        "regime": "both",
        "item": "electricity",
        "supplier": supplier,
        "menu": menu,
        "kind": kind,
        "gas": "CO2",
        "value": value,
        "mass": "t",
        "per": "kWh",
        "valid_from": start(following),
        "valid_to": stop(following),
        "source_fy": year,
        "edition": f"electricity-fy{year}",
    }


def _from_subset(row: Row) -> dict[str, str]:
    supplier = row["registration_no"] or SUPPLIERS.get(row["operator"], row["operator"])
    kind = KINDS.get(row["factor_type"], row["factor_type"])
    return {**_frame(supplier, row["menu"], kind, row["value"], row["fy_actual"]), **provenance(row)}


def _from_list(rows: Iterable[Row]) -> Iterable[dict[str, str]]:
    for row in rows:
        for kind in ("basic", "adjusted"):
            frame = _frame(row["registration_no"], row["menu"], kind, row[f"{kind}_t_per_kwh"], FULL_LIST_FY)
            yield {
                **frame,
                "source": LIST_SOURCE,
                "locator": f"登録番号 {row['registration_no']} {row['menu']}".strip(),
                "status": "confirmed",
                "note": _remark(row),
            }


def _remark(row: Row) -> str:
    parts = []
    if row["substitute_applied"] == "1":
        parts.append("※ 異常値のため代替値を用いた値として印字。この事業者に限る")
    if row["coverage_pct"]:
        parts.append(f"把握率 {row['coverage_pct']}%")
    return "。".join(parts)


def _from_others(rows: Iterable[Row]) -> list[dict[str, str]]:
    found = []
    for row in rows:
        if row["section"] == "一般送配電事業者":
            number = row["note"].split(";")[0].removeprefix("番号")
            note = "。".join([GRID_USE, *(part.strip() for part in row["note"].split(";")[1:])])
            grid = f"grid-{int(number):02d}"
            found += [
                _other(grid, kind, row[f"{kind}_t_per_kwh"], row["section"], note) for kind in ("basic", "adjusted")
            ]
        elif row["basic_t_per_kwh"]:
            supplier = {"代替値": "substitute", "全国平均係数": "national-average"}[row["name_ja"]]
            found.append(_other(supplier, "any", row["basic_t_per_kwh"], row["name_ja"], row["note"]))
    return found


def _other(supplier: str, kind: str, value: str, locator: str, note: str) -> dict[str, str]:
    frame = _frame(supplier, "", kind, value, FULL_LIST_FY)
    return {**frame, "source": LIST_SOURCE, "locator": locator, "status": "confirmed", "note": note}
