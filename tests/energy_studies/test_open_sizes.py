"""Sizes that ``site.toml`` leaves open: their limits and costs, and the systems that they make."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kotsukotsu.energy.dispatch.change import choices, some_slots
from kotsukotsu.energy.finance import annuity
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.sizing import sized
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import Planned, planned

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
MORE = {"electrolyser_kw": (300_000, 12, 5_000, 0, 100), "tank_kwh": (3_000, 20, 50, 0, 5_000),
        "fuel_cell_kw": (500_000, 10, 10_000, 2, 50), "unit_kw": (150_000, 5, 5_000, 0, 100),
        "car_charge_kw": (50_000, 10, 500, 1, 20)}  # fmt: skip
CLOSED = tuple(f"{key}_" for key in (*MORE, "heat_pump_kw", "buffer_kwh"))
TOLD = ("yen", "years", "upkeep_yen", "least", "most")


def lines() -> str:
    """All sizes open."""
    return "".join(f"{key}_{what} = {value}\n" for key, values in MORE.items()
                   for what, value in zip(TOLD, values, strict=True))  # fmt: skip


@pytest.fixture
def opened(tmp_path):
    """The example with other lines in ``[costs]``, and with some text in place of another."""

    def made(costs: str = "", before: str = "", after: str = "") -> Planned:
        folder = shutil.copytree(HALL, tmp_path / "hall")
        text = (folder / "site.toml").read_text(encoding="utf-8")
        kept = [line for line in text.splitlines(True) if not line.startswith(CLOSED)]
        text = "".join(kept).replace("sun_loss =", f"{costs}sun_loss =", 1)
        assert before in text
        (folder / "site.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
        return planned(EnergySite(folder), None)

    return made


def test_a_size_is_open_where_the_costs_speak_of_it_and_costs_all_that_is_paid_within_the_life_of_the_sun(opened):
    site = opened(lines())
    assert set(site.costs.open) == {"sun", "battery_kwh", "battery_kw", *MORE}
    cell = site.costs.choice("fuel_cell_kw")
    assert (cell.least, cell.most) == (2, 50)
    # half is subsidised at first; after ten years all of it is paid again
    assert cell.yen_per_year == pytest.approx((250_000 + 500_000 / 1.02**10) * annuity(0.02, 20) + 10_000)
    # seven tenths of its price after fifteen years, as `options` counts it
    battery = site.costs.choice("battery_kwh").yen_per_year
    assert battery == pytest.approx((55_000 + 77_000 / 1.02**15) * annuity(0.02, 20) + 1_000)
    # a charger for each of six cars
    assert site.costs.price("car_charge_kw") == 6 * 50_000


def test_without_a_word_in_the_costs_only_sun_and_battery_are_open(opened):
    site = opened()
    assert set(choices(site.system(open_sizes=True))) == {"sun", "battery_kwh", "battery_kw"}
    assert choices(site.system()) == {}


def test_all_sizes_are_chosen_together_within_their_limits_and_the_gap_is_stated(opened):
    system = opened(lines()).system(open_sizes=True)
    slots = np.arange(60 * 48, 88 * 48)
    system = replace(system, meters=(some_slots(system.meters[0], slots, np.ones(len(slots))),))
    found = sized(system, prove=True)
    for key, (*_, least, most) in MORE.items():
        assert least - 1e-6 <= found.sizes[key] <= most + 1e-6
    assert found.sizes["car_charge_kw"] > 1
    assert found.gap is not None
    assert -1e-9 <= found.gap < 0.05


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("fuel_cell_kw_yen = 500000\n", "", "ED-10", "fuel_cell_kw_yen"),
        ("fuel_cell_kw_years = 10\n", "", "ED-10", "fuel_cell_kw_years"),
        ("fuel_cell_kw_most = 50\n", "", "ED-10", "fuel_cell_kw_most"),
        ("battery_renewal_share = 0.7", "", "ED-10", "battery_renewal_share"),
        ("fuel_cell_kw_yen = 500000", "fuel_cell_kw_yen = -1", "ED-14", "-1"),
        ("fuel_cell_kw_yen = 500000", "fuel_cell_kw_yen = nan", "ED-14", "nan"),
        ("fuel_cell_kw_years = 10", "fuel_cell_kw_years = 9.5", "ED-14", "9.5"),
        ("fuel_cell_kw_least = 2\n", "fuel_cell_kw_least = 60\n", "ED-14", "0～50"),
    ],
)
def test_an_open_size_with_a_number_that_is_missing_or_cannot_be_is_refused_with_its_line(
    opened, before, after, code, said
):
    site = opened(lines(), before, after)
    text = (site.opened.path / "site.toml").read_text(encoding="utf-8").splitlines()
    line = text.index(after.strip() if code == "ED-14" else next(one for one in text if one.startswith("[costs]"))) + 1
    with pytest.raises(StudyError, match=code) as caught:
        site.system(open_sizes=True)
    assert said in caught.value.text()
    assert f"{line}行目" in caught.value.text()
