"""Half-hours made from bills add up to them exactly and say that they are made."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy import exact
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.profiles.fit import SYNTHETIC, Billed, exactly, profile
from kotsukotsu.energy.profiles.shapes import is_off, shape, shapes
from kotsukotsu.energy.readings import Flag
from kotsukotsu.energy.slots import KW_PER_KWH, PER_DAY, year

CAL = year(2024)


def bills(kwh="12345.678", max_kw=None):
    return {month: Billed(Decimal(kwh), max_kw) for month in CAL.months}


@pytest.mark.parametrize("use", list(shapes()))
def test_every_month_of_every_use_adds_up_to_its_bill_exactly(use):
    made = profile("b1", use, CAL, bills())
    for number in range(12):
        assert exact.total(made.kwh[CAL.month_index == number]) == Decimal("12345.678")
    assert set(made.flags) == {Flag.ESTIMATED}
    assert made.sources == (SYNTHETIC,)
    assert made.kwh.min() > 0


def test_the_maximum_of_the_bill_is_met_to_the_tenth_of_a_kilowatt():
    made = profile("b1", "office", CAL, bills("20000", Decimal(75)))
    for number in range(12):
        highest = made.kwh[CAL.month_index == number].max() * KW_PER_KWH
        assert abs(highest - 75) < 0.1
        assert exact.total(made.kwh[CAL.month_index == number]) == 20_000


def test_the_same_name_gives_the_same_year_and_another_name_another():
    one, again, other = (profile(name, "school", CAL, bills()).kwh for name in ("b1", "b1", "b2"))
    assert (one == again).all()
    assert not (one == other).all()


@pytest.mark.parametrize(
    ("use", "day", "off"),
    [
        ("office", "05-07", False),
        ("office", "05-11", True),
        ("office", "12-30", True),
        ("school", "08-01", True),
        ("pool", "05-11", False),
        ("school", "05-06", True),
    ],
)
def test_a_building_rests_on_its_days_off(use, day, off):
    days = [CAL.moment(slot).strftime("%m-%d") for slot in range(0, len(CAL), PER_DAY)]
    at = days.index(day) * PER_DAY
    assert bool(is_off(use, CAL)[at]) is off


def test_a_school_uses_less_at_night_and_on_days_off():
    form = shape("school", CAL)
    off = is_off("school", CAL)
    assert form[~off].mean() > 1.5 * form[off].mean()
    assert form[CAL.koma == 5].mean() < form[(CAL.koma == 21) & ~off].mean() / 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=200), st.integers(0, 10**8))
def test_energy_is_shared_out_to_the_watt_hour(form, watt_hours):
    kwh = Decimal(watt_hours) / 1000
    made = exactly(np.asarray(form), kwh)
    assert exact.total(made) == kwh
    assert (made >= 0).all()


@pytest.mark.parametrize(
    ("code", "use", "given_bills"),
    [
        ("PF-01", "hospital", bills()),
        ("PF-02", "office", {}),
        ("PF-03", "office", bills("30000", Decimal(18))),
        ("PF-03", "office", bills("30000", Decimal(5000))),
        ("PF-04", "office", bills("-1")),
        ("PF-04", "office", bills("1.0001")),
    ],
)
def test_bills_that_make_no_year_are_refused(code, use, given_bills):
    with pytest.raises(EnergyError, match=code):
        profile("b1", use, CAL, given_bills)
