"""Every code that people can meet has a page, and the pages say what the texts say."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import dropwhile
from pathlib import Path

import findings_pages
import markdown
import pytest

from kotsukotsu import texts

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "reference" / "findings"
CODES = sorted(code for code, text in texts.entries().items() if text.severity)
EXAMPLES = sorted((ROOT / "tools" / "docs" / "examples").glob("*.md"))
CHECKED = [code for code in CODES if code.startswith("C-")]


def test_the_pages_are_up_to_date():
    command = [sys.executable, str(ROOT / "tools" / "docs" / "findings_pages.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), "run: python tools/docs/findings_pages.py"


def test_every_code_has_a_page_and_a_line_in_the_index():
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    assert [code for code in CODES if not (PAGES / f"{code}.md").is_file() or f"[{code}]" not in index] == []


@pytest.mark.parametrize("code", CHECKED)
def test_a_check_is_explained_with_reason_example_and_what_to_do(code):
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert [
        title for title in ("意味", "なぜ大切か", "例", "どうするか", "English") if f"## {title}\n" not in text
    ] == []


@pytest.mark.parametrize("code", CHECKED)
def test_a_page_names_its_placeholders_in_words(code):
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    japanese = text.split("## English")[0]
    assert re.findall(r"\{\w+\}|〔\w+〕", japanese, re.ASCII) == []


def runs(path):
    """What each block of commands of an example printed, preparations aside."""
    found = [block for block in markdown.blocks(path.read_text(encoding="utf-8")) if block.language == "console"]
    return ["\n".join(block.body) for block in dropwhile(lambda block: "hidden" in block.marks, found)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_shows_its_code_and_mended_no_more(path):
    first, *_, last = [*runs(path), *mended(path)]
    assert (path.stem in first, path.stem in last) == (True, False)


def mended(path):
    """An update is mended by its maker: the rows shown are those that its program found in the shipped table."""
    if "start: updates" not in path.read_text(encoding="utf-8"):
        return []
    tables = [block for block in markdown.blocks(path.read_text(encoding="utf-8")) if block.language == "csv"]
    assert len(tables) <= 2 or tables[0].body == tables[-1].body
    return [""]


@pytest.mark.parametrize("group", ["A", "CA", "IM", "LG", "ME", "N", "P", "PO", "U", "UP"])
def test_every_code_of_these_groups_has_an_example_that_is_run(group):
    codes = {code for code in CODES if code.split("-")[0] == group}
    assert codes - {path.stem for path in EXAMPLES} == set()


def test_an_example_is_shown_with_the_names_of_its_files_and_without_what_is_hidden(tmp_path, monkeypatch):
    text = "<!-- start: town -->\n\n```csv title=a.csv add\nx\n```\n\n```console hidden\n$ kotsukotsu items\n```\n"
    (tmp_path / "A-01.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(findings_pages, "EXAMPLES", tmp_path)
    assert findings_pages.example("A-01") == "`a.csv`に足した行：\n\n```csv\nx\n```"
