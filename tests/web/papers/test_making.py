"""From the draft of the documents to the ones that are published with a version."""

from __future__ import annotations

import io
import subprocess
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from docx import Document as Word

from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.papers import making, prose, selectors
from kotsukotsu.web.papers.models import DONE, FAILED, Making, Paper
from kotsukotsu.web.publications import services
from kotsukotsu.web.publications.models import Publication, PublishedFile
from tests.web.publications.test_services import correct

DAY = timezone.localdate()
MARK, DRAFT_OF_SITE = "案", 'class="banner draft"'
READ = ("plan", "summary", "report")


def heads(data):
    """What stands at the head of every page of a Word file."""
    sections = Word(io.BytesIO(data)).sections
    return "".join(paragraph.text for section in sections for paragraph in section.header.paragraphs)


def pages(data):
    """What stands on each page of a PDF."""
    said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return said.split("\f")[:-1]


def decide(version, people):
    services.publication_submit(publication=version, actor=people["jimu"])
    return services.publication_publish(publication=version, decided_on=DAY, actor=people["riji"])


def drafts(version):
    return {one.name: bytes(one.content) for one in Paper.objects.filter(publication=version, is_final=False)}


def test_a_draft_and_its_final_document_differ_in_the_mark_alone_and_publication_keeps_the_final(version, people, make):
    one = make(version)
    assert (one.state, one.error, one.done) == (DONE, "", one.steps)
    made = drafts(version)
    assert {f"{name}.{form}" for name in READ for form in ("docx", "pdf", "html")} <= set(made)
    assert {"facility-sheets.pdf", "site.zip", "answers.xlsx", "draft.docx"} <= set(made)
    with zipfile.ZipFile(io.BytesIO(made["site.zip"])) as site:
        assert DRAFT_OF_SITE in site.read("site/index.html").decode()
    total = version.figures.get(key="total").text
    for name in ("plan", "report"):
        assert MARK in heads(made[f"{name}.docx"])
        assert f'<p class="mark">{MARK}' in made[f"{name}.html"].decode()
        assert total in made[f"{name}.html"].decode()
    decide(version, people)
    kept = {file.name: bytes(file.content) for file in PublishedFile.objects.all()}
    assert set(made) | {"emissions.csv", "proof.zip", "municipality.toml"} <= set(kept)
    for name in ("plan", "report"):
        assert MARK not in heads(kept[f"{name}.docx"])
        marked = made[f"{name}.html"].decode()
        assert kept[f"{name}.html"].decode() == marked.replace(f'<p class="mark">{MARK}</p>', "")
    for name in ("plan", "summary", "report", "facility-sheets"):
        marked, unmarked = pages(made[f"{name}.pdf"]), pages(kept[f"{name}.pdf"])
        assert [one.count(MARK) - 1 for one in marked] == [one.count(MARK) for one in unmarked]
    with zipfile.ZipFile(io.BytesIO(kept["site.zip"])) as site:
        assert "site/index.html" in site.namelist()
        assert total in site.read("site/index.html").decode()
        assert DRAFT_OF_SITE not in site.read("site/index.html").decode()
    assert not Paper.objects.exists()
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        PublishedFile.objects.filter(name="plan.pdf").update(sha256="0")


def test_the_documents_of_a_correction_show_its_errata_and_the_city_s_own_text(version, people, make):
    decide(version, people)
    correct("2000")
    second = services.publication_prepare(fiscal_year=2014, reason="灯油の転記誤り", actor=people["jimu"])
    seen = prose.mark(prose.own_texts(), "report-next")
    said = "来年度は**給食センター**の更新に取り組みます。"
    prose.prose_write(part="report-next", text="", added=said, seen=seen, actor=people["jimu"])
    assert make(second).state == DONE
    before, after = version.figures.get(key="total").text, second.figures.get(key="total").text
    report = drafts(second)["report.html"].decode()
    assert "<strong>給食センター</strong>の更新に取り組みます。" in report
    row = next(line for line in report.split("<tr>") if "総排出量" in line and "灯油の転記誤り" in line)
    assert before in row
    assert after in row
    with zipfile.ZipFile(io.BytesIO(drafts(second)["site.zip"])) as site:
        pages = [site.read(name).decode() for name in site.namelist() if name.endswith(".html")]
    assert any("灯油の転記誤り" in page for page in pages)


def test_a_version_cannot_be_submitted_before_its_documents_are_those_of_today(version, people):
    making.papers_make(publication=version, actor=people["jimu"])
    with pytest.raises(WebError, match="WD-01"):
        services.publication_submit(publication=version, actor=people["jimu"])
    making._keep(Making.objects.get(), {"plan.pdf": b"draft"}, {"plan.pdf": b"final"})
    Municipality.objects.update(revision=99)
    assert selectors.progress(version).state == "outdated"
    with pytest.raises(WebError, match="WD-02"):
        services.publication_submit(publication=version, actor=people["jimu"])


def test_documents_of_figures_that_the_data_no_longer_give_are_not_made(version, people, make):
    one = making.papers_make(publication=version, actor=people["jimu"])
    Publication.objects.update(digest="0" * 64)
    making.run(one.token)
    one.refresh_from_db()
    assert one.state == FAILED
    assert "数値が案と合いません" in one.error
    assert not Paper.objects.exists()


def test_a_making_that_was_started_anew_or_whose_version_moved_on_keeps_nothing(version, people):
    old = making.papers_make(publication=version, actor=people["jimu"])
    making.papers_make(publication=version, actor=people["jimu"])
    making._keep(old, {"plan.pdf": b"old"}, {"plan.pdf": b"old"})
    assert not Paper.objects.exists()
    new = Making.objects.get()
    Publication.objects.update(state="submitted")
    making._keep(new, {"plan.pdf": b"new"}, {"plan.pdf": b"new"})
    assert not Paper.objects.exists()


def test_only_who_prepares_makes_documents_and_only_of_an_open_version(version, people):
    with pytest.raises(PermissionDenied):
        making.papers_make(publication=version, actor=people["riji"])
    Publication.objects.update(state="submitted")
    with pytest.raises(ConflictError, match="WP-03"):
        making.papers_make(publication=version, actor=people["jimu"])


def test_a_making_that_nobody_is_at_work_on_is_called_interrupted(version, people):
    making.papers_make(publication=version, actor=people["jimu"])
    assert selectors.progress(version).state == "interrupted"
