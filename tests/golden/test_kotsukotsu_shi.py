"""The golden city's figures are kept; a change of any is shown line by line.

A change that is meant is kept by ``python -m tests.golden.make`` and told in the changelog.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.accounting.energy import energy
from kotsukotsu.rounding import Rounding
from kotsukotsu.sessions.session import Session
from tests.golden.figures import CITY, FACILITIES, YEARS, differences, figures, kept


@pytest.fixture(scope="module")
def now():
    return figures()


def total(rows, fy):
    return next(Decimal(row["tonnes_co2e"]) for row in rows if (row["fiscal_year"], row["by"]) == (str(fy), "total"))


def test_no_figure_has_changed(now):
    changed = differences(kept(), now)
    assert not changed, "\n" + "\n".join(changed)


def test_a_changed_a_new_and_a_lost_figure_are_each_shown(now):
    changed = [dict(row) for row in now[1:]]
    changed[0]["tonnes_co2e"] = "1"
    changed.append({**now[0], "fiscal_year": "2099"})
    shown = differences(now, changed)
    assert f"FY2013 sector {now[1]['key']} tonnes_co2e: {now[1]['tonnes_co2e']} -> 1" in shown
    assert f"FY2013 total tonnes_co2e: {now[0]['tonnes_co2e']} -> none" in shown
    assert f"FY2099 total tonnes_co2e: none -> {now[0]['tonnes_co2e']}" in shown


def test_totals_lie_in_the_range_of_a_real_city_of_this_size(now):
    assert 18_000 < total(now, 2013) < 22_000
    assert 13_000 < total(now, 2024) < 16_500


@pytest.mark.parametrize("by", ["sector", "item"])
@pytest.mark.parametrize("fy", YEARS)
def test_parts_add_up_to_the_total(now, fy, by):
    parts = sum(Decimal(row["tonnes_co2e"]) for row in now if (row["fiscal_year"], row["by"]) == (str(fy), by))
    assert abs(parts - total(now, fy)) < Decimal("1E-25")


def test_both_series_are_one_in_the_base_year(now):
    for row in now:
        if row["fiscal_year"] == "2013":
            assert row["comparable_tonnes_co2e"] == row["tonnes_co2e"]


def test_every_kept_facility_has_figures(now):
    assert {row["key"] for row in now if row["by"] == "facility"} == set(FACILITIES)


def test_the_base_year_last_stated_is_the_one_that_is_computed(now):
    session = Session(CITY)
    stated = max(session.city.table("restatements"), key=lambda row: row["stated_on"])
    assert (stated["fiscal_year"], stated["tonnes_co2e"]) == (2013, Rounding().figure(total(now, 2013)))


def test_energy_of_every_year_is_given_and_says_what_was_no_energy_yet():
    session = Session(CITY)
    for fy in YEARS:
        lines, findings = energy(session.city, session.law, fy, session.groups(fy))
        assert lines
        codes = {finding.code for finding in findings}
        assert codes <= {"A-15", "A-26"}
        assert "A-26" not in codes or fy < 2023
