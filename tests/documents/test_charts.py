from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from kotsukotsu.documents.charts import Chart, charts
from kotsukotsu.documents.charts.columns import Column, columns
from kotsukotsu.documents.charts.picture import width, wrapped
from kotsukotsu.documents.groups import colours
from kotsukotsu.documents.model import Overview
from tests.documents.conftest import Made

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(shown: Overview) -> dict[str, Chart]:
    return {chart.ident: chart for chart in charts(shown)}


def texts_of(picture: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(picture).iter(f"{SVG}text")]


def test_each_chart_is_there(drawn: dict[str, Chart]) -> None:
    assert list(drawn) == ["years", "items", "changes", "facilities", "reach"]


def test_titles_say_what_the_figures_say(drawn: dict[str, Chart], shown: Overview) -> None:
    assert drawn["years"].title == "令和6（2024）年度は基準年度より29.6%少ない"
    assert drawn["items"].title == "電気（買電）が41.3%を占める"
    assert drawn["changes"].title == "最も減ったのは電気、最も増えたのは都市ガス"
    assert drawn["reach"].title == f"291施設のうち上位{shown.reach(90)}施設で90%を占める"


def test_every_picture_is_named_and_described_and_has_no_lost_character(drawn: dict[str, Chart]) -> None:
    for chart in drawn.values():
        for picture in chart.pictures:
            root = ET.fromstring(picture)
            assert root.find(f"{SVG}title").text == chart.title
            assert root.find(f"{SVG}desc").text
            assert "\ufffd" not in picture
            assert "NaN" not in picture
            assert "undefined" not in picture


def test_labels_are_complete(drawn: dict[str, Chart], shown: Overview) -> None:
    wide, narrow = map(texts_of, drawn["years"].pictures)
    for name in shown.groups_named.values():
        assert name in wide
        assert name in narrow
    assert {"21,001", "14,787", "13,233", "平成252013基準年度", "令和72025集計中"} <= set(wide)
    assert "令和7（2025）年度 集計中" in narrow
    assert {"電気（買電）", "6,114（41.3%）"} <= set(texts_of(drawn["items"].pictures[0]))
    assert {"↓減 △4,344", "↑増 953"} <= set(texts_of(drawn["changes"].pictures[0]))
    assert f"{shown.reach(90)}施設で90%" in texts_of(drawn["reach"].pictures[0])


def test_no_label_leaves_its_picture(drawn: dict[str, Chart]) -> None:
    for ident in ("items", "changes", "facilities"):
        picture = drawn[ident].pictures[0]
        room = float(ET.fromstring(picture).get("viewBox").split()[2])
        assert all(width(text) < room for text in texts_of(picture))


def test_items_have_the_colours_of_the_table(drawn: dict[str, Chart]) -> None:
    picture = drawn["years"].pictures[0]
    for code in ("electricity", "city_gas", "kerosene", "heavy_oil_a", "waste", "other"):
        assert colours()[code] in picture


def test_the_base_year_alone_has_no_chart_of_changes(city: Made) -> None:
    found = {chart.ident: chart for chart in charts(city.of(2013).overview)}
    assert "changes" not in found
    assert found["years"].title == "平成25（2013）年度の総排出量は 21,001 t-CO2e"


def test_a_long_name_is_broken_and_never_cut() -> None:
    name = "走行距離 ガソリン・LPG 普通・小型乗用車（定員10人以下）"
    lines = wrapped(name, 280)
    assert "".join(lines) == name
    assert len(lines) == 2
    assert all(width(line) <= 280 for line in lines)


def test_a_number_is_not_broken_at_the_end_of_a_line() -> None:
    lines = wrapped("調達する電力の再エネ比率（6,671,445／17,276,913 kWh）", 230)
    assert any("6,671,445" in line for line in lines)
    assert all(width(line) <= 230 for line in lines)
    assert not any(line.endswith("（") or line.startswith("）") for line in lines)


def test_a_word_longer_than_a_line_is_broken_all_the_same() -> None:
    assert [width(line) <= 80 for line in wrapped("A" * 30, 80)] == [True] * 5


def test_names_beside_columns_stay_within_the_picture() -> None:
    codes = [f"c{number}" for number in range(9)]
    thin = {code: Decimal(1) for code in codes[1:]}
    row = Column(("令和6",), "1,000", {codes[0]: Decimal(1000), **thin})
    colours = dict.fromkeys(codes, "#0072B2")
    picture = ET.fromstring(columns([row], colours, {code: code for code in codes}, "x", "x", "x"))
    heights = [float(height) for height in tops(picture, set(codes))]
    assert len(heights) == len(codes)
    assert min(heights) >= 0
    assert min(b - a for a, b in pairwise(sorted(heights))) >= 19


def tops(picture: ET.Element, names: set[str]) -> list[str]:
    """Where texts stand, from the upper edge of the columns. [px]"""
    found = [one for one in picture.iter() if one.tag.endswith("text") and one.text in names]
    return [re.search(r"translate\([^,]+,([-0-9.]+)\)", one.get("transform", ""))[1] for one in found]


def test_the_same_figures_make_the_same_picture(shown: Overview, drawn: dict[str, Chart]) -> None:
    assert [chart.pictures for chart in charts(shown)] == [chart.pictures for chart in drawn.values()]
