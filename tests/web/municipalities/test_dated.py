"""A page shows the figures of now, or says of when those are that it shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import BoundedSemaphore

import pytest
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.common.coming import Coming
from kotsukotsu.web.entries.posting import registers_changed, rows_post
from kotsukotsu.web.municipalities import dated, figures, tables
from tests.web.conftest import posted
from tests.web.seeing.conftest import filled


@pytest.fixture
def years(hall):
    """A year of one meter, and who enters."""
    tables.put("activities", [posted("f1", "kerosene", 2022, month, "50", "L", use="boiler") for month in range(1, 13)])
    return hall["secretariat"]


@pytest.fixture(autouse=True)
def forgotten():
    """No page of an earlier test."""
    dated._pages.clear()


def enter(actor, times=1):
    row = {"facility_id": "f2", "item": "kerosene", "use": "boiler", "unit": "L", "basis": "measured",
           "start": date(2022, 5, 1), "end": date(2022, 6, 1), "quantity": Decimal(10)}  # fmt: skip
    for _ in range(times):
        rows_post(rows=[row], now=timezone.now(), actor=actor)


def total(fy):
    return figures.inventory(fy).total


def fails():
    raise ZeroDivisionError


def key(*args):
    return (total.__module__, total.__qualname__, *args, texts.language())


class Never:
    """A computer that does not come to an end."""

    def submit(self, *_):
        return Future()


def test_a_page_is_made_anew_when_something_was_entered_and_only_then(years):
    first = dated.latest(total, 2022)
    assert dated.latest(total, 2022) is first
    enter(years)
    second = dated.latest(total, 2022)
    assert (second.is_latest, second.made > first.made, second.at > first.at) == (True, True, True)


def test_who_cannot_wait_longer_gets_the_last_page_and_its_time(years, monkeypatch):
    first = dated.latest(total, 2022)
    enter(years)
    monkeypatch.setattr(dated, "PATIENCE", 0.05)
    with monkeypatch.context() as busy:
        busy.setattr(dated.PAGES, "executor", Never())
        meanwhile = dated.latest(total, 2022)
    dated._coming.clear()
    assert (meanwhile.made, meanwhile.at, meanwhile.is_latest) == (first.made, first.at, False)
    assert dated.latest(total, 2022).made > first.made


def test_only_a_few_wait_so_that_hands_are_left_for_those_who_enter(years, monkeypatch):
    first = dated.latest(total, 2022)
    enter(years)
    monkeypatch.setattr(dated, "PATIENCE", 60)
    monkeypatch.setattr(dated.PAGES, "executor", Never())
    monkeypatch.setattr(dated, "_waiting", BoundedSemaphore(1))
    with dated._waiting:
        assert dated.latest(total, 2022) == replace(first, is_latest=False)
    dated._coming.clear()


class Late:
    """A computer that first gives what it had begun before."""

    def __init__(self, before):
        self.given = [before]

    def submit(self, fn, *args):
        done = Future()
        done.set_result(self.given.pop() if self.given else fn(*args))
        return done


def test_what_was_begun_before_an_entry_is_not_taken_for_the_figures_after_it(years, monkeypatch):
    first = dated.latest(total, 2022)
    enter(years)
    monkeypatch.setattr(dated.PAGES, "executor", Late(first))
    now = dated.latest(total, 2022)
    assert now.is_latest
    assert now.made > first.made


def test_in_a_busy_hall_a_page_rests_and_says_its_time(years):
    first = dated.latest(total, 2022)
    enter(years, dated.BUSY - 1)
    few = dated.latest(total, 2022)
    assert few.is_latest
    enter(years, dated.BUSY)
    dated._pages[key(2022)] = replace(few, at=timezone.now(), took=timedelta(seconds=60))
    resting = dated.latest(total, 2022)
    assert (resting.made, resting.is_latest) == (few.made, False)
    dated._pages[key(2022)] = replace(few, at=timezone.now() - timedelta(hours=1), took=timedelta(seconds=60))
    after = dated.latest(total, 2022)
    assert after.is_latest
    assert after.made > few.made > first.made


def test_in_a_busy_hall_nobody_waits_for_figures_that_are_overtaken_when_they_come(years, monkeypatch):
    first = dated.latest(total, 2022)
    enter(years, dated.BUSY)
    dated._pages[key(2022)] = replace(first, at=timezone.now(), took=timedelta(0))
    monkeypatch.setattr(dated.PAGES, "executor", Never())
    waited = []
    monkeypatch.setattr(dated, "wait", lambda coming, patience: waited.append(patience) or wait(coming, 0))
    assert dated.latest(total, 2022) == replace(dated._pages[key(2022)], is_latest=False)
    assert waited[0] <= 0
    assert dated._coming, "the new ones are begun"
    dated._coming.clear()


@pytest.mark.parametrize(("took", "waits"), [(0.1, True), (2.0, False)])
def test_nobody_waits_for_figures_that_take_longer_than_people_wait(years, monkeypatch, took, waits):
    first = dated.latest(total, 2022)
    enter(years)
    dated._pages[key(2022)] = replace(first, took=timedelta(seconds=took))
    monkeypatch.setattr(dated.PAGES, "executor", Never())
    waited = []
    monkeypatch.setattr(dated, "wait", lambda coming, patience: waited.append(patience) or wait(coming, 0))
    assert not dated.latest(total, 2022).is_latest
    assert (waited[0] > 0) is waits
    assert dated._coming, "the new ones are begun"
    dated._coming.clear()


def page_with_an_entry(actor):
    before = total(2022)
    enter(actor)
    return before, total(2022)


def test_all_of_a_page_is_of_one_moment_whatever_is_entered_meanwhile(years):
    _, (before, after) = figures.of_one_moment(page_with_an_entry, years)
    assert before == after
    assert total(2022) > before


def test_a_page_that_fails_is_not_kept_and_lets_the_next_one_compute(years):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            dated.latest(fails)
    assert (dated._pages, dated._coming) == ({}, {})


BEGIN = """
import django; django.setup()
import json, os, sys
from pathlib import Path
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities import dated, folders, models
from kotsukotsu.web.seeing import results, scope
from kotsukotsu.web.serving import prepare
prepare()
jimu = User.objects.create(username="jimu", name="jimu")
Role.objects.create(user=jimu, kind="secretariat")
folders.city_import(source=Path(sys.argv[1]), actor=jimu)
here = dated.latest(results.overview_of, scope.whole(), 2024).made
dated._pages.clear()
dated.compute_beside()
dated.PATIENCE = 60
dated.PAGES.beside.run(os.getcwd)
first = dated.PAGES.beside._process.pid
beside = dated.latest(results.overview_of, scope.whole(), 2024).made
dated.PAGES.beside._process.kill()
models.Municipality.objects.update(revision=1000)
again = dated.latest(results.overview_of, scope.whole(), 2024)
second = dated.PAGES.beside._process.pid
dated.PAGES.beside.end()
print(json.dumps([here == beside, again.made == here, again.is_latest, len({os.getpid(), first, second}),
                  str(here.totals.total.exact)]))
