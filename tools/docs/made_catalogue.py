"""What the catalogue holds: tables, statuses, editions, coverage, gaps, breaks and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from markdown import code, table

from kotsukotsu.catalogue.coverage import CoverageRow, coverage
from kotsukotsu.catalogue.load import SHIPPED, load
from kotsukotsu.catalogue.model import Catalogue

MANY_LISTS = 3  # a retailer with fewer years is in the newest list only


@cache
def law() -> Catalogue:
    """The shipped catalogue."""
    return load(SHIPPED)


def size() -> str:
    """Version, and how many rows of each kind."""
    rows = [
        ("排出係数", len(law().factors)), ("単位発熱量", len(law().heat_values)), ("炭素の量", len(law().carbon)),
        ("地球温暖化係数", len(law().gwps)), ("項目", len(law().items)), ("供給者", len(law().suppliers)),
        ("換算", len(law().conversions)), ("手元にない年度の届け", len(law().gaps)), ("出典", len(law().sources)),
    ]  # fmt: skip
    return f"版：{law().version}\n\n" + table(("中身", "行数"), rows)


def statuses() -> str:
    """Statuses, and how many factors have each."""
    counts = Counter(factor.status for factor in law().factors)
    rows = [
        (code(one.status), one.name_ja, "○" if one.warns else "", counts[one.status])
        for one in sorted(law().statuses.values(), key=lambda one: one.order)
    ]
    return table(("状態", "画面の言葉", "断り書き", "係数の数"), rows)


def editions() -> str:
    """Editions and the fiscal years they answer for."""
    rows = [
        (code(one.edition), one.title, _span(one.covers_from, one.covers_to), one.released, one.note)
        for one in law().editions.values()
    ]
    return table(("版", "何か", "使う年度", "公表", "備考"), rows)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}～{last}"


def electricity() -> str:
    """Results years at hand of the retailers with several lists."""
    rows = [row for row in coverage(law()) if row.item == "electricity" and row.supplier in law().suppliers]
    long = sorted({row.supplier for row in rows if len(row.years) >= MANY_LISTS})
    cells = [
        (law().suppliers[row.supplier].name, row.menu or "－", code(row.kind), runs(row.years), _gaps(row))
        for row in rows
        if row.supplier in long and row.kind in ("basic", "adjusted") and row.menu in ("", "残差")
    ]
    heads = ("供給者", "メニュー", "種類", "手元にある実績の年度", "手元にない年度")
    only = len({row.supplier for row in rows}) - len(long)
    rest = f"ほかの {only} の供給者は、最新の一覧（令和6年度実績）などの一部の年度だけがあります。"
    return f"{table(heads, cells)}\n{rest}\n"


def others() -> str:
    """Fiscal years of use of everything but electricity, items alike in one row, single suppliers left out."""
    years: dict[tuple[str, str], set[int]] = {}
    status: dict[tuple[str, str], set[str]] = {}
    for row in coverage(law()):
        if row.item != "electricity" and row.years and not row.supplier:
            years.setdefault((row.item, row.regime), set()).update(row.years)
            status.setdefault((row.item, row.regime), set()).update(row.statuses)
    alike: dict[tuple[str, str, str], list[str]] = {}
    for (item, regime), found in years.items():
        key = regime, runs(sorted(found)), "、".join(sorted(status[item, regime]))
        alike.setdefault(key, []).append(law().items[item].name_ja)
    cells = [("、".join(names), code(regime), span, said) for (regime, span, said), names in alike.items()]
    return table(("項目", "制度", "使う年度", "状態"), cells)


def runs(years: Sequence[int]) -> str:
    """Years as runs: 2005～2007、2009."""
    parts: list[list[int]] = []
    for year in years:
        if parts and parts[-1][-1] == year - 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return "、".join(_span(part[0], part[-1]) for part in parts)


def _gaps(row: CoverageRow) -> str:
    return "、".join(_span(gap.from_fy, gap.to_fy) for gap in row.gaps)


def gaps() -> str:
    """The declared gaps, those of single retailers left to the table of retailers."""
    rows = [
        (law().items[gap.item].name_ja, "すべて" if gap.supplier == "*" else gap.supplier, code(gap.regime),
         _span(gap.from_fy, gap.to_fy), gap.reason)
        for gap in law().gaps
        if gap.item != "electricity" or gap.supplier == "*"
    ]  # fmt: skip
    return table(("項目", "供給者", "制度", "年度", "わけ"), dict.fromkeys(rows))


def breaks() -> str:
    """Where a series changes its meaning."""
    rows = [(code(one.series), one.from_fy, one.title_ja, one.note) for one in law().breaks]
    return table(("系列", "実績の年度", "何が変わったか", "備考"), rows)


def conversions() -> str:
    """Conversions between units of different kinds."""
    rows = [
        (code(one.conversion_id), law().items[one.item].name_ja, f"1 {one.from_unit} = {one.value:f} {one.to_unit}",
         "○" if one.default else "", one.status, one.note)
        for one in law().conversions
    ]  # fmt: skip
    return table(("番号", "項目", "換算", "選ばなくても使う", "状態", "備考"), rows)


def rules() -> str:
    """Values and formulas of the manual."""
    rows = [
        (one.name_ja, "" if one.value is None else f"{one.value:f}", one.status, one.note)
        for one in law().rules.values()
    ]
    return table(("何か", "値", "状態", "備考"), rows)


def sources() -> str:
    """Documents with their publishers."""
    rows = [
        (code(one.source_id), one.title, one.publisher, one.published, f"<{one.url}>" if one.url else "", one.note)
        for one in law().sources.values()
    ]
    return table(("番号", "文書", "公表した者", "公表", "所在", "備考"), rows)


MAKERS = {
    "catalogue size": size, "statuses": statuses, "editions": editions, "electricity years": electricity,
    "other years": others, "gaps": gaps, "breaks": breaks, "conversions": conversions, "manual values": rules,
    "sources": sources,
}  # fmt: skip
