"""Texts and comments, as people write them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import figures, folders
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.papers import comments, prose
from kotsukotsu.web.papers.models import Comment
from kotsukotsu.web.papers.parts import every
from kotsukotsu.web.publications import services
from tests.web.papers.test_making import decide

PART = "plan-basics"


def client(user):
    made = Client()
    made.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def text(response):
    return response.content.decode()


def write(people, said, *, part=PART, added=""):
    seen = prose.mark(prose.own_texts(), part)
    prose.prose_write(part=part, text=said, added=added, seen=seen, actor=people["jimu"])


def given(said, *, added="", **more):
    return {"text": said, "added": added, "seen": prose.mark(prose.own_texts(), PART), **more}


def test_every_section_that_comes_with_the_program_can_be_written():
    assert {"plan-basics", "summary-goals", "report-next", "question-answer", "drafting-draft"} <= set(every())
    assert every()[PART].title == "計画の基本的事項"


def test_a_text_is_kept_exported_and_taken_back(city, people, tmp_path):
    write(people, "# 市の考え\n\n市の文章です。")
    folders.city_export(target=tmp_path / "out")
    assert (tmp_path / "out/texts/plan-basics.md").read_text(encoding="utf-8") == "# 市の考え\n\n市の文章です。\n"
    write(people, "")
    assert prose.own_texts() == {}
    kept = LogEntry.objects.filter(kind="prose").order_by("id").values_list("actor__username", "before", "after")
    assert [one[0] for one in kept] == ["jimu", "jimu"]
    assert kept[1][1]["text"].strip() == kept[0][2]["text"] == "# 市の考え\n\n市の文章です。"


def test_the_second_of_two_writers_is_told(city, people):
    seen = prose.mark(prose.own_texts(), PART)
    write(people, "先の文章")
    with pytest.raises(ConflictError, match="WD-03"):
        prose.prose_write(part=PART, text="後の文章", added="", seen=seen, actor=people["jimu"])
    assert prose.own_texts() == {"plan-basics.md": "先の文章\n"}


def test_a_text_that_no_document_could_be_made_of_is_refused_with_its_line(city, people):
    with pytest.raises(DocumentError, match="DC-01") as caught:
        write(people, "一行目\n\n{{ no.such.name }}")
    assert "3" in str(caught.value.data["line"])
    assert prose.own_texts() == {}


def test_only_who_prepares_writes_and_a_text_has_an_end(city, people):
    seen = prose.mark(prose.own_texts(), PART)
    with pytest.raises(PermissionDenied):
        prose.prose_write(part=PART, text="x", added="", seen=seen, actor=people["riji"])
    with pytest.raises(WebError, match="WD-04"):
        write(people, "あ" * (prose.LONGEST + 1))


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea><b>"])
def test_no_text_of_the_city_is_markup_in_preview_form_or_history(city, people, hostile):
    jimu = client(people["jimu"])
    address = reverse("paper_section", args=[PART])
    seen = text(jimu.post(address, given(f"# 見出し {hostile}\n\n本文 {hostile}", preview="")))
    assert "仕上がり" in seen
    assert hostile not in seen
    assert prose.own_texts() == {}
    assert jimu.post(address, given(hostile, added=hostile, save="")).status_code == 302
    shown = text(jimu.get(address))
    assert hostile not in shown
    assert shown.count("&lt;") >= 4


def test_a_preview_shows_the_figures_in_place_of_their_names(city, people):
    address = reverse("paper_section", args=[PART])
    seen = text(client(people["jimu"]).post(address, given("{{ city }}の{{ total.latest }}", preview="")))
    name, total = str(Municipality.objects.get()), f"{figures.inventory(2014).total:,.0f}"
    assert f"<p>{name}の{total}</p>" in seen
    assert "<code>{{ total.latest }}</code>" in seen  # among the names that may be used


def test_a_text_that_cannot_be_read_is_said_on_its_page_and_stays_there(city, people):
    jimu = client(people["jimu"])
    for button in ("preview", "save"):
        answer = jimu.post(reverse("paper_section", args=[PART]), given("残る文章 {{ no.such }}", **{button: ""}))
        assert answer.status_code == 422
        assert "no.such" in text(answer)
        assert "残る文章" in text(answer)
    assert prose.own_texts() == {}


def test_comments_are_settled_outlive_a_version_made_anew_and_end_with_the_publication(version, people):
    one = comments.comment_add(publication=version, part=PART, text="期間を確かめて", actor=people["riji"])
    again = services.publication_prepare(fiscal_year=2014, actor=people["jimu"])
    comments.comment_resolve(publication=again, comment=one, resolved=True, actor=people["jimu"])
    kept = comments.comments_of(again).get()
    assert (kept.text, kept.author, kept.resolved_by) == ("期間を確かめて", people["riji"], people["jimu"])
    decide(again, people)
    with pytest.raises(ConflictError, match="WP-03"):
        comments.comment_resolve(publication=again, comment=kept, resolved=False, actor=people["jimu"])
    for change in (lambda: Comment.objects.update(text="x"), lambda: Comment.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
            change()


def test_an_auditor_reads_comments_and_writes_none(version, people):
    with pytest.raises(PermissionDenied):
        comments.comment_add(publication=version, part=PART, text="x", actor=people["kansa"])
    page = client(people["kansa"]).get(reverse("papers", args=[version.pk]))
    assert "意見を送る" not in text(page)


def test_a_comment_on_a_page_is_text(version, people):
    riji = client(people["riji"])
    address = reverse("paper_comment", args=[version.pk])
    assert riji.post(address, {"part": PART, "text": "<b>太字</b>"}).status_code == 302
    assert "&lt;b&gt;太字" in text(riji.get(reverse("papers", args=[version.pk])))
    assert riji.post(address, {"part": "no-such", "text": "x"}).status_code == 422
    resolved = riji.post(reverse("paper_resolve", args=[version.pk, Comment.objects.get().pk]), {"resolved": "yes"})
    assert resolved.status_code == 302
    assert Comment.objects.get().resolved_by == people["riji"]


def test_the_log_page_says_every_step_of_a_publication_in_words(version, people):
    services.remark_add(publication=version, text="見ました", actor=people["riji"])
    comments.comment_add(publication=version, part=PART, text="x", actor=people["riji"])
    write(people, "文章")
    decide(version, people)
    page = text(client(people["kansa"]).get(reverse("log")))
    for said in ("公表の案の作成", "公表の案への意見", "文書への意見", "文章の変更", "決裁・公表"):
        assert said in page


def test_each_section_is_listed_by_what_it_is_about():
    titles = [part.title for part in every().values()]
    assert "主要施設の排出量" in titles
    assert "対象施設の一覧" in titles
    assert all(titles)
    assert len(titles) == len(set(titles))
