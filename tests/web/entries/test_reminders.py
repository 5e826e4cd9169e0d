"""What is late: letters in Word, mails where a server is named."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from docx import Document

from kotsukotsu.periods import day_name
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.entries import selectors
from kotsukotsu.web.entries.services import reminders
from kotsukotsu.web.errors import WebError
from tests.web.conftest import FY
from tests.web.entries.mail_sink import mail_sink


@pytest.fixture
def late(collection):
    collection.due_on = timezone.localdate() - timedelta(days=3)
    collection.save()
    return collection


def test_the_letter_names_each_department_and_what_is_late(late, signed_in):
    answer = signed_in("secretariat").get(f"/{FY}/reminders/word/")
    document = Document(io.BytesIO(answer.content))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "学校課長" in said
    assert "財産課長" in said
    assert "令和7年度" in said
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["中央小学校", "未入力", "0/24", day_name(late.due_on)] in cells
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_no_letter_is_made_where_nobody_is_late(collection, signed_in):
    answer = signed_in("secretariat").get(f"/{FY}/reminders/word/", follow=True)
    assert "督促文は作りませんでした" in answer.content.decode()


def test_letters_and_mails_speak_the_language_of_the_installation_whoever_sends_them(late, hall, signed_in):
    hall["clerk"].email = "clerk@example.jp"
    hall["clerk"].save()
    client = signed_in("secretariat")
    client.cookies[COOKIE] = "en"
    document = Document(io.BytesIO(client.get(f"/{FY}/reminders/word/").content))
    assert "令和7年度" in "\n".join(paragraph.text for paragraph in document.paragraphs)
    with override_settings(EMAIL_HOST="mail.example.jp"):
        client.post(f"/{FY}/reminders/mail/")
    assert "令和7" in mail.outbox[0].subject
    assert "期限を過ぎています" in mail.outbox[0].body


def test_no_mail_is_sent_unless_a_server_is_named(late, hall):
    tasks = selectors.tasks(hall["secretariat"], FY)
    with pytest.raises(WebError, match="W-36"):
        reminders.remind(fy=FY, tasks=tasks, actor=hall["secretariat"])
    assert mail.outbox == []


def test_each_person_with_an_address_is_told_of_their_own_facilities(late, hall):
    for who in ("clerk", "operator", "head"):
        hall[who].email = f"{who}@example.jp"
        hall[who].save()
    tasks = selectors.tasks(hall["secretariat"], FY)
    with override_settings(EMAIL_HOST="mail.example.jp"):
        assert reminders.remind(fy=FY, tasks=tasks, actor=hall["secretariat"]) == 2
    told = {message.to[0]: message.body for message in mail.outbox}
    assert set(told) == {"clerk@example.jp", "operator@example.jp"}
    assert "体育館" in told["operator@example.jp"]
    assert "中央小学校" not in told["operator@example.jp"]
    assert "市役所" not in told["clerk@example.jp"]


SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def addressed(collection, hall):
    for who in ("clerk", "operator"):
        hall[who].email = f"{who}@example.jp"
        hall[who].save()
    return collection


def served(port):
    return override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port)


def test_a_real_mail_server_is_given_who_has_to_enter_what_until_when(addressed, signed_in):
    with mail_sink() as (port, kept), served(port):
        page = signed_in("secretariat").get(f"/{FY}/collection/").content.decode()
        assert "担当者にメールで知らせる" in page
        answer = signed_in("secretariat").post(f"/{FY}/reminders/mail/", {"what": "asked"})
    assert answer.status_code == 302
    told = {message["To"]: message for message in kept}
    assert set(told) == {"clerk@example.jp", "operator@example.jp"}
    body = told["operator@example.jp"].get_content()
    assert told["operator@example.jp"]["Subject"].strip() == "令和7（2025）年度の活動量の入力のお願い"
    assert f"・体育館（期限 {day_name(addressed.due_on)}）" in body
    assert "中央小学校" not in body
    assert "http://testserver/" in body


def test_a_mail_server_that_stops_or_is_not_there_is_told_with_how_many_it_took(addressed, signed_in):
    client, address = signed_in("secretariat"), f"/{FY}/reminders/mail/"
    with mail_sink(most=1) as (port, kept), served(port):
        answer = client.post(address, {"what": "asked"})
    assert (answer.status_code, len(kept)) == (422, 1)
    assert "2人のうち1人には送りました" in answer.content.decode()
    assert LogEntry.objects.filter(verb="remind").latest("id").after == {"letters": 1, "what": "asked"}
    with served(port):  # it is closed now
        answer = client.post(address, {"what": "asked"})
    assert "2人のうち0人" in answer.content.decode()
