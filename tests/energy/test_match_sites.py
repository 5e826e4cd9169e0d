"""Generators of a site that are only planned, or stand behind a meter already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.sessions.energy_fund import agreements
from kotsukotsu.sessions.energy_match import matched
from kotsukotsu.sessions.energy_site import EnergySite

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(HALL, tmp_path / "hall")


def standing(folder: Path, *generators: str) -> EnergySite:
    """The site with these plants built."""
    path = folder / "generators.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    made = [line.replace(",planned,", ",existing,") if line.split(",")[0] in generators else line for line in lines]
    path.write_text("\n".join(made) + "\n", encoding="utf-8")
    return EnergySite(folder)


def test_a_plant_behind_a_meter_is_not_counted_again_on_what_is_bought_without_its_power(folder):
    found = matched(standing(folder, "pv-hall", "pv-kitchen"))
    assert [one.generator_id for one in found.ledger.matching.generators] == ["pv-health", "pv-library"]
    assert [one.code for one in found.findings if one.code == "MC-09"] == ["MC-09", "MC-09"]


def test_an_agreement_on_a_plant_that_stands_already_is_refused(folder):
    with pytest.raises(EnergyError, match="FD-09") as caught:
        agreements(standing(folder, "pv-library"))
    assert "図書館" in caught.value.text()
