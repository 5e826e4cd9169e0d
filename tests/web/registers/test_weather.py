"""Temperatures of the Meteorological Agency: looked at, taken in, corrected, exported."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.municipalities import folders, weather
from kotsukotsu.web.municipalities.models import CityFile, Municipality
from tests.analysis_weather.made import weather_file

ADDRESS = "/registers/weather/"
HEAD = (",石狩,石狩,石狩", "年月日,平均気温(℃),平均気温(℃),平均気温(℃)", ",,品質情報,均質番号")


def made(*lines):
    return SimpleUploadedFile("data.csv", weather_file(*HEAD, *lines))


@pytest.fixture
def take(signed_in):
    """Look at a file, then take in what was shown; the page that was shown."""
    client = signed_in("secretariat")

    def taken(*lines):
        looked = client.post(ADDRESS, {"file": made(*lines)})
        assert looked.status_code == 200, looked.content.decode()
        before = CityFile.objects.filter(path="weather.csv").values_list("content", flat=True).first()
        kept = html.unescape(re.search(r'name="kept" value="([^"]+)"', looked.content.decode())[1])
        assert CityFile.objects.filter(path="weather.csv").values_list("content", flat=True).first() == before
        assert client.post(f"{ADDRESS}take-in/", {"kept": kept}).status_code == 302
        return looked.content.decode()

    return taken


def test_a_file_is_looked_at_taken_in_and_a_corrected_day_takes_its_place(hall, take, tmp_path):
    revision = Municipality.objects.get().revision
    assert "加える：2" in take("2024/4/1,3.5,8,1", "2024/4/2,1.0,8,1")
    assert Municipality.objects.get().revision > revision
    looked = take("2024/4/2,1.5,8,1", "2024/4/3,2.0,8,1")
    assert re.search(r"令和6年4月2日：1(\.0)? → 1\.5 ℃", looked)
    assert [(station, str(first), str(last), days) for station, first, last, days in weather.spans()] == [
        ("石狩", "2024-04-01", "2024-04-03", 3)
    ]
    assert LogEntry.objects.filter(kind="weather").count() == 2
    folders.city_export(target=tmp_path / "市")
    assert "石狩,2024-04-02,1.5" in (tmp_path / "市/weather.csv").read_text(encoding="utf-8")


def test_what_is_no_such_file_or_was_changed_on_the_way_is_refused(hall, signed_in):
    client = signed_in("secretariat")
    other = SimpleUploadedFile("data.csv", "年,施設,電気\n2024,市役所,3\n".encode("cp932"))
    assert client.post(ADDRESS, {"file": other}).status_code == 422
    assert client.post(f"{ADDRESS}take-in/", {"kept": "x"}).status_code == 422
    assert signed_in("executive").post(ADDRESS, {"file": made("2024/4/1,3.5,8,1")}).status_code == 403
    assert not CityFile.objects.exists()
