"""The commands that write documents, as a person calls them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotsukotsu.cli import papers
from kotsukotsu.cli.main import application
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.errors import FactorError

ISHIKARI = str(Path(__file__).parents[2] / "examples" / "ishikari")
APP = application(["plan-document", "summary", "trace"])


def _run(*arguments):
    return CliRunner().invoke(APP, list(arguments))


def test_the_forms_asked_for_are_written_and_no_others(tmp_path):
    done = _run("plan-document", ISHIKARI, "--format", "html,pdf", "--out", str(tmp_path))
    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.html", "plan.pdf"]
    assert "V-03" in done.stdout


def test_an_unknown_form_is_refused(tmp_path):
    done = _run("plan-document", ISHIKARI, "--format", "odt", "--out", str(tmp_path))
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_word_has_open_is_named_and_left_as_it_was(tmp_path):
    (tmp_path / "plan.html").mkdir()
    done = _run("plan-document", ISHIKARI, "--format", "html", "--out", str(tmp_path))
    assert isinstance(done.exception, DocumentError)
    assert done.exception.code == "DC-07"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.html"]


def test_a_city_with_printed_figures_only_is_told_that_a_summary_needs_rows(tmp_path):
    done = _run("summary", ISHIKARI, "--out", str(tmp_path))
    assert isinstance(done.exception, FactorError)
    assert [finding.code for finding in done.exception.findings] == ["A-11"]
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_names_writes_nothing(tmp_path):
    done = _run("plan-document", ISHIKARI, "--list", "--out", str(tmp_path / "out"))
    assert "total.latest" in done.stdout
    assert not (tmp_path / "out").exists()


def test_without_the_packages_for_documents_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "kotsukotsu.documents.render.outputs", None)
    with pytest.raises(DocumentError) as caught:
        papers._outputs()
    assert caught.value.code == "DC-15"
    assert "pip install '.[documents]'" in caught.value.text()


def test_a_trace_may_be_of_some_sectors_only():
    done = _run("trace", ISHIKARI, "--fy", "2024", "--sector", "industry")
    assert done.exit_code == 2


def test_the_document_is_japanese_where_the_interface_speaks_english(tmp_path, monkeypatch):
    monkeypatch.setenv("KOTSUKOTSU_LANG", "en")
    done = _run("plan-document", ISHIKARI, "--format", "html", "--out", str(tmp_path))
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "Written:" in done.stdout
    assert "第2章　温室効果ガスの排出状況" in page
    assert "Chapter" not in page
    assert "Main facilities" not in page


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [("# 章\n\n{{ total.latst }} t", "DC-01", "total.latest"), ("{{ if total.latest }}\n文", "DC-03", "")],
)
def test_a_text_with_a_fault_is_named_with_its_line_and_nothing_is_written(tmp_path, text, code, says):
    city, out = tmp_path / "city", tmp_path / "out"
    shutil.copytree(ISHIKARI, city)
    (city / "texts").mkdir()
    (city / "texts" / "printed-state.md").write_text(text, encoding="utf-8")
    done = _run("plan-document", str(city), "--format", "html", "--out", str(out))
    assert isinstance(done.exception, DocumentError)
    assert done.exception.code == code
    assert "texts/printed-state.md" in done.exception.text()
    assert str(done.exception.data["line"]) in done.exception.text()
    assert says in done.exception.text()
    assert not out.exists()
