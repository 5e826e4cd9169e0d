"""City gas and heat by supplier, and the table of suppliers of every kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from common import Row, mass_and_per, provenance, read, start, stop, table, write

from kotsukotsu.catalogue.model import Factor, Supplier

MAIN_GAS = "G-13A"
ITEMS = {"gas": "city_gas", "heat": "heat"}
PREFIX = {"gas": "G", "heat": "H"}
NO_RESIDUAL = "残差メニューの印字なし。一覧の注は、この場合に(参考値)事業者全体を用いるとする"
COMPANY = ("(株)", "株式会社", "㈱")


def convert(folder: Path, out: Path) -> None:
    """Write ``factors/gas-*.csv``, ``factors/heat-*.csv`` and ``suppliers.csv``."""
    rows = read(folder / "suppliers_gas_heat.csv")
    supplied = [row for row in rows if "most_13A" not in row["key"] and "substitute" not in row["key"]]
    factors = [_factor(row) for row in supplied]
    factors += [row for main in rows if "most_13A" in main["key"] for row in _main_gas(main)]
    for edition in sorted({row["edition"] for row in factors}):
        write(out / "factors" / f"{edition}.csv", Factor, [r for r in factors if r["edition"] == edition])
    write(out / "suppliers.csv", Supplier, _suppliers(folder, supplied))


def _factor(row: Row) -> dict[str, str]:
    kind, number = row["key"].split(".")[:2]
    supplier = f"{PREFIX[kind]}-{number}"
    mass, per = mass_and_per(row["unit"])
    year = row["fy_actual"]
    return {
        "factor_id": ".".join(part for part in (supplier, year, row["factor_type"], row["menu"]) if part),
        "regime": "both",
        "item": ITEMS[kind],
        "supplier": supplier,
        "menu": row["menu"],
        "kind": row["factor_type"],
        "gas": row["gas"],
        "value": row["value"],
        "mass": mass,
        "per": per,
        "valid_from": start(row["valid_from_fy"]),
        "valid_to": stop(row["valid_to_fy"]),
        "source_fy": year,
        "edition": f"{kind}-fy{year}",
        **provenance(row),
    }


def _main_gas(row: Row) -> Iterable[dict[str, str]]:
    """The value of the main suppliers; the decree counts gas by supplier one year after the order."""
    mass, per = mass_and_per(row["unit"])
    for regime, first in (("shk", row["valid_from_fy"]), ("sekorei3", str(int(row["valid_from_fy"]) + 1))):
        yield {
            "factor_id": f"{MAIN_GAS}.{regime}.{first}.basic",
            "regime": regime,
            "item": "city_gas",
            "supplier": MAIN_GAS,
            "kind": row["factor_type"],
            "gas": row["gas"],
            "value": row["value"],
            "mass": mass,
            "per": per,
            "valid_from": start(first),
            "valid_to": stop(row["valid_to_fy"]),
            "edition": "gas-before-fy2025",
            **provenance(row),
            "note": "個別の事業者の一覧は手元にない。13A の主な事業者に共通の値として公表された値。" + row["note"],
        }


def _suppliers(folder: Path, supplied: list[dict[str, str]]) -> list[dict[str, str]]:
    found = _retailers(read(folder / "electricity_retailers_fy2024_actual.csv"))
    found += _grids(read(folder / "electricity_others_fy2024_actual.csv"))
    names = {(row["key"].split(".")[0], row["key"].split(".")[1]): row["name_ja"] for row in supplied}
    found += [
        {"supplier_id": f"{PREFIX[kind]}-{number}", "kind": kind, "name": name, "note": ""}
        for (kind, number), name in names.items()
    ]
    found.append(_named(MAIN_GAS, "gas", "主要都市ガス事業者(13A)", "東京ガスなど 13A の主な事業者に共通の値"))
    found.append(_named("substitute", "substitute", "代替値", "契約が代替値と定めるときに限る"))
    found.append(_named("national-average", "average", "全国平均係数", "証書の計算に用いる値。契約先ではない"))
    _add_aliases(found)
    return found


def _named(supplier_id: str, kind: str, name: str, note: str) -> dict[str, str]:
    return {"supplier_id": supplier_id, "kind": kind, "name": name, "note": note}


def _retailers(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    menus: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in rows:
        menus[row["registration_no"]].append(row["menu"])
        names[row["registration_no"]] = row["name_ja"]
    return [_named(number, "electricity", name, _menu_note(menus[number])) for number, name in names.items()]


def _menu_note(menus: list[str]) -> str:
    return NO_RESIDUAL if any(menus) and not any("残差" in menu for menu in menus) else ""


def _grids(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    found = []
    for row in rows:
        if row["section"] == "一般送配電事業者":
            number = int(row["note"].split(";")[0].removeprefix("番号"))
            # One grid operator bears the name of a retailer; the list tells them apart by its section.
            printed = f"{row['name_ja']}(一般送配電事業者)" if "沖縄" in row["name_ja"] else row["name_ja"]
            found.append(_named(f"grid-{number:02d}", "grid", printed, "最終保障供給・離島供給に限る"))
    return found


def bare(name: str) -> str:
    """A name without its legal form."""
    for word in COMPANY:
        name = name.replace(word, "")
    return name.strip()


def _names(row: Row) -> list[str]:
    """The printed name; of a retailer printed as ``one name(another name)``, both names."""
    name = bare(row["name"])
    parts = re.fullmatch(r"(.+)\((.+)\)", name) if row["kind"] == "electricity" else None
    return [parts[1], parts[2]] if parts else [name]


def _add_aliases(suppliers: list[dict[str, str]]) -> None:
    """Former and short names, and ガス for 瓦斯; a name that fits two suppliers of a kind is left out."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    taken = {(row["kind"], bare(row["name"])) for row in suppliers}
    given = {(row["supplier_id"], row["alias"]) for row in table("aliases")}
    for row in suppliers:
        own = {alias for supplier, alias in given if supplier == row["supplier_id"]}
        for name in _names(row):
            own |= {name, name.replace("瓦斯", "ガス"), name.replace("ガス", "瓦斯")}
        for alias in own - {bare(row["name"])}:
            wanted[row["kind"], alias].add(row["supplier_id"])
    for row in suppliers:
        fitting = (
            alias
            for (kind, alias), owners in wanted.items()
            if owners == {row["supplier_id"]} and kind == row["kind"] and (kind, alias) not in taken
        )
        row["aliases"] = ";".join(sorted(fitting))
