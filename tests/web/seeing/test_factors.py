"""An update shows what it would change before it is taken, and changes nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kotsukotsu.catalogue.load import SHIPPED
from kotsukotsu.catalogue.update import build_update
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.municipalities import folders
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


def sent(client, data):
    return client.post("/factors/", {"file": SimpleUploadedFile("update.zip", data)}).content.decode()


def test_a_changed_factor_shows_the_totals_that_it_would_change(burning, signed_in):
    before = catalogue().version
    page = sent(signed_in("jimu"), update(OLD, NEW))
    assert "まだ何も取り込んでいません" in page
    assert "灯油" in page
    assert "↑ 増" in page
    assert catalogue().version == before


def test_an_update_without_changes_says_so(burning, signed_in):
    page = sent(signed_in("jimu"), update())
    assert "変わる係数はありません。" in page
    assert "↑ 増" not in page


def test_what_is_no_update_is_refused_with_its_reason(burning, signed_in):
    assert "UP-01" in sent(signed_in("jimu"), b"no zip")
