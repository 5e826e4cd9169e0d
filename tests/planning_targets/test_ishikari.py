"""The Ishikari plan: what it prints, what follows from its printed bases, and what `verify` finds in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.catalogue.load import load
from kotsukotsu.planning.targets import editions, national_rates
from kotsukotsu.planning.verify import verify
from kotsukotsu.planning.verify_sectors import compare, printed_targets, side_by_side
from kotsukotsu.sessions.printed import read_print

FOLDER = Path(__file__).parents[2] / "examples" / "ishikari"
PRINT = read_print(FOLDER)
BESIDE = side_by_side(PRINT, load())
RESULT = verify(PRINT, sectors=BESIDE)


def row(sector, column):
    return next(one for one in BESIDE.rows if (one.sector, one.column) == (sector, column))


def test_the_print_rests_on_the_2021_edition():
    assert BESIDE.plan == "地球温暖化対策計画 2021-10-22 閣議決定"
    assert (BESIDE.goal_fy, BESIDE.gap_sector) == (2030, "commercial")


# Figure 20. By hand: 13,494 x 122/238 = 6,917.09; 430 x 78/224 = 149.73; 5,419 x 12.3/82.3 = 809.89;
# 11 x 3.3/30 = 1.21; 363 x 3.6/21.4 = 61.07; 2 x 17.3/39.1 = 0.88; together 7,939.87.
# 19,720/2 = 9,860; 9,860 - 7,939.87 = 1,920.13; 6,917.09 + 1,920.13 = 8,837.22.
@pytest.mark.parametrize(
    ("sector", "column", "printed", "computed", "name"),
    [
        ("commercial", "A", 6917, "6917.1", "same"),
        ("transport", "A", 150, "149.7", "same"),
        ("non_energy_co2", "A", 810, "809.9", "same"),
        ("ch4", "A", 1, "1.2", "same"),
        ("n2o", "A", 61, "61.1", "same"),
        ("hfcs", "A", 1, "0.9", "same"),
        ("total", "A", 7939, "7939.9", "bases"),
        ("total", "A_pct", 40, "40.3", "same"),
        ("gap", "B", 1921, "1920.1", "from_rounded"),
        ("commercial", "B", 8838, "8837.2", "from_rounded"),
        ("commercial", "B_pct", 65, "65.5", "same"),
        ("total", "B", 9860, "9860.0", "same"),
        ("total", "B_pct", 50, "50.0", "same"),
    ],
)
def test_figure_20_printed_and_computed(sector, column, printed, computed, name):
    found = row(sector, column)
    assert (found.printed, round(found.computed, 1), found.name) == (printed, Decimal(computed), name)


def test_no_difference_of_figure_20_is_left_without_a_name():
    assert len(BESIDE.rows) == 29
    assert {one.name for one in BESIDE.rows} == {"same", "bases", "from_rounded"}


def test_the_2025_edition_that_the_plan_cites_does_not_give_its_figures():
    # 13,494 x 120/235 = 6,890.6, not 6,917
    catalogue = load()
    newer = editions(catalogue, 2013, 2030)[-1]
    printed = printed_targets(PRINT.table("sector_targets"), 2013, 2030)
    rows = compare(printed, national_rates(catalogue, newer, 2013, 2030), Decimal(50), "commercial")
    found = next(one for one in rows if (one.sector, one.column) == ("commercial", "A"))
    assert (round(found.computed, 1), found.name) == (Decimal("6890.6"), "unexplained")


def findings(code):
    return {one.where: one.data for one in RESULT.findings if one.code == code}


def test_g2_the_non_energy_emission_is_found_and_pointed_at():
    found = findings("V-03")
    assert set(found) == {
        "headline.toml total.fy2024", "headline.toml non_energy.fy2024",
        "headline.toml non_energy.reduction_pct_fy2024",
    }  # fmt: skip
    assert found["headline.toml non_energy.fy2024"]["computed"] == "4323"
    assert found["headline.toml non_energy.reduction_pct_fy2024"]["computed"] == "25.7"
    assert set(findings("V-04")) == {"headline.toml non_energy.fy2024"}


def test_g3_nine_changes_differ_by_one_and_rounding_explains_them():
    found = {where: data for where, data in findings("V-01").items() if "change_tco2" in where}
    assert sorted(int(where.split()[1].removesuffix("行目")) - 1 for where in found) == [
        3, 27, 30, 35, 36, 38, 39, 42, 44,
    ]  # fmt: skip
    assert {data["difference"] for data in found.values()} == {"1", "-1"}


def test_g4_sums_of_figure_20_and_of_the_studied_power_are_off_by_one_by_rounding():
    found = findings("V-01")
    assert {where: (data["printed"], data["computed"]) for where, data in found.items() if data["kind"] == "sum"} == {
        "sector_targets.csv 8行目 fy2013_tco2": ("19720", "19719"),
        "sector_targets.csv 8行目 fy2024_reduction_tco2": ("5393", "5392"),
        "sector_targets.csv 8行目 fy2030_reduction_at_national_rate_tco2": ("7939", "7940"),
        "sector_targets.csv 8行目 fy2030_reduction_own_tco2": ("9860", "9861"),
        "subtotals.csv 6行目 value": ("2988", "2989"),
    }


def test_g8_the_list_is_shorter_than_the_text_says_and_two_names_stand_twice():
    assert {where: data["computed"] for where, data in findings("V-08").items()} == {
        "headline.toml energy_co2.facilities_in_scope": "277"
    }
    assert {data["name"] for data in findings("V-10").values()} == {"幌量水室", "トーメン団地マンホールポンプ所"}


def test_misprinted_names_are_found_with_what_they_may_mean():
    found = {data["name"]: data["alike"] for data in findings("V-11").values()}
    assert "こども未来館あいぽーと" in found["こども未来館あいぼーと"]
    assert "樽川中学校" in found["柳川中学校"]


def test_nothing_else_is_left_unexplained():
    assert RESULT.unexplained_count == 4
    assert {one.code for one in RESULT.findings} == {"V-01", "V-03", "V-04", "V-08", "V-10", "V-11", "V-12", "V-21"}


def test_a_wrong_sector_target_is_found():
    tables = {name: table for name, table in PRINT.tables.items() if name != "sector_targets"}
    rows = [dict(cells) for cells in PRINT.table("sector_targets").rows]
    rows[4]["fy2030_reduction_at_national_rate_tco2"] = rows[4]["fy2030_reduction_own_tco2"] = "91"
    changed = type(PRINT)(tables | {"sector_targets": type(PRINT.table("x"))("sector_targets", rows)}, PRINT.headline)
    found = verify(changed, sectors=side_by_side(changed, load()))
    assert "V-06" in {one.code for one in found.findings}
