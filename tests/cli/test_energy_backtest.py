"""``kotsukotsu energy backtest`` on a week of the example site."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from kotsukotsu.sessions.energy_backtest import backtested
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
ASKED = ("energy", "backtest", HALL, "--start", "2025-01-13", "--weeks", "1")


@pytest.fixture
def told(cli):
    done = cli(*ASKED, "--format", "json")
    assert done.status == 0
    return done.json


def test_costs_are_the_sums_of_their_parts_and_nobody_beats_foresight(told):
    best = Decimal(told["controllers"][-1]["cost_yen"])
    for one in told["controllers"]:
        parts = sum(Decimal(part) for part in one["parts_yen"].values())
        assert abs(parts - Decimal(one["cost_yen"])) < Decimal("0.001")
        assert Decimal(one["cost_yen"]) >= best
        assert abs(Decimal(one["cost_yen"]) - best - Decimal(one["regret_yen"])) < Decimal("0.001")


def test_the_share_is_that_of_the_regrets_shown(told):
    left = {one["name"]: Decimal(one["regret_yen"]) for one in told["controllers"]}
    share = 1 - left["controller"] / left["persistence"]
    assert abs(share - Decimal(told["closed_share"])) < Decimal("0.00001")
    assert (told["start"], told["end"], told["target_kw"]) == ("2025-01-13", "2025-01-20", None)


def test_each_difference_is_broken_down_in_yen(told):
    for one in told["controllers"]:
        apart = sum(Decimal(yen) for yen in one["regret_by_yen"].values())
        assert abs(apart - Decimal(one["regret_yen"])) < Decimal("0.001")
        assert set(one["regret_by_yen"]) == {"maximum", "energy", "trips", "use"}


def test_a_target_given_by_hand_is_told_on_a_screen_of_100_columns(cli):
    done = cli(*ASKED, "--target", "350")
    assert done.status == 0
    assert "350 kW は人が指定しました" in done.out.replace("\n", "")
    assert "この年を見て決めたものではありません" not in done.out.replace("\n", "")
    assert max(cell_len(line) for line in done.lines) <= 100


def test_the_page_has_a_picture_and_a_table_for_each_chart_and_the_workbook_every_table(cli, tmp_path):
    page, book = tmp_path / "page.html", tmp_path / "book.xlsx"
    assert cli(*ASKED, "--format", "html", "--out", page).status == 0
    assert cli(*ASKED, "--format", "xlsx", "--out", book).status == 0
    shown = page.read_text(encoding="utf-8")
    for ident in ("cost", "months", "week"):
        assert f'id="{ident}"' in shown
    assert shown.count("<svg") == 5  # cost once, months and week for a wide and a narrow screen
    assert "合成の年は実際の年より予測が当たりやすい" in shown
    names = openpyxl.load_workbook(book).sheetnames
    assert names[:5] == [
        "運転ごとの契約電力と費用", "完全に見通した運転との差のわけ", "費用の内訳", "月ごとの最大需要電力",
        "予測しながらの運転の一週間",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [("--start", "2024-04-02"), ("--start", "2025-03-28"), ("--weeks", "52")])
def test_days_without_history_or_beyond_the_year_are_refused(cli, wrong):
    assert cli("energy", "backtest", HALL, *wrong).status == 2


def test_a_bar_is_told_of_each_day_of_both_controllers():
    days: list[int] = []
    found = backtested(planned(EnergySite(HALL), None), 100, 7, each_day=lambda: days.append(1))
    assert len(days) == 14
    assert found.target is None
