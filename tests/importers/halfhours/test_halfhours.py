"""Files of half-hours as they come, and what is refused with its place."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.halfhours import read
from tests.importers.halfhours import samples

FIRST = datetime(2024, 4, 1)  # noqa: DTZ001 - a file's own times, Japan time without zone
LAST = datetime(2024, 4, 1, 23, 30)  # noqa: DTZ001
D = Decimal


def taken(text, unit="", encoding="cp932"):
    return read(text.encode(encoding), "f.csv", unit)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
def test_a_row_for_each_day_in_any_encoding(encoding):
    found = taken(samples.wide(), encoding=encoding)
    (values,) = found.series.values()
    assert (found.kind, list(found.series), len(values)) == ("wide", ["0300111"], 48)
    assert values[FIRST] == (D("1.5"), 0)
    assert values[LAST] == (D("48.5"), 0)


def test_columns_named_by_the_end_of_the_half_hour_are_the_same():
    ends, starts = (taken(samples.wide(heads=heads)).series for heads in (samples.ENDS, samples.TIMES))
    assert ends == starts


@pytest.mark.parametrize("heads", [[str(n) for n in range(1, 49)], [f"{n}コマ" for n in range(1, 49)]])
def test_columns_may_be_numbers_of_half_hours(heads):
    assert taken(samples.wide(heads=heads)).series["0300111"][LAST] == (D("48.5"), 0)


def test_a_mean_power_counts_half_and_megawatt_hours_a_thousand():
    assert taken(samples.wide(title="30分平均電力 kW")).series["0300111"][FIRST] == (D("0.75"), 0)
    assert taken(samples.wide(title="30分値"), "MWh").series["0300111"][FIRST] == (D("1500"), 0)


def test_a_row_for_each_half_hour_with_several_values_and_their_quality():
    found = taken(samples.long(word="推定"))
    assert found.kind == "long"
    assert list(found.series) == ["受電電力量(kWh)", "太陽光(kW)"]
    assert found.series["受電電力量(kWh)"][LAST] == (D(47), 1)
    assert found.series["太陽光(kW)"][LAST] == (D(47), 1)
    assert taken(samples.long(times=samples.ENDS)).series["受電電力量(kWh)"][FIRST] == (D(0), 0)


def test_a_moment_in_one_column():
    text = "日時,A(kWh)\n2024-04-01 00:00:00,1\n2024-04-01 00:30:00,\n"
    values = taken(text).series["A(kWh)"]
    assert list(values.values()) == [(D(1), 0), (None, 2)]


def test_hours_of_an_area_become_estimated_halves_and_it_is_said():
    found = taken(samples.area())
    values = found.series["area"]
    assert (found.kind, len(values)) == ("area", 48)
    assert values[FIRST] == (D(10_000_000), 1)
    assert sum(value for value, _ in values.values()) == sum(2000 + hour for hour in range(24)) * 10_000
    assert [finding.code for finding in found.findings] == ["HI-09"]


def test_prices_of_the_spot_market_by_area():
    found = taken(samples.spot())
    assert (found.kind, found.unit) == ("spot", "yen/kWh")
    assert list(found.series) == ["システム", "北海道", "東京"]
    assert found.series["東京"][LAST] == (D("12.48"), 0)


def test_an_empty_cell_is_missing_and_not_zero():
    text = samples.wide().replace(",1.5,", ",,").replace(",2.5,", ",－,")
    values = list(taken(text).series["0300111"].values())
    assert values[:2] == [(None, 2), (None, 2)]


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        ("HI-01", "月,使用量\n4月,100\n", "f.csv"),
        ("HI-02", samples.wide(days=("合計",)), "3行目"),
        ("HI-02", samples.long().replace("令和6年4月1日,0:30", "令和6年4月1日,x"), "3行目"),
        ("HI-03", samples.wide(heads=samples.TIMES[:47]), "47"),
        ("HI-04", samples.wide().replace(",2.5,", ",-2.5,"), "3行目 4列目"),
        ("HI-04", samples.wide().replace(",2.5,", ",#N/A,"), "#N/A"),
        ("HI-04", samples.spot().replace(",10.01,", ",NaN?,"), "2行目"),
        ("HI-04", samples.wide().replace(",2.5,", ",NaN,"), "3行目 4列目"),
        ("HI-13", samples.wide().replace(",2.5,", ",", 1), "3行目"),
        ("HI-13", samples.wide().rstrip() + ",9.9", "51"),
        ("HI-05", samples.wide(days=("2024/4/1", "2024/4/1")), "4行目"),
        ("HI-06", samples.long().replace(",0:30,", ",0:35,"), "0:35"),
        ("HI-07", samples.wide(title="30分値"), "単位"),
        ("HI-08", samples.long(word="暫定"), "暫定"),
        ("HI-02", samples.spot().replace(",48,1000", ",49,1000"), "49行目"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_place(code, text, place):
    with pytest.raises(ImportFileError, match=code) as caught:
        taken(text)
    assert place in caught.value.text()


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([samples.wide(), samples.long(), samples.area(), samples.spot()]), st.data())
def test_a_damaged_file_is_read_or_refused_in_words_and_never_breaks_the_program(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from(["", ",", "\n", "x", '"', "-", "９"])) + text[at + 1 :]
    try:
        found = taken(changed, encoding="utf-8")
    except ImportFileError as error:
        said = error.text()
    else:
        said = found.kind
        assert all(value is None or value >= 0 for values in found.series.values() for value, _ in values.values())
    assert said
