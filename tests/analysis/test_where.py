"""Rankings as figure 9 of the plan of 石狩市, and the few that make most of the total."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.analysis.index import index
from kotsukotsu.analysis.where import main_ones, ranking
from kotsukotsu.cli import show

PRINTED = Path(__file__).parents[2] / "examples" / "ishikari" / "printed" / "main_facilities.csv"
TOTAL = Decimal(10004)  # エネルギー起源CO2 of FY2024, section 2.1 (2)
OTHERS = 304 - 48  # facilities that figure 9 leaves out
AMOUNTS = st.dictionaries(st.text("abcdef", min_size=1), st.decimals("0", "1000", places=1), min_size=1)


def ishikari():
    """Figure 9, and the facilities that it leaves out as equal parts of the rest."""
    with PRINTED.open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    base = {row["facility"]: Decimal(row["fy2013_tco2"]) for row in printed if row["fy2013_tco2"] != "0"}
    latest = {row["facility"]: Decimal(row["fy2024_tco2"]) for row in printed}
    rest = (TOTAL - sum(latest.values())) / OTHERS
    return printed, ranking(base, latest | {f"他{number}": rest for number in range(OTHERS)})


def test_the_48_main_facilities_of_ishikari_are_found():
    printed, rows = ishikari()
    assert {row.key for row in main_ones(rows)} == {row["facility"] for row in printed}
    # Facilities of one printed size (58 t: 41 and 42) are in the order of their names here.
    assert [row.latest for row in main_ones(rows)] == [Decimal(row["fy2024_tco2"]) for row in printed]


def test_the_shares_of_figure_9_come_out_but_for_rounding():
    # The plan divides unrounded tonnes, which it does not print: half a tonne is 0.005 %, plus half a digit of print.
    printed, rows = ishikari()
    by_name = {row.key: row for row in rows}
    for rank, line in enumerate(printed):
        row = by_name[line["facility"]]
        assert abs(row.share - Decimal(line["share_pct"])) <= Decimal("0.055") + Decimal("0.001")
        # 48 rounded tonnes may add up to 24 t of difference, 0.24 %.
        assert abs(rows[rank].cumulative - Decimal(line["cumulative_share_pct"])) <= Decimal("0.3")
        assert abs(row.change - Decimal(line["change_tco2"])) <= 1


def test_facilities_that_are_new_are_marked_and_have_no_rate():
    _, rows = ishikari()
    kitchen = next(row for row in rows if row.key == "学校給食センター")
    assert (kitchen.rank, kitchen.is_new, kitchen.rate, kitchen.change) == (2, True, None, 893)


def test_the_main_ones_are_the_fewest_that_make_the_share():
    latest = {"a": Decimal(50), "b": Decimal(30), "c": Decimal(15), "d": Decimal(5)}
    counts = {reach: len(main_ones(ranking({}, latest, Decimal(reach)))) for reach in (50, 51, 80, 81, 95, 100)}
    assert counts == {50: 1, 51: 2, 80: 2, 81: 3, 95: 3, 100: 4}


def test_what_has_no_rows_in_the_latest_year_stands_last_and_is_no_zero():
    rows = ranking({"a": Decimal(1), "b": Decimal(2)}, {"a": Decimal(0)})
    assert [(row.key, row.latest, row.share) for row in rows] == [("a", Decimal(0), None), ("b", None, None)]
    assert main_ones(rows) == []


@given(base=AMOUNTS, latest=AMOUNTS)
def test_shares_and_changes_add_up_and_the_order_of_input_does_not_matter(base, latest):
    rows = ranking(base, latest)
    assert rows == ranking(dict(reversed(base.items())), dict(reversed(latest.items())))
    assert sum(row.change for row in rows) == sum(latest.values()) - sum(base.values())
    if sum(latest.values()) > 0:
        assert abs(sum(row.share or 0 for row in rows) - 100) < Decimal("1E-20")
        known = [row.cumulative for row in rows if row.cumulative is not None]
        assert known == sorted(known)
        assert abs(known[-1] - 100) < Decimal("1E-20")


def test_a_change_from_less_than_nothing_has_no_rate_and_no_index():
    (row,) = ranking({"a": Decimal(-100)}, {"a": Decimal(50)})
    assert (row.change, row.rate) == (Decimal(150), None)
    assert index({2013: Decimal(-100), 2024: Decimal(50)}, 2013) == {2013: None, 2024: None}
    assert show.change(Decimal(50), Decimal(-100)) == "－"
