"""Everything in one file and back, proved by its totals."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.db import transaction

from kotsukotsu.web import backup
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.common import protection
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import figures, folders
from kotsukotsu.web.municipalities.models import Municipality


@pytest.fixture
def kept(db, town):
    """A backup of a small city, its total, and an empty database."""
    town.contract("北海道電力")
    town.policy = ["electricity_year = 2012"]
    for fy in (2013, 2014):
        town.year("electricity", fy, "1234.500")
    town.write()
    actor = User.objects.create(username="jimu", name="事務局", password="x")
    folders.city_import(source=town.path, actor=actor)
    with transaction.atomic():
        log(actor=actor, verb="try", kind="test", key="1", after={"値": Decimal("0.10")})
    moments = list(LogEntry.objects.values_list("at", flat=True))
    data, total = backup.packed(), figures.inventory(2014).total
    empty()
    return data, total, moments


def empty():
    protection.unprotect()
    for model in reversed(backup.kept_models()):
        model._base_manager.all()._raw_delete("default")
    protection.protect()


def changed(data, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one).decode()) if one == name else old.read(one))
    return out.getvalue()


def test_a_backup_comes_back_with_its_total_its_log_and_its_digits(kept):
    data, total, moments = kept
    backup.unpack(data)
    assert figures.inventory(2014).total == total
    assert list(LogEntry.objects.values_list("at", flat=True)) == moments
    assert LogEntry.objects.get(verb="try").after == {"値": "0.10"}
    assert str(Activity.objects.first().quantity) == "1234.500"


def test_after_a_restore_new_rows_get_new_numbers_and_caches_another_name(kept):
    data, *_ = kept
    before = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("municipalities.Municipality.jsonl"))["key"]
    backup.unpack(data)
    assert str(Municipality.objects.get().key) != before
    top = Activity.objects.order_by("-id").first().pk
    made = User.objects.create(username="new", name="新")
    assert made.pk > 0
    assert Activity.objects.filter(pk__gt=top).count() == 0


def test_a_changed_quantity_is_found_and_nothing_is_restored(kept):
    wrong = changed(kept[0], "entries.Activity.jsonl", lambda text: text.replace("1234.500", "1234.501"))
    with pytest.raises(WebError, match="W-16"):
        backup.unpack(wrong)
    assert not Municipality.objects.exists()
    assert not User.objects.exists()


def test_a_database_in_use_is_not_overwritten(kept):
    User.objects.create(username="a", name="b")
    with pytest.raises(WebError, match="W-14"):
        backup.unpack(kept[0])


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 100], ids=["empty", "short", "noise"])
def test_a_file_that_is_no_backup_is_refused(db, data):
    with pytest.raises(WebError, match="W-15"):
        backup.unpack(data)


def test_a_backup_cut_off_is_refused(kept):
    with pytest.raises(WebError, match="W-15"):
        backup.unpack(kept[0][: len(kept[0]) // 2])
