"""A table of the analysis in the terminal: what has no room goes to the next line, nothing is cut off."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from kotsukotsu.cli.analyse_formats.table import put
from kotsukotsu.documents.analysis.tables import number
from kotsukotsu.documents.table import Table

NAME, ITEM, SAID = (
    "総合保健福祉センターあゆみ館分館別棟",
    "液化石油ガス（LPG）",
    "令和5年度は臨時の調理場を置いた催しが続いた",
)


@pytest.mark.parametrize("last", ["kWh", SAID])
@pytest.mark.parametrize("width", [100, 80])
def test_no_sign_of_a_wide_table_is_lost(width, last):
    heads = ("施設", "項目", "形", "誤差（%）", "実際の使用量", "平年の気象なら", "単位")
    figures = [number(Decimal(value), 0) for value in (15, 2_534_344, 2_500_000)]
    to = Console(file=StringIO(), width=width, highlight=False)
    put(Table("表", "", heads, ((NAME, ITEM, "3PH", *figures, last),), (), ""), to)
    lines = to.file.getvalue().splitlines()[2:]
    shown = sorted("".join(lines).replace(" ", ""))
    assert shown == sorted("".join((*heads, NAME, ITEM, "3PH", "15", "2,534,344", "2,500,000", last)))
