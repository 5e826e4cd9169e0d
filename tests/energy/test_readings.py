"""Readings are refused or kept whole; what was known when is kept too."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from kotsukotsu.energy import quality
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.readings import Flag, as_known, readings
from kotsukotsu.periods import JST, Month

DAY = date(2024, 4, 1)


def day(*values, flags=None, known=None, source="file", start=DAY):
    kwh = np.ones(48)
    kwh[: len(values)] = values
    return readings("m1", start, kwh, flags, source=source, known_at=known)


def code(call):
    with pytest.raises(EnergyError) as caught:
        call()
    return caught.value.code, caught.value.text()


def test_47_values_are_refused_with_the_day():
    found, text = code(lambda: readings("m1", DAY, np.ones(95), source="f"))
    assert found == "HH-01"
    assert "2024-04-02" in text


@pytest.mark.parametrize(("value", "expected"), [(np.nan, "HH-02"), (np.inf, "HH-02"), (-0.1, "HH-03")])
def test_a_value_that_is_no_number_or_negative_is_refused_with_its_half_hour(value, expected):
    found, text = code(lambda: day(1, 1, 1, value))
    assert found == expected
    assert "2024-04-01 01:30" in text


def test_flags_of_another_length_are_refused():
    assert code(lambda: day(flags=[0]))[0] == "HH-04"


def test_a_missing_value_is_not_zero_and_stops_what_needs_all_values():
    flags = np.zeros(48, np.uint8)
    flags[5] = Flag.MISSING
    made = day(flags=flags)
    assert np.isnan(made.kwh[5])
    assert code(made.complete)[0] == "HH-05"


def test_a_later_value_counts_from_the_moment_on_at_which_it_was_known():
    early = datetime(2024, 4, 2, tzinfo=JST)
    late = datetime(2024, 5, 2, tzinfo=JST)
    versions = [day(5, known=late, source="corrected"), day(4, known=early, source="first")]
    assert as_known(versions).kwh[0] == 5
    assert as_known(versions, datetime(2024, 4, 30, tzinfo=JST)).kwh[0] == 4
    made = as_known(versions)
    assert made.sources[made.source[0]] == "corrected"


def test_a_later_gap_does_not_hide_a_value():
    gone = day(flags=np.full(48, Flag.MISSING, np.uint8), known=datetime(2024, 6, 1, tzinfo=JST), source="gap")
    assert as_known([day(4, known=datetime(2024, 4, 2, tzinfo=JST)), gone]).kwh[0] == 4


def test_days_between_two_files_are_missing():
    made = as_known([day(), day(start=date(2024, 4, 3))])
    assert (made.missing.sum(), len(made)) == (48, 144)
    (gap,) = quality.gaps(made)
    assert gap.data == {"start": "2024-04-02 00:00", "end": "2024-04-02 23:30", "count": 48}


def test_a_spike_above_three_times_the_contract_is_found_and_one_at_the_limit_is_not():
    found = quality.spikes(day(15.0, 15.001), Decimal(10))
    assert [finding.data["kw"] for finding in found] == ["30.002"]


def test_sun_at_night_is_found():
    night = np.zeros(48, bool)
    night[:8] = True
    assert quality.night_sun(day(*[0.001] * 8), night) == []
    (found,) = quality.night_sun(day(0, 0, 0.5), night)
    assert (found.code, found.data["kwh"], found.data["count"]) == ("HQ-03", "5.5", 6)


@pytest.mark.parametrize(("bill", "codes"), [("1440", []), ("1432.9", []), ("1432.8", ["HQ-04"]), ("0", ["HQ-04"])])
def test_meter_and_bill_agree_within_half_a_per_cent(bill, codes):
    month = readings("m1", DAY, np.ones(30 * 48), source="f")
    found = quality.against_bills(month, {Month(2024, 4): Decimal(bill)})
    assert [finding.code for finding in found] == codes


def test_a_month_with_gaps_is_said_to_be_not_compared():
    found = quality.against_bills(day(), {Month(2024, 4): Decimal(48)})
    assert [finding.code for finding in found] == ["HQ-05"]


def test_estimated_values_are_told():
    flags = np.zeros(48, np.uint8)
    flags[:3] = Flag.ESTIMATED
    (found,) = quality.in_place_of_measured(day(flags=flags))
    assert (found.data["estimated"], found.data["filled"]) == (3, 0)
    assert quality.all_of(day(), Decimal(10)) == []
