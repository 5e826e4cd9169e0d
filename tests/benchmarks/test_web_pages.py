"""The pages of a large city: the city is whole, every page is opened, and what is late is written so."""

from __future__ import annotations

import csv

from benchmarks import report_pages, web_pages, web_pages_city, web_pages_hall
from kotsukotsu import schema

PLACED = web_pages_hall.PLACES["f1"]
ROW = {"status": 200, "first": 0.9, "entered": {"slowest": 0.5}, "again": {"slowest": 0.1}}


def lines(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_city_has_as_many_facilities_each_with_its_own_rows(tmp_path):
    web_pages_city.make(tmp_path, 310)
    places = [line["facility_id"] for line in lines(tmp_path, "facilities")]
    assert (len(places), len(set(places)), places[-1]) == (310, 310, "f010-2")
    rows = lines(tmp_path, "activities")
    own = {place: [row for row in rows if row["facility_id"] == place] for place in ("f009", "f009-2")}
    told = [[(row["item"], row["start"], row["quantity"]) for row in found] for found in own.values()]
    assert told[0] == told[1] != []
    assert len({row["activity_id"] for row in rows}) == len(rows)
    measures = {line["measure_id"] for line in lines(tmp_path, "measures")}
    assert {line["measure_id"] for line in lines(tmp_path, "progress")} <= measures
    for name in {*web_pages_city.OF_FACILITIES} - {"activities"}:
        assert schema.read((tmp_path / f"{name}.csv").read_text(encoding="utf-8"), name, name)


def test_every_address_is_opened_or_said_to_be_left_out():
    with web_pages_hall.ACCESS.open(encoding="utf-8", newline="") as file:
        known = {line["name"] for line in csv.DictReader(file) if line["method"] == "get"}
    opened, out = {line["name"] for line, _ in web_pages_hall.lines()}, web_pages_hall.left_out()
    assert opened | set(out) == known, "measure it, or say why not in benchmarks/web_pages_left_out.csv"
    assert all(out.values())
    kinds = {line["use"] for line in lines(web_pages_city.CITY, "facilities") if line["facility_id"] in PLACED}
    assert len(kinds) == len(PLACED)


def test_one_late_opening_or_another_answer_is_no_success():
    assert report_pages.verdict(ROW) == "reached"
    assert report_pages.verdict({**ROW, "first": 1.1}) == "missed"
    assert report_pages.verdict({**ROW, "again": {"slowest": 2}}) == "missed"
    assert report_pages.verdict({**ROW, "status": 404}) == "answer 404"


def test_a_page_that_takes_long_is_opened_less_often():
    assert web_pages._times(5, lambda: 5.0, lambda: None) == [5.0, 5.0]
    assert web_pages._times(5, lambda: 0.1, lambda: None) == [0.1] * 5


def test_every_line_of_the_table_has_a_cell_for_every_heading():
    times = {"median": 0.1, "slowest": 0.1}
    row = {**ROW, "page": "home", "who": "secretariat", "kilobytes": 1.0, "figures": 3.0, "processor": 0.02,
           "entered": times, "again": times}  # fmt: skip
    told = list(report_pages.told({"web_pages_SQLite": {"machine": {}, "values": [row]}}, lambda _: ""))
    table = [line for line in told if line.startswith("|")]
    assert {line.count("|") for line in table} == {12}
    assert "1 of 1 pages" in told[2]