"""


def test_a_process_beside_gives_the_same_pages_and_is_begun_again_where_it_was_killed(tmp_path):
    city = filled(tmp_path / "city", 2)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    environment = {**kept, "KOTSUKOTSU_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kotsukotsu.web.settings"}
    command = [sys.executable, "-c", BEGIN, str(city)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    same, after, is_latest, processes, tonnes = json.loads(done.stdout)
    assert (same, after, is_latest, processes) == (True, True, True, 3)
    assert float(tonnes) > 0


def test_the_first_figures_are_not_waited_for_where_they_are_long_in_coming(years, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(dated, "PATIENCE", 0.01)
        busy.setattr(dated.PAGES, "executor", Never())
        assert dated.soon(total, 2022) is None
        with pytest.raises(Coming):
            dated.latest(total, 2022)
    dated._coming.clear()
    assert dated.latest(total, 2022).is_latest


class Fails:
    """A computer that fails after whoever asked has gone."""

    def __init__(self):
        self.begun = []

    def submit(self, *_):
        self.begun.append(Future())
        return self.begun[-1]


def test_what_failed_while_nobody_waited_is_told_to_who_asks_next(years, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(dated, "PATIENCE", 0.01)
        busy.setattr(dated.PAGES, "executor", Fails())
        assert dated.soon(total, 2022) is None
        dated.PAGES.executor.begun[0].set_exception(ZeroDivisionError())
        with pytest.raises(ZeroDivisionError):
            dated.latest(total, 2022)
    assert dated.latest(total, 2022).is_latest


def put(actor, start, end, **more):
    row = {"facility_id": "f1", "item": "kerosene", "use": "boiler", "unit": "L", "basis": "measured",
           "start": start, "end": end, "quantity": Decimal(10), **more}  # fmt: skip
    return rows_post(rows=[row], now=timezone.now(), actor=actor)


def test_rows_of_a_later_year_leave_the_page_of_an_earlier_one_as_it_is(years):
    first = dated.latest(total, 2022, until=2022)
    put(years, date(2023, 4, 1), date(2023, 5, 1))
    second = dated.latest(total, 2022, until=2022)
    assert (second.made is first.made, second.at, second.is_latest) == (True, first.at, True)
    assert second.state == figures.state_of(figures.municipality())


def test_rows_that_came_since_are_looked_at_once_for_all_readers(years, monkeypatch, django_assert_num_queries):
    dated.latest(total, 2022, until=2022)
    enter(years, 3)
    monkeypatch.setattr(dated, "PATIENCE", 0.01)
    monkeypatch.setattr(dated.PAGES, "executor", Never())
    assert not dated.latest(total, 2022, until=2022).is_latest
    enter(years)
    with django_assert_num_queries(1):  # the state of the city
        assert not dated.latest(total, 2022, until=2022).is_latest
    dated._coming.clear()


@pytest.mark.parametrize(
    ("start", "end", "more"),
    [
        (date(2023, 3, 15), date(2023, 4, 15), {}),
        (date(2013, 5, 1), date(2013, 6, 1), {}),
        (date(2023, 5, 1), date(2023, 6, 1), {"replaces": "f1-kerosene-2022-5-"}),
    ],
    ids=["a day in it", "base year", "a row moved out of it"],
)
def test_rows_that_can_be_in_a_page_make_it_anew(years, start, end, more):
    first = dated.latest(total, 2022, until=2022)
    put(years, start, end, **more)
    second = dated.latest(total, 2022, until=2022)
    assert second.at > first.at
    assert second.made == figures.inventory(2022).total


def test_a_register_makes_every_page_anew(years):
    first = dated.latest(total, 2022, until=2022)
    registers_changed()
    put(years, date(2023, 4, 1), date(2023, 5, 1))
    assert dated.latest(total, 2022, until=2022).at > first.at
