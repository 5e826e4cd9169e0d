"""``kotsukotsu energy cars`` on the example site."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

EXAMPLES = Path(__file__).parents[2] / "examples" / "energy"
HALL = EXAMPLES / "city-hall"


@pytest.fixture(scope="module")
def told(cli, tmp_path_factory):
    """The year with two cars, three bookings of a morning and one at night that is too long for its time."""
    folder = shutil.copytree(HALL, tmp_path_factory.mktemp("cars") / "site")
    own = (folder / "site.toml").read_text(encoding="utf-8").replace("cars = 6", "cars = 2")
    (folder / "site.toml").write_text(own, encoding="utf-8")
    (folder / "bookings.csv").write_text(
        "booking_id,who,out,back,km\n"
        "b1,staff,2024-06-03 09:00,2024-06-03 12:00,40\n"
        "b2,staff,2024-06-03 09:30,2024-06-03 12:30,40\n"
        "b3,staff,2024-06-03 10:00,2024-06-03 11:00,40\n"
        "b4,citizen,2024-06-08 18:00,2024-06-08 21:00,100\n"
        "b5,citizen,2024-06-15 10:00,2024-06-15 18:00,300\n",
        encoding="utf-8",
    )
    return cli("energy", "cars", folder, "--format", "json").json


def test_bookings_are_counted_by_who_made_them_and_the_one_without_a_car_is_refused(told):
    assert not told["made_up"]
    assert [(one["who"], one["booked"], one["refused"], one["kwh"]) for one in told["by_who"]] == [
        ("staff", 3, 1, "18"), ("citizen", 2, 0, "60")]  # fmt: skip
    assert (told["cars"], told["cars_needed"], told["trips"], told["refused"]) == (2, 3, 4, 1)


def test_what_was_delivered_and_charged_adds_up(told):
    # each trip leaves with the 8 kWh that are never driven and its own 6, 6 and 15 kWh, or all that the battery holds
    assert Decimal(told["needed_kwh"]) == 4 * 8 + 6 + 6 + 15 + 32
    assert Decimal(told["delivered_share"]) == 1 - Decimal(told["short_kwh"]) / Decimal(told["needed_kwh"])
    charged = sum(Decimal(kwh) for kwh in told["charged_kwh"].values())
    driven, given = 6 + 6 + 15 + 32, Decimal(told["given_kwh"])
    assert charged * Decimal("0.95") > driven + given


def test_a_trip_beyond_the_battery_is_told_with_what_it_charges_on_the_way(told):
    far = told["far"]
    assert (far["trips"], Decimal(far["charged_on_the_way_kwh"])) == (1, 300 * Decimal("0.15") - 32)
    assert Decimal(far["reach_km"]) == pytest.approx(Decimal(32) / Decimal("0.15"))


def test_cars_that_give_cost_no_more_and_help_in_a_disaster_with_what_is_kept_in_them(told):
    none, charged, given = (Decimal(way["yen"]) for way in told["ways"])
    assert none <= charged + 1
    assert given <= charged + 1
    # two cars of 40 kWh, half of it kept, a fifth never used: 24 kWh with the loss of giving them
    assert float(told["disaster"]["kwh"]["p10"]) >= 2 * 40 * 0.3 * 0.95 - 1e-6
    assert float(told["disaster"]["kw"]["p50"]) == 12


def test_the_screen_is_100_columns_wide_and_says_that_bookings_are_made_up(cli):
    done = cli("energy", "cars", HALL)
    assert "6 台で、2,251 件の予約のうち 90 件を断ります" in done.out
    assert "予約は、一日の平均の数から作った合成です" in done.out.replace("\n", "")
    assert max(cell_len(line) for line in done.lines) <= 100


def test_a_site_without_cars_is_refused(cli):
    done = cli("energy", "cars", EXAMPLES / "wind-and-schools", "--meter", "m01")
    assert (done.status, "DO-12" in done.err) == (2, True)
