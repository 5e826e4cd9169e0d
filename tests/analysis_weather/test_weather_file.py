"""The Meteorological Agency's download file is read as it comes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.weather import DailyMean, read_weather
from kotsukotsu.periods import JST
from tests.analysis_weather.made import HEAD, TWO_STATIONS, weather_file

ONE = (",石狩,石狩,石狩", "年月日,平均気温(℃),平均気温(℃),平均気温(℃)", ",,品質情報,均質番号")


def codes(file):
    return [finding.code for finding in file.findings]


def test_stations_and_elements_side_by_side_keep_missing_values_quality_and_homogeneity():
    file = read_weather(TWO_STATIONS, "data.csv")
    assert file.rows == (
        DailyMean("石狩", date(2024, 4, 1), Decimal("3.2"), 8, 1),
        DailyMean("札幌", date(2024, 4, 1), Decimal("4.1"), 8, 1),
        DailyMean("石狩", date(2024, 4, 2), Decimal("-0.4"), 5, 1),
        DailyMean("札幌", date(2024, 4, 2), Decimal("1.0"), 8, 1),
        DailyMean("石狩", date(2024, 4, 3), None, 1, 1),
        DailyMean("札幌", date(2024, 4, 3), Decimal("2.5"), 4, 2),
    )
    assert (file.downloaded, file.findings) == (datetime(2025, 5, 1, 10, 12, 34, tzinfo=JST), ())


def test_a_zero_is_a_temperature_and_an_empty_cell_is_none():
    rows = read_weather(weather_file(*ONE, "2024/4/1,0,8,1", "2024/4/2,,1,1"), "data.csv").rows
    assert [row.temperature for row in rows] == [Decimal(0), None]


def test_a_day_in_three_columns_is_the_same_day():
    file = weather_file(
        ",,,石狩,石狩,石狩", "年,月,日,平均気温(℃),平均気温(℃),平均気温(℃)", ",,,,品質情報,均質番号", "2024,4,1,3.2,8,1"
    )
    assert read_weather(file, "data.csv").rows == (DailyMean("石狩", date(2024, 4, 1), Decimal("3.2"), 8, 1),)


def test_a_file_with_prefectures_above_the_stations_is_read():
    file = weather_file(",北海道,北海道,北海道", *ONE, "2024/4/1,3.2,8,1")
    assert [row.station for row in read_weather(file, "data.csv").rows] == ["石狩"]


def test_a_file_without_quality_is_read_and_says_so():
    file = read_weather(weather_file(",石狩", "年月日,平均気温(℃)", "2024/4/1,3.2"), "data.csv")
    assert file.rows == (DailyMean("石狩", date(2024, 4, 1), Decimal("3.2"), None, None),)
    assert codes(file) == ["WE-06"]


def test_another_temperature_is_not_the_daily_mean():
    file = weather_file(
        ",石狩,石狩,石狩,石狩",
        "年月日,最高気温(℃),最高気温(℃),平均気温平年差(℃),平均気温(℃)",
        ",,品質情報,,",
        "2024/4/1,9.9,8,1.5,3.2",
    )
    assert [row.temperature for row in read_weather(file, "data.csv").rows] == [Decimal("3.2")]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("施設,4月", "市役所,100"), "WE-01"),
        ((",石狩", "年月日,最高気温(℃)", "2024/4/1,9.9"), "WE-02"),
        ((",石狩", "年月日時,気温(℃)", "2024/4/1 1:00,3.2"), "WE-03"),
        ((",石狩", "年月,平均気温(℃)", "2024/4,3.2"), "WE-03"),
        ((",,,,石狩", "年,月,日,時,平均気温(℃)", "2024,4,1,1,3.2"), "WE-03"),
        (("集計開始,集計終了,石狩", "年月日,年月日,平均気温(℃)", "2024/4/1,2024/4/5,3.2"), "WE-03"),
    ],
)
def test_what_is_no_file_of_daily_means_is_refused(lines, code):
    with pytest.raises(ImportFileError) as error:
        read_weather(weather_file(*lines), "data.csv")
    assert error.value.code == code
    assert "data.csv" in error.value.text()


def test_an_empty_file_and_a_picture_are_refused():
    for data in (b"", b"\r\n", b"\x89PNG\x00\x01\x02"):
        with pytest.raises(ImportFileError):
            read_weather(data, "data.csv")


@pytest.mark.parametrize("value", ["///", "3.2 )", "nan", "Infinity"])
def test_a_value_that_is_no_number_is_missing_and_named(value):
    file = read_weather(weather_file(*ONE, f"2024/4/1,{value},8,1"), "data.csv")
    assert [row.temperature for row in file.rows] == [None]
    (finding,) = file.findings
    assert (finding.code, finding.where, finding.data["value"]) == ("WE-04", "data.csv 6行目", value)


def test_a_row_that_is_no_day_is_left_out_and_named_and_short_rows_are_missing():
    file = read_weather(weather_file(*ONE, "2024/4/1,3.2,8,1", "備考", "2024/2/30,1,8,1", "2024/4/2"), "data.csv")
    assert [(row.day.day, row.temperature) for row in file.rows] == [(1, Decimal("3.2")), (2, None)]
    assert codes(file) == ["WE-05", "WE-05"]


def test_a_file_saved_again_as_utf_8_without_the_moment_is_read_and_says_so():
    data = weather_file(*ONE, "2024/4/1,3.2,8,1", head="").decode("cp932").encode("utf-8-sig")
    assert HEAD not in data.decode("utf-8")
    assert codes(read_weather(data, "data.csv")) == ["WE-07"]
