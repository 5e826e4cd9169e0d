"""Items, units and uses, from the catalogue and ``units.csv``."""

from __future__ import annotations

from itertools import groupby

from markdown import code, table

from kotsukotsu import units
from kotsukotsu.catalogue.load import SHIPPED, load
from kotsukotsu.catalogue.model import Item

GROUPS = {
    "electricity": "電気",
    "fuel": "燃料",
    "city_gas": "都市ガス",
    "heat": "他人から供給された熱",
    "distance": "自動車の走行",
    "air_conditioner": "カーエアコン",
    "waste": "一般廃棄物の焼却",
    "industrial_waste": "産業廃棄物の焼却",
    "waste_water": "下水・し尿・浄化槽",
    "landfill": "埋立処分",
    "agriculture": "家畜・農地",
    "other": "その他（笑気ガス、SF6、HFC）",
    "primary_energy": "熱量だけの記録",
}
USES = {
    "boiler": "ボイラー（暖房、給湯、温水）",
    "gas_engine": "ガス機関（コージェネレーションなど）",
    "diesel_engine": "ディーゼル機関（非常用発電機など）",
    "household": "家庭用機器（ストーブ、家庭用の給湯器、こんろ）",
}


def items() -> str:
    """Items by group, in the catalogue's order."""
    ordered = sorted(load(SHIPPED).items.values(), key=lambda item: item.order)
    groups: dict[str, list[Item]] = {}
    for group, found in groupby(ordered, key=lambda item: item.group):
        groups.setdefault(group, []).extend(found)
    return "\n".join(_group(GROUPS[group], found) for group, found in groups.items())


def _group(title: str, found: list[Item]) -> str:
    headings = ("項目", "名称", "単位", "ガス", "使い方（use）", "備考")
    return f"### {title}\n\n{table(headings, [_item(item) for item in found])}"


def _item(item: Item) -> tuple[str, ...]:
    unit = units.find(item.unit)
    shown = code(item.unit) + (f"（{unit.name_ja}）" if unit.name_ja != item.unit else "")
    gases = "、".join(item.gases) or ("記録だけ" if item.counts == "record" else "")
    return code(item.item), item.name_ja, shown, gases, " ".join(map(code, item.uses)), item.note


def uses() -> str:
    """The uses of fuels, and the gases that each adds."""
    law = load(SHIPPED)
    rows = []
    for use, says in USES.items():
        adds = [row for row in law.use_rows if row.use == use and row.gases]
        added = [f"{law.items[row.item].name_ja}（{'、'.join(row.gases)}）" for row in adds]
        rows.append((code(use), says, "、".join(added)))
    return table(("use", "意味", "CO2 のほかに数えるガス"), rows)


def all_units() -> str:
    """Units and their exact ratios to the first unit of their kind."""
    base = {unit.dimension: unit.unit for unit in units.all_units() if unit.ratio == 1}
    rows = [
        (code(unit.unit), unit.name_ja, "" if unit.ratio == 1 else f"{unit.ratio:f} {base[unit.dimension]}")
        for unit in units.all_units()
    ]
    return table(("単位", "名称", "換算"), rows)


MAKERS = {"items": items, "uses": uses, "units": all_units}
