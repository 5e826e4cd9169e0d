"""The Agency's file goes into weather.csv as it comes, through the same command as every other file."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from kotsukotsu.cli.main import application
from kotsukotsu.store import folder
from tests.analysis_weather.made import HEAD, TWO_STATIONS, weather_file
from tests.base.town import Town

RUNNER = CliRunner()
ONE = (",石狩,石狩,石狩", "年月日,平均気温(℃),平均気温(℃),平均気温(℃)", ",,品質情報,均質番号")


@pytest.fixture
def city(tmp_path):
    return Town(tmp_path / "town").write()


@pytest.fixture
def receive(city, tmp_path):
    def take(data, *options):
        file = tmp_path / "data.csv"
        file.write_bytes(data)
        return RUNNER.invoke(application(["import"]), ["import", str(file), "--into", str(city), *options])

    return take


def table(city):
    return [(row["station"], row["day"].isoformat(), row["temperature"]) for row in folder.read_table(city, "weather")]


def test_every_day_of_every_station_is_kept_a_missing_one_too(city, receive):
    done = receive(TWO_STATIONS)
    assert done.exit_code == 0, done.output
    assert [(row[0], row[1], row[2] and str(row[2])) for row in table(city)] == [
        ("札幌", "2024-04-01", "4.1"), ("札幌", "2024-04-02", "1.0"), ("札幌", "2024-04-03", "2.5"),
        ("石狩", "2024-04-01", "3.2"), ("石狩", "2024-04-02", "-0.4"), ("石狩", "2024-04-03", None),
    ]  # fmt: skip
    assert {row["quality"] for row in folder.read_table(city, "weather")} == {8, 5, 1, 4}
    assert "6 日分" in done.output
    assert "令和6年4月1日" in done.output
    assert "2024-04-01" not in done.output


def test_the_same_file_twice_changes_nothing(city, receive):
    receive(TWO_STATIONS)
    before = (city / "weather.csv").read_bytes()
    found = json.loads(receive(TWO_STATIONS, "--format", "json").stdout)
    assert found["counts"] == {"new": 0, "same": 6, "corrects": 0}
    assert (city / "weather.csv").read_bytes() == before


def test_a_corrected_value_takes_the_older_ones_place_and_is_shown(city, receive):
    receive(weather_file(*ONE, "2024/4/1,3.2,8,1", "2024/4/2,1,8,1"))
    found = json.loads(receive(weather_file(*ONE, "2024/4/2,1.5,8,1"), "--format", "json").stdout)
    assert found["changes"] == [{"station": "石狩", "day": "2024-04-02", "before": "1", "after": "1.5"}]
    assert [str(row[2]) for row in table(city)] == ["3.2", "1.5"]


def test_a_trial_writes_nothing(city, receive):
    assert receive(TWO_STATIONS, "--dry-run").exit_code == 0
    assert not (city / "weather.csv").exists()


def test_a_file_of_the_agency_without_temperatures_is_refused_as_such(receive):
    done = receive(weather_file(",石狩", "年月日,日照時間(時間)", "2024/4/1,3"))
    assert (done.exception.code, str(done.exception.data["file"])) == ("WE-02", "data.csv")


def test_a_table_that_only_begins_with_the_word_for_year_is_no_weather(city, receive):
    done = receive("年,施設,電気\n2024,市役所,3\n".encode("cp932"))
    assert not str(getattr(done.exception, "code", "")).startswith("WE-")
    assert not (city / "weather.csv").exists()


def test_the_moment_of_download_alone_tells_the_file(receive):
    assert receive((HEAD + "\r\n").encode("cp932")).exception.code == "WE-01"
