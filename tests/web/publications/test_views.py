"""The pages, as people of several roles open them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.publications import preparing
from kotsukotsu.web.publications.models import Preparing, Publication


def client(user):
    made = Client()
    made.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def text(response):
    return response.content.decode()


def carry_on(steps=5):
    """Do what the thread does, here and now; it tells of so many steps."""
    one = Preparing.objects.get()
    with CaptureQueriesContext(connection) as asked:
        preparing.run(one.token)
    assert sum('"done" = ' in query["sql"] for query in asked.captured_queries) == steps


def test_a_year_goes_from_the_form_to_the_decision(city, people):
    jimu, riji = client(people["jimu"]), client(people["riji"])
    made = jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    meanwhile = jimu.get(made.headers["Location"])
    assert "平成26（2014）年度の公表の案を作る" in text(meanwhile)
    assert f'href="{made.headers["Location"]}"' in text(jimu.get(reverse("publications")))
    carry_on(steps=5)  # two years, figures, files, checks
    one = Publication.objects.get()
    after = jimu.get(made.headers["Location"])
    assert after.headers["Location"] == reverse("publication", args=[one.pk])
    assert "決裁に出す" in text(jimu.get(after.headers["Location"]))
    assert jimu.post(reverse("publication_submit", args=[one.pk])).status_code == 302
    page = text(riji.get(reverse("publication", args=[one.pk])))
    assert "決裁して公表する" in page
    assert one.figures.get(key="total").text in page
    for wrong in (timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=1)):
        sent = {"decided_on": str(wrong), "document_number": "環第12号"}
        answer = riji.post(reverse("publication_publish", args=[one.pk]), sent)
        assert answer.status_code == 422
        assert "決裁日（" in text(answer)
        assert 'value="環第12号"' in text(answer)
    decided = {"decided_on": str(timezone.localdate()), "document_number": "環第12号"}
    assert riji.post(reverse("publication_publish", args=[one.pk]), decided).status_code == 302
    page = text(riji.get(reverse("publication", args=[one.pk])))
    assert "公表済み" in page
    assert "決裁して公表する" not in page
    assert "すべての数値が一致しました" in text(riji.get(reverse("publication_check", args=[one.pk])))


def test_what_cannot_be_done_is_a_page_with_words(city, people):
    jimu = client(people["jimu"])
    jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    carry_on()
    one = Publication.objects.get()
    jimu.post(reverse("publication_submit", args=[one.pk]))
    again = jimu.post(reverse("publication_submit", args=[one.pk]))
    assert again.status_code == 409
    assert "ほかの人が先に進めた" in text(again)


def test_a_file_comes_as_it_was_frozen(city, people):
    jimu = client(people["jimu"])
    jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    carry_on()
    file = Publication.objects.get().files.get(name="emissions.csv")
    links = re.findall(r'files/[^"]+">([^<]+)</a>', text(jimu.get(reverse("publication", args=[file.publication_id]))))
    assert {"排出量のデータ", "コード表", "検算の束", "市の設定"} <= set(links)
    assert not any(re.search(r"\.(csv|json|toml|xlsx|zip)$", link) for link in links)
    response = jimu.get(reverse("publication_file", args=[file.publication_id, file.name]))
    assert response.content == bytes(file.content)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_what_forbids_a_version_is_told_where_it_was_begun_and_a_correction_without_a_reason_at_its_field(people, town):
    town.own("electricity", "0.0005")
    for month in ("2013-11", "2013-12", "2014-01", "2014-11", "2015-01"):
        town.month("electricity", month, "1000")
    town.write()
    folders.city_import(source=town.path, actor=people["jimu"])
    jimu, given = client(people["jimu"]), {"fiscal_year": 2014, "reason": ""}
    where = jimu.post(reverse("publication_prepare"), given).headers["Location"]
    carry_on(steps=5)
    page = text(jimu.get(where))
    assert "案を作れませんでした" in page
    assert "12月" in page
    assert not Publication.objects.exists()
    made = {"moment": timezone.now(), "made_on": timezone.localdate(), "prepared_at": timezone.now(), "policy": {}}
    Publication.objects.create(fiscal_year=2014, number=1, state="published", prepared_by=people["jimu"], **made)
    answer = jimu.post(reverse("publication_prepare"), given)
    assert answer.status_code == 422
    assert re.search(r'id="id_reason_error">[^<]*理由', text(answer))
    assert "第1版" in text(answer)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "=1+1"])
def test_words_of_people_are_shown_as_words(city, people, hostile):
    jimu = client(people["jimu"])
    jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    carry_on()
    one = Publication.objects.get()
    jimu.post(reverse("publication_remark", args=[one.pk]), {"text": hostile})
    page = text(jimu.get(reverse("publication", args=[one.pk])))
    assert "<script>alert" not in page
    assert "1" in page
