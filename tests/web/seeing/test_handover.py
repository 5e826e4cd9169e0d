"""The handover document: what the successor must know, and nothing of what its writer may not see."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from kotsukotsu.periods import day_name
from kotsukotsu.web.accounts.models import Deputy
from kotsukotsu.web.common import word
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.entries import selectors
from kotsukotsu.web.entries.services import states
from tests.web.conftest import FY, collection, hall, signed_in

__all__ = ["collection", "hall", "signed_in"]
pytestmark = pytest.mark.django_db


def handed(client):
    answer = client.get(reverse("handover"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    document = Document(io.BytesIO(answer.content))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return dict(zip(headings, tables, strict=True))


def test_a_clerk_hands_over_their_sheets_and_dates(collection, signed_in, hall):
    today = timezone.localdate()
    Deputy.objects.create(
        absent=hall["manager"], deputy=hall["clerk"], valid_from=today, valid_to=today + timedelta(days=5)
    )
    found = handed(signed_in("manager"))
    assert list(found) == ["役割", "残っている仕事", "日程", "置き場所"]
    due = day_name(collection.due_on)
    assert found["残っている仕事"][1:] == [["令和7年度", "中央小学校", "未入力", "0/24", due]]
    days = [day for day, _ in found["日程"][1:]]
    assert days == [day_name(today + timedelta(days=5)), day_name(collection.due_on)]
    assert any("代理" in what for _, what in found["日程"])


def test_the_document_is_in_the_language_of_the_office_whoever_reads_the_pages_in_another(collection, signed_in):
    client = signed_in("manager")
    client.cookies[COOKIE] = "en"
    assert "残っている仕事" in handed(client)
    assert "%E5%BC%95%E7%B6%99%E6%9B%B8" in client.get(reverse("handover")).headers["Content-Disposition"]  # 引継書


def test_decisions_stand_with_their_reason_and_only_of_ones_own_facilities(collection, signed_in, hall):
    for place in ("f1", "f2"):
        sheet = selectors.sheet_of(FY, place)
        states.sheet_step(sheet=sheet, name="submit", version=sheet.version, reason="代理", actor=hall["secretariat"])
        sheet.refresh_from_db()
        states.sheet_step(
            sheet=sheet, name="return", version=sheet.version, reason=f"{place}の4月", actor=hall["secretariat"]
        )
    clerk, office = handed(signed_in("manager")), handed(signed_in("secretariat"))
    assert [row[3] for row in clerk["決めたこと・差し戻したこと"][1:]] == ["f1の4月"]
    assert {"f1の4月", "f2の4月"} <= {row[3] for row in office["決めたこと・差し戻したこと"][1:]}


def test_tables_have_level_rules_and_numbers_to_the_right_and_name_what_was_decided(collection, signed_in):
    client = signed_in("secretariat")
    assert [row[2] for row in handed(client)["決めたこと・差し戻したこと"][1:]] == ["令和7（2025）年度"]
    document = Document(io.BytesIO(client.get(reverse("handover")).content))
    made = next(table for table in document.tables if table.cell(0, 1).text == "所管課")
    borders = made._tbl.tblPr.find(qn("w:tblBorders"))
    assert [child.tag for child in borders] == [qn("w:top"), qn("w:bottom"), qn("w:insideH")]
    assert borders.getprevious().tag == qn("w:tblW")
    sides = [cell.paragraphs[0].alignment for cell in made.rows[1].cells]
    assert sides == [word.LEFT, word.LEFT, word.RIGHT, word.RIGHT, word.RIGHT]


def test_the_secretariat_hands_over_departments_and_not_hundreds_of_sheets(collection, signed_in):
    found = handed(signed_in("secretariat"))
    assert "残っている仕事" not in found
    assert ["令和7年度", "学校課", "2", "0", "0/36"] in found["所管課ごとの残り"]


def test_accounts_and_folders_go_only_to_who_looks_after_them(collection, signed_in):
    office, head = handed(signed_in("secretariat")), handed(signed_in("head"))
    assert ["secretariatさん", "secretariat", "事務局（市全体）"] in office["アカウント"]
    assert "アカウント" not in head
    assert str(connection.settings_dict["NAME"]) in dict(office["置き場所"])["データの場所"]
    assert dict(office["置き場所"])["証拠書類"] == "データの中（控えにも入る）"
    assert all(what != "データの場所" for what, _ in head["置き場所"])
