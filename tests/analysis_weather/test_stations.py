"""Which station's weather stands for a facility: named, or the only one; never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.analysis.stations import stations
from kotsukotsu.schema.city import City


def city(**weather):
    facilities = [{"facility_id": "f1"}, {"facility_id": "f2"}]
    return City("", {"municipality": {}, **({"weather": weather} if weather else {})}, {"facilities": facilities})


def rows(*names):
    return [
        {"station": name, "day": date(2024, 4, 1), "temperature": Decimal(n), "quality": 8, "homogeneity": 1}
        for n, name in enumerate(names)
    ]


def codes(found):
    return [finding.code for finding in found.findings]


def test_the_only_station_of_the_file_need_not_be_named():
    found = stations(city(), rows("石狩"))
    assert (found.of("f1").station, found.of("f1").by_day) == ("石狩", {date(2024, 4, 1): Decimal(0)})
    assert codes(found) == []


def test_of_several_stations_none_is_guessed():
    found = stations(city(), rows("石狩", "札幌"))
    assert (found.of("f1"), codes(found)) == (None, ["WE-15"])


def test_a_facility_that_lies_elsewhere_has_its_own_station():
    elsewhere = [{"station": "札幌", "facilities": ["f2"]}]
    found = stations(city(station="石狩", exception=elsewhere), rows("石狩", "札幌"))
    assert found.groups(["f1", "f2"]) == {"石狩": ["f1"], "札幌": ["f2"]}
    assert codes(found) == []


def test_a_name_that_is_not_in_the_file_and_a_facility_that_is_not_in_the_city_are_said():
    elsewhere = [{"station": "厚田", "facilities": ["f9"]}]
    assert codes(stations(city(station="石狩", exception=elsewhere), rows("石狩"))) == ["WE-10", "WE-16"]


def test_normal_years_are_a_range():
    assert [year.number for year in stations(city(normal=[2013, 2015]), ()).normal] == [2013, 2014, 2015]


@pytest.mark.parametrize("given", [2013, [2013], [2015, 2013], ["2013", "2015"], [2013, 2014, 2015]])
def test_another_way_of_writing_them_is_refused(given):
    found = stations(city(normal=given), ())
    assert (found.normal, codes(found)) == ((), ["WE-17"])


def test_a_city_without_weather_has_none_and_nothing_to_say():
    found = stations(city(), ())
    assert (found.of("f1"), codes(found)) == (None, [])
