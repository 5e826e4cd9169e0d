"""Figures kept between requests are those that would be computed anew, whatever was posted in between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.entries.posting import registers_changed, rows_post
from kotsukotsu.web.municipalities import figures, tables
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Municipality
from tests.web.conftest import posted

YEARS = (2013, 2022, 2023, 2024, 2025)


def said(session, fy):
    """Everything that a page asks of a year."""
    try:
        inventory = session.inventory(fy)
        total = (inventory.total, inventory.base_total, inventory.comparable_total)
    except KotsukotsuError as error:
        total = (error.code, [finding.code for finding in error.findings])
    missing = [(finding.code, finding.data) for finding in session.doubts(fy)]
    lines = session.lines(fy)
    return session.has_rows(fy), total, missing, lines and [(line.item, line.thirds) for line in lines]


def kept():
    with figures.opened() as session:
        return {fy: said(session, fy) for fy in YEARS}


def anew():
    session = Session(Database(Municipality.objects.get()))
    return {fy: said(session, fy) for fy in YEARS}


@pytest.fixture
def years(hall):
    """Three years of one meter and the base year; every page has been looked at."""
    rows = [posted("f1", "kerosene", fy, month, "50", "L", use="household") for fy in (2022, 2023, 2024)
            for month in range(1, 13)]  # fmt: skip
    rows += [posted("f1", "kerosene", 2013, month, "90", "L", use="household") for month in range(1, 13)]
    tables.put("activities", rows)
    assert kept() == anew()
    return hall["secretariat"]


def post(actor, *rows):
    return rows_post(rows=rows, now=timezone.now(), actor=actor)


def one(start, end, quantity, **more):
    return {
        "facility_id": "f2", "item": "kerosene", "use": "household", "unit": "L", "basis": "measured", "start": start,
        "end": end, "quantity": Decimal(quantity), **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [one(date(2024, 5, 1), date(2024, 6, 1), "10")],
        [one(date(2024, 3, 15), date(2024, 4, 15), "10")],
        [one(date(2013, 5, 1), date(2013, 6, 1), "10")],
        [one(date(2025, 5, 1), date(2025, 6, 1), "10"), one(date(2022, 5, 1), date(2022, 6, 1), "10")],
        [one(date(2022, 5, 1), date(2024, 6, 1), "10")],
    ],
    ids=["a month", "over 31 March", "base year", "two years", "longer than a year"],
)
def test_new_rows_are_in_every_year_that_they_touch(years, rows):
    post(years, *rows)
    assert kept() == anew()


@pytest.mark.parametrize(("fy", "month"), [(2023, 5), (2013, 4), (2024, 3)])
def test_a_correction_that_moves_a_row_changes_both_years(years, fy, month):
    before = kept()
    old = Activity.objects.get(activity_id=f"f1-kerosene-{fy}-{month}-").as_row()
    moved = {**old, "start": date(2025, 6, 1), "end": date(2025, 7, 1), "replaces": old["activity_id"]}
    post(years, moved)
    now = kept()
    assert now == anew()
    assert (now[fy] != before[fy], now[2025] != before[2025]) == (True, True)


def test_many_changes_one_after_another_stay_true(years):
    (first,) = post(years, one(date(2024, 5, 1), date(2024, 6, 1), "10"))
    assert kept() == anew()
    (second,) = post(years, one(date(2023, 5, 1), date(2023, 6, 1), "20", replaces=first["activity_id"]))
    post(years, one(date(2022, 5, 1), date(2022, 6, 1), "30", replaces=second["activity_id"]))
    assert kept() == anew()
    assert kept()[2024][0] is True


def bad(meter, key, start, end, quantity="7", **more):
    return {**one(start, end, quantity), "activity_id": f"{meter}{key}", "meter_id": meter, **more}


MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)
OF_A_YEAR = [
    bad("twice", 1, MAY, JUNE), bad("twice", 2, MAY, JUNE),
    bad("long", 1, date(2022, 5, 1), JUNE), bad("long", 2, date(2023, 5, 1), date(2023, 6, 1)),
    bad("long", 3, MAY, date(2024, 7, 1)), bad("long", 4, date(2024, 5, 20), date(2025, 7, 1)),
    bad("march", 1, date(2024, 3, 1), MAY), bad("march", 2, date(2024, 3, 20), date(2024, 4, 1)),
    bad("digits", 1, MAY, JUNE, "0.0000001"), bad("below", 1, MAY, JUNE, "-1"), bad("kind", 1, MAY, JUNE, unit="kWh"),
    bad("moved", 1, MAY, JUNE, "-1"), bad("moved", 2, date(2023, 5, 1), date(2023, 6, 1), "-2", replaces="moved1"),
]  # fmt: skip
OF_NO_FACILITY = [bad("nowhere", 1, date(2022, 5, 1), date(2022, 6, 1), facility_id="f99")]


def errors(fy):
    """By the rows that can bear on them, and of all checks of the whole ledger."""
    session, today = Session(Database(Municipality.objects.get())), date(2026, 6, 1)
    every = [one for outcome in session.check(fy, today) for one in outcome.findings if one.severity == "error"]
    return sorted(map(repr, session.errors(fy, today))), sorted(map(repr, every))


def test_errors_of_a_year_are_those_of_all_checks_of_the_whole_ledger(years):
    for rows in (OF_A_YEAR, OF_NO_FACILITY):
        tables.put("activities", rows)
        found = {fy: errors(fy) for fy in YEARS}
        assert [near for near, _ in found.values()] == [every for _, every in found.values()]
        assert found[2024][1]


def test_years_that_nothing_touched_are_not_computed_again(years):
    with figures.opened() as session:
        before = session.inventory(2022)
    post(years, one(date(2024, 5, 1), date(2024, 6, 1), "10"))
    with figures.opened() as session:
        assert session.inventory(2022) is before
        assert (2024, False) not in session._inventories


def test_the_base_year_is_computed_once_for_all_years_until_a_row_touches_it(years):
    def base_of(fy):
        with figures.opened() as session:
            return session.inventory(fy).base_lines[0]

    known = base_of(2023)
    assert base_of(2022) is known
    post(years, one(date(2024, 5, 1), date(2024, 6, 1), "10"))
    assert base_of(2024) is known
    post(years, one(date(2013, 5, 1), date(2013, 6, 1), "10"))
    assert base_of(2022) is base_of(2024) is not known


def test_a_changed_register_touches_every_year(years):
    with figures.opened() as session:
        before = session.inventory(2022)
    registers_changed()
    with figures.opened() as session:
        assert session.inventory(2022) is not before


def test_results_of_what_was_before_are_not_held(years):
    figures.inventory(2022)
    post(years, one(date(2024, 5, 1), date(2024, 6, 1), "10"))
    figures.inventory(2023)
    states = {key[:3] for key in figures._results}
    assert states == {figures.state_of(Municipality.objects.get())}
