from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kotsukotsu.documents.charts import Chart, charts
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


def test_the_same_figures_make_the_same_picture(shown: Overview, drawn: dict[str, Chart]) -> None:
    assert [chart.pictures for chart in charts(shown)] == [chart.pictures for chart in drawn.values()]
