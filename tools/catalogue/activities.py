"""Activities of 施行令第3条第1項 other than energy: vehicles, waste, waste water, livestock, gases."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

from common import Row, provenance, read, start, stop, table, write

from kotsukotsu.catalogue.model import Factor

EDITION = "decree-activities"
RELEASED = {
    "vehicle.aircon.HFC134a.disposal": ("car_air_conditioner_disposed", "HFC-134a"),
    "other.sf6_switchgear_service": ("sf6_serviced", "SF6"),
    "other.sf6_switchgear_disposal": ("sf6_disposed", "SF6"),
}
RELEASE_NOTE = "排出量は「封入量−回収量」であり、その量を活動量とするため係数は 1"


def convert(folder: Path, out: Path) -> None:
    """Write ``factors/activities.csv``."""
    gwps = read(folder / "gwp.csv")
    rows = [row for row in read(folder / "activities.csv") if row["regime"] == "sekorei3"]
    factors = [factor for row in rows if _is_number(row["value"]) for factor in _factors(row)]
    factors += [_released(row) for row in rows if row["key"] in RELEASED]
    for row in rows:
        if row["key"] == "other.hfc_spray":
            factors += _sprays(row, gwps)
    write(out / "factors" / "activities.csv", Factor, factors)


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


def _mapping(key: str) -> Row | None:
    """The longest entry of ``activities.csv`` that the key begins with."""
    fitting = [row for row in table("activities") if key == row["key"] or key.startswith(row["key"] + ".")]
    return max(fitting, key=lambda row: len(row["key"])) if fitting else None


def _factors(row: Row) -> list[dict[str, str]]:
    mapping = _mapping(row["key"])
    if mapping is None:
        if not row["key"].startswith(("rule.", "other.hfc_spray")):
            raise KeyError(row["key"])
        return []
    items = mapping["item"].split(";")
    return [
        {
            **_frame(row, item),
            "factor_id": row["key"] if len(items) == 1 else f"{row['key']}.{item}",
            "kind": mapping["kind"],
            "value": row["value"],
            "mass": mapping["mass"],
            "per": mapping["per"],
        }
        for item in items
    ]


def _frame(row: Row, item: str) -> dict[str, str]:
    trust = provenance(row)
    place = "、".join(part for part in (row["basis"].removeprefix("sekorei3 "), row["class_ja"]) if part)
    return {
        "regime": "sekorei3",
        "item": item,
        "gas": row["gas"],
        "valid_from": start(row["valid_from_fy"]),
        "valid_to": stop(row["valid_to_fy"]),
        "edition": EDITION,
        **trust,
        "locator": "。".join(part for part in (place, trust["locator"]) if part),
    }


def _released(row: Row) -> dict[str, str]:
    item, gas = RELEASED[row["key"]]
    frame = {**_frame(row, item), "gas": gas, "note": RELEASE_NOTE}
    return {**frame, "factor_id": row["key"], "value": "1", "mass": "kg", "per": "kg"}


def _sprays(row: Row, gwps: list[dict[str, str]]) -> list[dict[str, str]]:
    """One row for each HFC of 施行令第4条, from the first year in which it has a GWP there."""
    first: dict[str, str] = {}
    for gwp in gwps:
        if gwp["regime"] == "sekorei4" and gwp["gas"].startswith("HFC"):
            first[gwp["gas"]] = min(first.get(gwp["gas"], "9999"), gwp["valid_from_fy"])
    return [
        {
            **_frame(row, f"{gas.lower().replace('-', '_')}_released"),
            "factor_id": f"{row['key']}.{gas}",
            "gas": gas,
            "value": row["value"],
            "mass": "kg",
            "per": "kg",
            "valid_from": start(year),
            "note": "噴霧器・消火剤から排出された量を活動量とする",
        }
        for gas, year in first.items()
    ]
