"""An update shows what it would change before it is taken, and changes nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from kotsukotsu.catalogue.load import SHIPPED
from kotsukotsu.catalogue.update import build_update, read_update
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.municipalities import folders, updates
from kotsukotsu.web.publications.models import Publication
from tests.base.town import Town

pytestmark = pytest.mark.django_db
LIST = "factors/activities.csv"
OLD, NEW = ",CH4,0.000348650,kg,L,", ",CH4,0.100000000,kg,L,"


@pytest.fixture
def burning(people, tmp_path):
    """A city that burns kerosene by the law's own factor."""
    town = Town(tmp_path / "burning")
    for fy in (2013, 2024):
        town.year("kerosene", fy, "1000000", use="household")
    folders.city_import(source=town.write(), actor=people["jimu"])


def update(old="", new=""):
    text = (SHIPPED / LIST).read_text(encoding="utf-8")
    assert not old or text.count(old) == 1
    files = {LIST: (text.replace(old, new) if old else text).encode()}
    return build_update(files, title="令和8年度版", edition="2027.1", created="2027-01-20")


def packed_later(data):
    """The same files in a zip of another time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2030, 4, 1, 0, 0, 0)), old.read(name))
    return out.getvalue()


def sent(client, data):
    return client.post("/factors/", {"file": SimpleUploadedFile("update.zip", data)}).content.decode()


def test_a_changed_factor_shows_the_totals_that_it_would_change(burning, signed_in):
    before = catalogue().version
    page = sent(signed_in("jimu"), update(OLD, NEW))
    assert "まだ何も取り込んでいません" in page
    assert "灯油" in page
    assert "↑ 増" in page
    assert "灯油　家庭用機器　CH4　平成22年4月1日：0.000348650 → 0.100000000 kg/L" in page
    assert "household" not in page
    assert "令和8年度版　2027.1（令和9年1月20日）" in page
    assert catalogue().version == before


def test_an_update_without_changes_says_so(burning, signed_in):
    page = sent(signed_in("jimu"), update())
    assert "変わる係数はありません。" in page
    assert "↑ 増" not in page


def test_what_is_no_update_is_refused_with_its_reason(burning, signed_in):
    assert "UP-01" in sent(signed_in("jimu"), b"no zip")


def test_a_published_year_is_marked_as_one_that_stays(burning, people, signed_in):
    assert "公表済み" not in sent(signed_in("jimu"), update(OLD, NEW))
    now = timezone.now()
    Publication.objects.create(
        fiscal_year=2024, number=1, state="published", moment=now, made_on=now.date(), policy={}, catalogue_version="",
        code_version="", digest="", prepared_by=people["jimu"], prepared_at=now,
    )  # fmt: skip
    page = sent(signed_in("jimu"), update(OLD, NEW))
    assert page.count("公表済み") == 1
    assert "令和6（2024）年度 <small>公表済み" in page


def test_the_menu_leads_there_for_who_looks_after_the_registers(burning, signed_in):
    assert 'href="/factors/"' in signed_in("jimu").get("/").content.decode()
    assert 'href="/factors/"' not in signed_in("school").get("/").content.decode()


def test_an_update_waits_on_the_first_page_until_it_is_set_aside_with_a_reason(burning, signed_in):
    client, waits = signed_in("jimu"), "令和8年度版　2027.1"
    sent(client, update())
    assert waits not in client.get("/").content.decode()  # it changes nothing
    for data in (update(OLD, NEW), packed_later(update(OLD, NEW))):
        sent(client, data)
    assert client.get("/").content.decode().count(waits) == 1
    [found] = updates.waiting()
    assert client.post("/factors/set-aside/", {"key": found.key, "reason": " "}).status_code == 422
    client.post("/factors/set-aside/", {"key": found.key, "reason": "次の版を待つ"})
    assert waits not in client.get("/").content.decode()
    assert client.post("/factors/set-aside/", {"key": found.key, "reason": "二度"}).status_code == 404
    assert [one.reason for one in LogEntry.objects.filter(kind=updates.KIND).order_by("pk")] == ["", "次の版を待つ"]


def test_an_update_of_a_catalogue_that_is_no_longer_in_use_waits_no_more(burning, signed_in, people):
    received = read_update(update(OLD, NEW))
    updates.update_receive(update=received, actor=people["jimu"])
    with transaction.atomic():
        log(actor=people["jimu"], verb="receive", kind=updates.KIND, key="old", after={"catalogue": "2020.1"})
    assert [one.after["edition"] for one in updates.waiting()] == ["2027.1"]
