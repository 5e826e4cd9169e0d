"""Fuels: published factors per unit, heat values and carbon contents of both regimes."""

from __future__ import annotations

from pathlib import Path

from common import Row, mass_and_per, provenance, read, start, stop, write

from kotsukotsu.catalogue.model import Carbon, Factor

REGIMES = {"sekorei3": "sekorei3", "shk": "shk", "energy_law": "energy_act", "shk+sekorei3": "both"}
EDITIONS = {
    ("sekorei3", "2006"): "decree-2006",
    ("sekorei3", "2010"): "decree-2010",
    ("sekorei3", "2024"): "decree-2024",
    ("shk", "2006"): "shk-2006",
    ("shk", "2009"): "shk-2009",
    ("shk", "2023"): "shk-2023",
    ("energy_act", "2023"): "energy-act-2023",
    ("both", "2006"): "biogenic",
}
# Biogenic fuels are printed per tonne; their items are counted in litres or cubic metres, and nothing is nothing.
BIOGENIC_PER = {"bioethanol": "kL", "biodiesel": "kL", "biogas": "千m3"}
HEAT_ITEMS = {"heat_industrial_steam": "heat_industrial_steam", "heat_other": "heat"}
# From these years on gas and heat are counted by supplier, and the default needs a contract that names it.
SUBSTITUTE_FROM = {("city_gas", "shk"): 2023, ("city_gas", "sekorei3"): 2024, ("heat", "shk"): 2023}


def convert(folder: Path, out: Path) -> list[dict[str, str]]:
    """Write ``factors/fuels-*.csv`` and ``carbon.csv``; return the heat values."""
    rows = [row for row in read(folder / "fuels.csv") if row["regime"] in REGIMES]
    published = [_factor(row) for row in rows if row["quantity"] == "co2_factor_published" and row["value"]]
    carbon = [_carbon(row) for row in rows if row["quantity"] == "carbon_content"]
    _mark_families(published, carbon)
    published += _additions(published)
    for edition in sorted({row["edition"] for row in published}):
        chosen = [row for row in published if row["edition"] == edition]
        write(out / "factors" / f"fuels-{edition}.csv", Factor, chosen)
    write(out / "carbon.csv", Carbon, carbon)
    return [_heat_value(row) for row in rows if row["quantity"] == "hhv"]


def _item(row: Row) -> str:
    name = row["key"].split(".")[0]
    return HEAT_ITEMS.get(name, name)


def _frame(row: Row) -> dict[str, str]:
    regime = REGIMES[row["regime"]]
    return {
        "regime": regime,
        "item": _item(row),
        "value": row["value"],
        "valid_from": start(row["valid_from_fy"]),
        "valid_to": stop(row["valid_to_fy"]),
        "edition": _edition(regime, row),
        **provenance(row),
    }


def _edition(regime: str, row: Row) -> str:
    """Heat kept one table of the order from FY2006 to FY2022."""
    if row["key"].startswith("heat_") and (regime, row["valid_from_fy"]) == ("shk", "2006"):
        return "shk-heat-2006"
    return EDITIONS[regime, row["valid_from_fy"]]


def _supplier(frame: Row) -> str:
    first = SUBSTITUTE_FROM.get((frame["item"], frame["regime"]))
    return "substitute" if first and int(frame["valid_from"][:4]) >= first else ""


def _factor(row: Row) -> dict[str, str]:
    frame = _frame(row)
    mass, per = mass_and_per(row["unit"])
    supplier = _supplier(frame)
    return {
        **frame,
        "factor_id": f"{frame['item']}.{frame['regime']}.{row['valid_from_fy']}",
        "supplier": supplier,
        "kind": "any" if supplier else "",
        "gas": row["gas"],
        "mass": mass,
        "per": BIOGENIC_PER.get(frame["item"], per) if row["value"] == "0" else per,
    }


def _carbon(row: Row) -> dict[str, str]:
    frame = _frame(row)
    mass, per = mass_and_per(row["unit"])
    return {
        **frame,
        "factor_id": f"{frame['item']}.{frame['regime']}.{row['valid_from_fy']}",
        "supplier": _supplier(frame),
        "mass": mass,
        "per": per,
    }


def _heat_value(row: Row) -> dict[str, str]:
    energy, per = mass_and_per(row["unit"])
    return {**_frame(row), "kind": "", "energy": energy, "per": per}


def _mark_families(published: list[dict[str, str]], carbon: list[dict[str, str]]) -> None:
    """A published value has a family only where heat value x carbon gives another one beside it."""
    pairs = {row["factor_id"] for row in carbon}
    for row in published:
        row["family"] = "rounded" if row["factor_id"] in pairs else ""


def _additions(published: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows that the notes of the reference state but its tables do not print."""
    by_id = {row["factor_id"]: row for row in published}
    charcoal = {
        **by_id["wood.both.2006"],
        "factor_id": "charcoal.both.2006",
        "item": "charcoal",
        "note": "木炭の行は手元の資料にない。生物由来の二酸化炭素を数えない考え方から置いた",
    }
    heat = {
        **by_id["heat.shk.2023"],
        "factor_id": "heat.sekorei3.2024",
        "regime": "sekorei3",
        "valid_from": "2024-04-01",
        "edition": "decree-2024",
        "status": "number-confirmed",
        "note": "算定・報告・公表制度の代替値。施行令第3条での採用と開始年度（2024年度と仮定）は本文で確かめていない",
    }
    return [charcoal, heat]
