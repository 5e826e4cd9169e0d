"""The work behind a page grows with the rows that there are, not with their square; what lacks nothing is not read."""

from __future__ import annotations

import random

import pytest

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.ledger.checks import run
from kotsukotsu.periods import FiscalYear
from kotsukotsu.sessions import session as sessions
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.seeing import results, scope
from tests.base.town import Town
from tests.web.seeing.conftest import filled

MONTHS = [f"{year}-{month:02}" for fy in (2023, 2024) for year, month in
          [*((fy, month) for month in range(4, 13)), *((fy + 1, month) for month in (1, 2, 3))]]  # fmt: skip


def summed(people, path, count, monkeypatch):
    """How many lines are added up for the page of a city of so many facilities, and how many lines there are."""
    folders.city_import(source=filled(path, count), actor=people["jimu"])
    added = []
    real = Inventory.total_of
    monkeypatch.setattr(
        Inventory, "total_of", staticmethod(lambda lines: real([added.append(one) or one for one in lines]))
    )
    found = results.overview_of(scope.whole(), 2024)
    assert len(found.facilities) == count
    return len(added), len(results.result(2024).inventory.lines)


@pytest.mark.parametrize("count", [5, 40])
def test_each_line_is_added_up_a_few_times_however_many_facilities_there_are(people, tmp_path, monkeypatch, count):
    added, lines = summed(people, tmp_path / "town", count, monkeypatch)
    assert lines >= 2 * count
    assert added <= 60 * lines


def test_a_facility_is_told_from_the_lines_that_the_city_was_told_from(city, monkeypatch):
    results.analysis_of(scope.whole(), 2024, 2013)
    made = []
    real = sessions.Emitter
    monkeypatch.setattr(sessions, "Emitter", lambda *args: made.append(args) or real(*args))
    assert results.analysis_of(scope.facility("f2"), 2024, 2013).report.sentences
    assert made == []


def test_totals_of_a_part_are_not_those_of_the_whole(city):
    whole = results.result(2024).inventory
    before = whole.total, whole.rows(("item",))
    part = whole.part(["f1"])
    assert (part.total < before[0], part.rows(("item",)) != before[1]) == (True, True)
    assert (whole.total, whole.rows(("item",))) == before


def series(town, drawn, number):
    """Two years of one meter, with doubtful months in one of them or in none."""
    place = {"facility_id": "f1", "meter_id": f"m{number}" if number % 3 else ""}
    doubtful = drawn.sample(MONTHS, drawn.choice([0, 0, 1, 3]))
    for month in MONTHS:
        kind = drawn.choice(["none", "empty", "zero", "not_occurring", "late", "replaced"]) if month in doubtful else ""
        item = "kerosene" if number % 3 else f"gasoline_{number}"[:8]
        row(town, item, month, kind, place)


def row(town, item, month, kind, place):
    if kind == "none":
        return
    if kind == "late":
        year, number = map(int, month.split("-"))
        town.act(item, f"{month}-15", f"{year + number // 12}-{number % 12 + 1:02}-15", 7, **place)
        return
    told = {"empty": {"quantity": ""}, "zero": {"quantity": 0}}.get(kind, {"quantity": 5})
    basis = {"basis": "not_occurring", "quantity": ""} if kind == "not_occurring" else {}
    given = {**told, **basis}
    key = town.month(item, month, given.pop("quantity"), **place, **given)
    if kind == "replaced":
        town.month(item, month, "", replaces=key, **place)


@pytest.mark.parametrize("seed", range(4))
def test_months_without_a_quantity_are_found_as_by_a_look_at_every_row(tmp_path, seed):
    town, drawn = Town(tmp_path), random.Random(seed)
    for number in range(30):
        series(town, drawn, number)
    session = Session(town.write())
    for fy in (2023, 2024):
        view = session.ledger_view([FiscalYear(fy)], FiscalYear(fy).end)
        (every,) = run(view, ["missing_months"])
        told = [(one.code, one.where, one.data) for one in session.doubts(fy)]
        if fy == 2023:  # the later year has rows before it that the window of two years does not hold
            assert told == [(one.code, one.where, one.data) for one in every.findings]
        assert {(place, month) for _, place, month in map(where, told)} == {
            (place, month) for _, place, month in map(where, [(o.code, o.where, o.data) for o in every.findings])
        }  # fmt: skip


def where(finding):
    code, _, data = finding
    return code, (data["item"], data["meter_id"]), data["month"]


def test_rows_of_a_series_that_lacks_nothing_are_not_read(tmp_path, monkeypatch):
    town = Town(tmp_path)
    for number in range(20):
        for month in MONTHS:
            town.month("kerosene", month, number, meter_id=f"m{number}")
    for month in MONTHS[:-1]:
        town.month("kerosene", month, 1, meter_id="short")
    read = []
    real = sessions.view_of
    monkeypatch.setattr(
        sessions, "view_of", lambda city, *a, **k: read.extend(city.table("activities")) or real(city, *a, **k)
    )
    found = Session(town.write()).doubts(2024)
    assert [one.data["month"] for one in found] == ["2025-03"]
    assert len(read) == len(MONTHS) - 1
