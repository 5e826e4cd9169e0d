"""The whole city into the database and back, and the same totals from there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError

from kotsukotsu.accounting.queries import columns
from kotsukotsu.errors import FolderError
from kotsukotsu.periods import JST
from kotsukotsu.sessions.session import Session
from kotsukotsu.store import duckdb, folder
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import figures, folders, home, tables
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import CityFile, Municipality

DEMO = Path(__file__).parents[3] / "examples" / "kotsukotsu-shi"


@pytest.fixture
def actor(db):
    return User.objects.create(username="jimu", name="事務局")


@pytest.fixture
def small(town):
    """A city with a corrected row, a factor of its own, an unknown column and a remark."""
    town.contract("北海道電力")
    town.add("facility_departments", facility_id="f1", department_id="d1", valid_to="2014-04-01", 理由="組織改編")
    town.policy = ["electricity_year = 2012"]
    town.own("kerosene", "2.50", status="confirmed")
    for fy in (2013, 2014):
        town.year("electricity", fy, "1234.500")
        town.year("kerosene", fy, "0.000001", use="household", 色="青")
    key = town.year("electricity", 2014, "7", key="A9")
    town.year("electricity", 2014, "8", replaces=key, posted_at="2025-04-01T09:00:00.5+09:00", posted_by="山田")
    town.write()
    (town.path / "evidence").mkdir()
    (town.path / "evidence" / "請求書.pdf").write_bytes(b"%PDF\x00\xff")
    return town


def files(place):
    return {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}


def test_a_city_comes_back_as_it_was(actor, small, tmp_path):
    folders.city_import(source=small.path, actor=actor)
    folders.city_export(target=tmp_path / "out")
    before, after = folder.read(small.path), folder.read(tmp_path / "out")
    assert (after.tables, after.factors, after.printed, after.settings) == (
        before.tables, before.factors, before.printed, before.settings,
    )  # fmt: skip
    assert (tmp_path / "out" / "evidence" / "請求書.pdf").read_bytes() == b"%PDF\x00\xff"
    assert (tmp_path / "out" / "municipality.toml").read_bytes() == (small.path / "municipality.toml").read_bytes()


def test_the_total_is_that_of_the_folder_with_and_without_a_moment(actor, small):
    folders.city_import(source=small.path, actor=actor)
    assert figures.inventory(2014).total == small.inventory(2014).total
    past = datetime(2025, 3, 31, tzinfo=JST)

    assert (
        Session(Database(Municipality.objects.get()), past).inventory(2014).total
        == small.session(past).inventory(2014).total
    )
    assert small.session(past).inventory(2014).total != small.inventory(2014).total


def test_the_engine_has_each_row_as_the_ledger_has_it(actor, small, monkeypatch):
    folders.city_import(source=small.path, actor=actor)
    odd = {"activity_id": "A10", "facility_id": "f1", "item": "kerosene", "start": date(2014, 4, 1), "unit": "L",
           "end": date(2014, 5, 1), "quantity": Decimal("999999999999.999999"), "basis": "measured", "source": "",
           "note": "髙﨑\t㈱\n\\N \"q\" 'r' , ☃ \u2028 null",
           "posted_at": datetime(2025, 4, 1, 9, 0, 0, 123456, JST)}  # fmt: skip
    tables.put("activities", [odd])
    monkeypatch.setattr(home, "AT_ONCE", 2)
    engine, known = duckdb.connect(), columns("activity")
    Database(Municipality.objects.get()).attach(engine, "activity", known)
    expected = [{name: row[name] for name in known} for row in tables.rows("activities")]
    for row in expected:
        row["posted_at"] = row["posted_at"] and row["posted_at"].replace(tzinfo=None)
    assert duckdb.rows(engine, "SELECT * FROM activity", ()) == expected
    assert sum(row["posted_at"] is not None for row in expected) == 2


def test_an_import_is_in_the_log_with_its_actor(actor, small):
    folders.city_import(source=small.path, actor=actor)
    entry = LogEntry.objects.get(verb="import")
    assert (entry.actor, entry.after["activities"], entry.after["files"]) == (actor, 6, 1)


def test_a_second_import_is_refused_and_changes_nothing(actor, small):
    folders.city_import(source=small.path, actor=actor)
    with pytest.raises(WebError, match="W-09"):
        folders.city_import(source=small.path, actor=actor)
    assert Activity.objects.count() == 6


def test_a_folder_that_cannot_be_read_leaves_nothing(actor, small):
    (small.path / "facilities.csv").write_text("facility_id\nf1\n", encoding="utf-8")
    with pytest.raises(FolderError):
        folders.city_import(source=small.path, actor=actor)
    assert not Municipality.objects.exists()
    assert not CityFile.objects.exists()


def test_a_ledger_with_a_row_replaced_twice_is_refused_as_a_whole(actor, small):
    small.year("electricity", 2014, "9", replaces="A9")
    small.write()
    with pytest.raises(DatabaseError):
        folders.city_import(source=small.path, actor=actor)


def test_an_export_does_not_write_into_a_folder_in_use(actor, small):
    folders.city_import(source=small.path, actor=actor)
    with pytest.raises(WebError, match="W-11"):
        folders.city_export(target=small.path)


def test_the_demo_city_comes_back_as_it_was_and_has_its_total(actor, tmp_path):
    folders.city_import(source=DEMO, actor=actor)
    folders.city_export(target=tmp_path / "out")
    before, after = folder.read(DEMO), folder.read(tmp_path / "out")
    assert after.tables == before.tables
    assert (after.factors, after.printed, after.settings) == (before.factors, before.printed, before.settings)
    assert files(tmp_path / "out").keys() == files(DEMO).keys()
    assert figures.inventory(2024).total == Session(DEMO).inventory(2024).total
