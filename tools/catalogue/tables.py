"""GWPs, 省エネ法 and the national plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from common import Row, mass_and_per, provenance, read, start, stop, table, write

from kotsukotsu.catalogue.model import EnergyActValue, Gwp, HeatValue, NationalValue

SETS = {"IPCC SAR": "SAR", "IPCC AR4": "AR4", "IPCC AR5": "AR5"}
# 法第2条第3項 counts seven gases, the office plan's total of 施行令第3条第1項 six of them.
OUTSIDE_TOTAL = ("sekorei3", "NF3")
ENERGY_UNITS = {"kL crude eq/yr": "kL", "-": "1"}
ELECTRICITY = {
    "elec_day_old": ("electricity", "day"),
    "elec_night_old": ("electricity", "night"),
    "elec_other_old": ("electricity", "other"),
    "elec_new": ("electricity", ""),
    "elec_self_nonfossil": ("electricity_own", ""),
}
HEAT = {"heat_ind_steam": "heat_industrial_steam", "heat_steam": "heat"}
SAME_AS_STEAM = ("heat_hot", "heat_cold")
NAMES = {
    "total": "温室効果ガス計",
    "residential": "家庭部門",
    "commercial": "業務その他部門",
    "industry": "産業部門",
    "transport": "運輸部門",
    "energy_conv": "エネルギー転換部門",
    "energy_co2": "エネルギー起源CO2",
    "nonenergy_co2": "非エネルギー起源CO2",
    "ch4": "メタン",
    "n2o": "一酸化二窒素",
    "fgas": "代替フロン等4ガス",
}


def gwps(folder: Path, out: Path) -> None:
    """Write ``gwp/<set>.csv``."""
    rows = [_gwp(row) for row in read(folder / "gwp.csv")]
    for name in SETS.values():
        write(out / "gwp" / f"{name.lower()}.csv", Gwp, [row for row in rows if row["set"] == name])


def _gwp(row: Row) -> dict[str, str]:
    regime = "sekorei3" if row["regime"] == "sekorei4" else row["regime"]
    name = SETS[row["report"]]
    return {
        "regime": regime,
        "gas": row["gas"],
        "set": name,
        "value": row["value"],
        "valid_from": start(row["valid_from_fy"]),
        "valid_to": stop(row["valid_to_fy"]),
        "in_total": "no" if (regime, row["gas"]) == OUTSIDE_TOTAL else "yes",
        "edition": f"gwp-{name.lower()}",
        **provenance(row),
    }


def energy_act(folder: Path, out: Path, fuels: list[dict[str, str]]) -> None:
    """Write ``energy_act.csv`` and, with the heat values of `fuels`, ``heat_values.csv``."""
    rows = read(folder / "energy_law.csv")
    values = [value for row in rows if (value := _heat_value(row))]
    write(out / "heat_values.csv", HeatValue, fuels + values)
    numbers = [_number(row) for row in rows if not _heat_value(row) and not row["key"].startswith(SAME_AS_STEAM)]
    write(out / "energy_act.csv", EnergyActValue, numbers)


def _heat_value(row: Row) -> dict[str, str] | None:
    place = _place(row["key"])
    if place is None:
        return None
    item, kind = place
    energy, per = mass_and_per(_dated_unit(row))
    trust = provenance(row)
    if item == "heat":
        trust["locator"] = "。".join(
            part for part in ("蒸気（産業用以外）・温水・冷水で同じ値", trust["locator"]) if part
        )
    return {
        "item": item,
        "regime": "energy_act",
        "kind": kind,
        "value": row["value"].split(" ")[0],
        "energy": energy,
        "per": per,
        "valid_from": start(row["valid_from_fy"]),
        "valid_to": stop(row["valid_to_fy"]),
        "edition": "energy-act-2006" if row["valid_to_fy"] else "energy-act-2023",
        **trust,
        **({"edition": "energy-act-gas", "note": GAS_NOTE, "status": "number-confirmed"} if item == "city_gas" else {}),
    }


GAS_NOTE = "省エネ法は供給者の発熱量による。45 は印字された例の値（46.05 とする供給者もある）で、使うと決めた市に限る"


def _place(key: str) -> tuple[str, str] | None:
    if key in ELECTRICITY:
        return ELECTRICITY[key]
    if key == "city_gas.supplier":
        return "city_gas", "other"
    name = key.split(".")
    if name[0] == "hhv":
        return next(row["item"] for row in table("energy_items") if row["key"] == name[1]), ""
    return (HEAT[name[0]], "") if name[0] in HEAT else None


def _dated_unit(row: Row) -> str:
    """Gas volumes of the old table are at 0 degC and 1 atm, of the new one at 25 degC and 1 bar."""
    if row["unit"] != "GJ/1000m3":
        return row["unit"]
    return "GJ/1000Nm3" if row["valid_to_fy"] else "GJ/1000m3@SATP"


def _number(row: Row) -> dict[str, str]:
    trust = provenance(row)
    return {
        "key": row["key"],
        "name_ja": row["name_ja"],
        "value": row["value"],
        "unit": ENERGY_UNITS.get(row["unit"], row["unit"]),
        "valid_from": start(row["valid_from_fy"]),
        "valid_to": stop(row["valid_to_fy"]),
        "source": trust["source"],
        "status": trust["status"],
        "note": "。".join(part for part in (trust["locator"], trust["note"]) if part),
    }


def national_plan(folder: Path, out: Path) -> None:
    """Write ``national_plan.csv``; a range is two values."""
    rows = read(folder / "national_plan.csv")
    write(out / "national_plan.csv", NationalValue, [_plan(row) for row in rows])


def _plan(row: Row) -> dict[str, str]:
    sector = row["key"].split(".")[1] if row["key"][0].isdigit() else row["key"].split(".")[0]
    low, _, high = row["value"].partition("-") if not row["value"].startswith("-") else (row["value"], "", "")
    trust = provenance(row)
    net_zero = row["value"] == "net zero"
    return {
        "key": row["key"],
        "plan": row["plan"],
        "sector": "total" if net_zero else sector,
        "name_ja": NAMES.get(row["name_ja"], row["name_ja"]),
        "gas": row["gas"],
        "fiscal_year": row["valid_from_fy"],
        "measure": _measure(row["item"]),
        "value": "0" if net_zero else low,
        "value_high": high,
        "unit": "MtCO2e" if net_zero else row["unit"],
        "source": trust["source"],
        "status": trust["status"],
        "note": _plan_note(row, trust),
    }


def _measure(words: str) -> str:
    if words.startswith("reduction"):
        return "reduction"
    return "actual" if "actual" in words else "target"


def _plan_note(row: Row, trust: Mapping[str, str]) -> str:
    kept = [trust["locator"], trust["note"].replace("env/coron watch status", "")]
    if "AR5" in row["item"]:
        kept.append("GWP は AR5")
    if "目安" in row["item"]:
        kept.append("目安")
    if row["value"] == "net zero":
        kept.append("実質ゼロ")
    return re.sub(r"\s+", " ", "。".join(part for part in kept if part))
