"""Heat of a site's buildings: from fuel or measured, and the boiler and heat pump that give it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from kotsukotsu.energy.dispatch import money
from kotsukotsu.energy.dispatch.change import some_slots
from kotsukotsu.energy.dispatch.model import HeatPump, Meter, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.readings import readings
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import year
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_options import options_compared
from kotsukotsu.sessions.energy_series import to_columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import Planned, planned
from kotsukotsu.store import halfhours

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
PER_LITRE = 36.7 / 3.6 * 0.85  # heat of a litre of kerosene by the decree, after the boiler [kWh]


@pytest.fixture
def opened(tmp_path):
    """The example with one text of a file in place of another."""

    def made(file: str = "heat.csv", before: str = "", after: str = "") -> Planned:
        folder = shutil.copytree(HALL, tmp_path / "hall")
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
        return planned(EnergySite(folder), None)

    return made


def test_heat_made_from_fuel_adds_up_to_what_the_boiler_made_of_it_and_says_that_it_is_synthetic(opened):
    site = opened()
    months, opened_ = site.opened.site.calendar.month_index, site.opened
    found = [float(site.heat.kw[months == number].sum()) / 2 for number in range(12)]
    litres = [sum(float(opened_.site.fuel(key).get(month, 0)) for key in ("hall", "health"))
              for month in opened_.site.calendar.months]  # fmt: skip
    assert found == pytest.approx([PER_LITRE * one for one in litres], abs=0.01)
    assert [one.data["count"] for one in opened_.heat_findings()] == [2]


def test_measured_heat_takes_the_place_of_fuel(opened):
    site, calendar = opened(), year(2024)
    alone = float(site.heat.kw.sum()) / 2
    series = readings("hall.heat", calendar.start, np.full(len(calendar), 3.0), source="計器",
                      known_at=datetime(2025, 5, 1, tzinfo=JST))  # fmt: skip
    halfhours.append(site.opened.path, 2024, [to_columns(series)])
    again = planned(EnergySite(site.opened.path), None)
    litres = sum(map(float, site.opened.site.fuel("hall").values()))
    assert float(again.heat.kw.sum()) / 2 == pytest.approx(alone - litres * PER_LITRE + 3.0 * len(calendar), abs=0.1)
    assert [one.data["count"] for one in again.opened.heat_findings()] == [1]


def test_the_fuel_has_the_factor_of_the_law_for_the_year_with_its_source_and_date(opened):
    factor, value = opened().heat.given
    assert (factor.key, factor.value) == ("boiler_kg_per_unit", 2.49)
    assert "平成22年4月1日 から" in factor.source
    assert value.value == pytest.approx(36.7 / 3.6)
    assert {factor.status, value.status} <= {"confirmed", "unconfirmed"}


def test_a_heat_pump_costs_electricity_and_saves_fuel_and_its_emission(opened):
    site = opened("site.toml", "heat_pump_kw = 0 ", "heat_pump_kw = 40 ")
    (meter,) = site.system().meters
    winter = some_slots(meter, np.arange(280 * 48, 287 * 48), np.ones(7 * 48))
    (pump,) = (one for one in winter.assets if isinstance(one, HeatPump))
    plan = optimal(System((winter,)))
    power, boiler = plan.flow("m/heat_pump/power"), money.boiler_heat(plan, winter, pump)
    assert float((power * pump.cop).sum()) / 2 + boiler == pytest.approx(float(pump.heat.sum()) / 2, rel=1e-6)
    assert money.fuel(plan, winter) == pytest.approx(boiler / PER_LITRE * 115)
    bought = float(plan.flow("m/buy").sum()) / 2
    assert money.emitted(plan, winter) == pytest.approx(boiler / PER_LITRE * 2.49 + bought * 0.415)
    assert pump.cop.min() >= 1
    assert float(pump.cop.mean()) < 3.6  # colder than 7 °C in January


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "said"),
    [
        ("heat.csv", "hall,2024-05-01,900", "hall,2024-04-01,900", "ST-05", "hall・2024-04-01"),
        ("heat.csv", "hall,2024-05-01,900", "pool,2024-05-01,900", "ST-14", "heat.csv 3行目"),
        ("heat.csv", "hall,2024-05-01,900", "hall,2024-05-01,-900", "ST-15", "heat.csv 3行目"),
        ("heat.csv", "hall,2024-05-01,900", "hall,2024-05-01,NaN", "F-03", "heat.csv"),
        ("heat.csv", "hall,2024-05-01,900,example,例示（暖房・給湯の灯油）\n", "", "PF-02", "2024-05"),
        ("site.toml", '"kerosene"', '"city_gas"', "ED-16", "CO2 の係数"),
        ("site.toml", '"kerosene"', '"coal_tar_x"', "ED-16", "排出係数の一覧の項目"),
        ("site.toml", "boiler_yen = 115", "", "ED-10", "boiler_yen"),
        ("site.toml", "cop = 3.6", "cop = 36", "ED-14", "36"),
        ("site.toml", "boiler_fuel", "# boiler_fuel", "ED-10", "boiler_fuel"),
    ],
)
def test_heat_that_cannot_be_computed_is_refused_with_file_and_place(opened, file, before, after, code, said):
    with pytest.raises(KotsukotsuError, match=code) as caught:
        opened(file, before, after).system()
    assert said in caught.value.text()


def test_where_no_heat_is_told_there_is_no_heat_pump(opened):
    site = opened("heat.csv", (HALL / "heat.csv").read_text(encoding="utf-8").split("\n", 1)[1], "")
    meter: Meter = site.system(open_sizes=True).meters[0]
    assert not any(isinstance(one, HeatPump) for one in meter.assets)
    assert "heat_pump_kw" not in site.costs.open
    with pytest.raises(StudyError, match="OP-17"):
        options_compared(site, "npv", None, lambda: None)
