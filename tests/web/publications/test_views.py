"""The pages, as people of several roles open them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kotsukotsu.web.publications.models import Publication


def client(user):
    made = Client()
    made.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def text(response):
    return response.content.decode()


def test_a_year_goes_from_the_form_to_the_decision(city, people):
    jimu, riji = client(people["jimu"]), client(people["riji"])
    made = jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    one = Publication.objects.get()
    assert made.headers["Location"] == reverse("publication", args=[one.pk])
    assert "決裁に出す" in text(jimu.get(made.headers["Location"]))
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
    one = Publication.objects.get()
    jimu.post(reverse("publication_submit", args=[one.pk]))
    again = jimu.post(reverse("publication_submit", args=[one.pk]))
    assert again.status_code == 409
    assert "ほかの人が先に進めた" in text(again)


def test_a_file_comes_as_it_was_frozen(city, people):
    jimu = client(people["jimu"])
    jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    file = Publication.objects.get().files.get(name="emissions.csv")
    links = re.findall(r'files/[^"]+">([^<]+)</a>', text(jimu.get(reverse("publication", args=[file.publication_id]))))
    assert {"排出量のデータ", "コード表", "検算の束", "市の設定"} <= set(links)
    assert not any(re.search(r"\.(csv|json|toml|xlsx|zip)$", link) for link in links)
    response = jimu.get(reverse("publication_file", args=[file.publication_id, file.name]))
    assert response.content == bytes(file.content)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert response.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "=1+1"])
def test_words_of_people_are_shown_as_words(city, people, hostile):
    jimu = client(people["jimu"])
    jimu.post(reverse("publication_prepare"), {"fiscal_year": 2014, "reason": ""})
    one = Publication.objects.get()
    jimu.post(reverse("publication_remark", args=[one.pk]), {"text": hostile})
    page = text(jimu.get(reverse("publication", args=[one.pk])))
    assert "<script>alert" not in page
    assert "1" in page
