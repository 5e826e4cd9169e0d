"""The library of measures: effect, assumption, cost, life and lead time, each with its source."""

from __future__ import annotations

from markdown import code, table

from kotsukotsu.catalogue.load import SHIPPED, load
from kotsukotsu.planning.measures import Measure, library
from kotsukotsu.planning.published_costs import published_costs
from kotsukotsu.rounding import plain, printed

FORMULAS = {
    "share": "減る量 ＝ 値 × 規模 × 残りの量",
    "amount": "減る量 ＝ 値 × 規模（残りの量まで）",
    "switch": "残りの量 × 規模 を、熱量で 値 倍の {to} に替える",
    "menu": "残りの量 × 値 × 規模 の係数を 0 とする",
}
STATUS = {"confirmed": "公式", "secondary": "二次資料", "unconfirmed": "未確認", "definition": "定義による"}
NONE = "なし（市の見積りを `measures.csv` に書く）"


def effects() -> str:
    """What each measure changes, by which formula and number, and who says so."""
    names = {key: item.name_ja for key, item in load(SHIPPED).items.items()}
    heads = ("`measure`", "対策", "項目", "計算式", "値", "前提", "出典", "確かさ")
    return table(heads, [_effect(one, names) for one in library().values()])


def _effect(one: Measure, names: dict[str, str]) -> tuple[str, ...]:
    unit = "" if one.value_unit == "1" else f" {one.value_unit}"
    formula = FORMULAS[one.formula].format(to=names.get(one.to_item, ""))
    items = "、".join(names[item] for item in one.items)
    return (
        code(one.measure), one.name_ja, items, formula, f"{plain(one.value)}{unit}", one.assumption_ja, one.source,
        STATUS[one.status],
    )  # fmt: skip


def costs() -> str:
    """Initial cost of a unit of size, life and lead time."""
    heads = ("`measure`", "初期費用", "費用の出典", "確かさ", "使う年数", "年数の出典", "準備の年数")
    return table(heads, [_cost(one) for one in library().values()])


def _cost(one: Measure) -> tuple[str, ...]:
    unit = "" if one.size_unit == "1" else f"/{one.size_unit}"
    cost = NONE if one.cost_yen is None else f"{printed(one.cost_yen)} 円{unit if one.cost_yen else ''}"
    status = STATUS.get(one.cost_status, "")
    return code(one.measure), cost, one.cost_source, status, str(one.life_years), one.life_source, str(one.lead_years)


def published() -> str:
    """Published costs to compare an estimate with, and the measures of which none has been found."""
    heads = ("`measure`", "何の費用か", "円", "単位", "出典", "確かさ")
    found = published_costs()
    rows = [
        (code(one.measure), one.what_ja, one.yen, one.unit_ja, one.source, STATUS[one.status])
        for costs in found.values() for one in costs
    ]  # fmt: skip
    without = (code(key) for key, one in library().items() if key not in found and one.cost_yen is None)
    return f"{table(heads, rows)}\n公表された費用を見つけていない対策：{'、'.join(without)}"


MAKERS = {"measure effects": effects, "measure costs": costs, "published costs": published}
