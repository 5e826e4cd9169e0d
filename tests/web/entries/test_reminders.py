"""What is late: letters in Word, mails where a server is named."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from docx import Document

from kotsukotsu.web.entries import selectors
from kotsukotsu.web.entries.services import reminders
from kotsukotsu.web.errors import WebError
from tests.web.conftest import FY


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
    assert ["中央小学校", "未入力", "0/24", late.due_on.isoformat()] in cells
    assert answer.headers["Content-Disposition"].startswith("attachment")


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
