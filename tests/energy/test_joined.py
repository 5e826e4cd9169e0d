"""Tables of a site that do not fit together, and settings that cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.sessions.energy_match import matched
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
SETTLED = "p1,2024,461200,25.31,47300,"


@pytest.fixture
def changed(tmp_path):
    """The example with one text in place of another."""

    def made(file, before, after):
        folder = shutil.copytree(HALL, tmp_path / "hall")
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
        return EnergySite(folder)

    return made


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "said"),
    [
        ("bills.csv", "health,2024-05-01", "health,2024-04-01", "ST-05", "health・2024-04-01"),
        ("bills.csv", "health,2024-05-01", "clinic,2024-05-01", "ST-14", "bills.csv 15行目の building_id「clinic」"),
        ("settlements.csv", SETTLED, f"{SETTLED}x\n{SETTLED}", "ST-05", "p1・2024"),
        ("spending.csv", "p1,2025", "p9,2025", "ST-14", "ppa_id「p9」"),
        ("generators.csv", ",m1,", ",m7,", "ST-14", "meter_id「m7」"),
        ("settlements.csv", "461200", "-461200", "ST-15", "used_kwh"),
        ("generators.csv", "north,,non_fit", "north,150,non_fit", "ST-15", "loss_pct の値 150"),
    ],
)
def test_rows_that_belong_to_nothing_stand_twice_or_cannot_be_are_refused(changed, file, before, after, code, said):
    with pytest.raises(EnergyError, match=code) as caught:
        assert changed(file, before, after).site
    assert said in caught.value.text()


@pytest.mark.parametrize("value", ['"-1"', '"abc"', '"0.415"', "nan"])
def test_a_factor_that_is_none_or_in_kilograms_is_refused(changed, value):
    with pytest.raises(EnergyError, match="ST-16"):
        matched(changed("site.toml", 'co2_t_per_kwh = "0.000415"', f"co2_t_per_kwh = {value}"))


@pytest.mark.parametrize(
    ("before", "after", "section", "key", "code"),
    [
        ("rate = 0.02", "rate = 2", "costs", "rate", "ED-14"),
        ("sun_years = 20", "sun_years = 20.5", "costs", "sun_years", "ED-14"),
        ("battery_kwh = 300", "battery_kwh = -300", "equipment", "battery_kwh", "ED-14"),
        ("battery_kw = 120", "battery_kw = nan", "equipment", "battery_kw", "ED-14"),
        ("cars = 6", "cars = true", "equipment", "cars", "ED-10"),
    ],
)
def test_a_number_of_the_site_that_cannot_be_is_refused(changed, before, after, section, key, code):
    with pytest.raises(StudyError, match=code) as caught:
        planned(changed("site.toml", before, after), None).number(section, key)
    assert key in caught.value.text()


@pytest.mark.parametrize("kw", ["-25", '"many"', "inf", "true"])
def test_a_critical_load_without_a_power_is_refused_by_its_place(changed, kw):
    with pytest.raises(StudyError, match="ED-15") as caught:
        planned(changed("site.toml", "kw = 25", f"kw = {kw}"), None).critical()
    assert "避難所の空調" in caught.value.text()
