"""The pages are true: what they show is what the commands print, what they list is what the program has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import markdown
import pytest
from transcripts import TranscriptError, Transcripts

ROOT = Path(__file__).parents[2]
RUN = {"console", "csv", "toml", "python", "sh"}


def page(folder, text):
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


def played(tmp_path, text):
    work = tmp_path / "work"
    work.mkdir()
    return Transcripts(work).page(page(tmp_path, text))


def test_every_page_is_up_to_date_and_its_commands_end_as_it_says():
    command = [sys.executable, str(ROOT / "tools" / "docs" / "pages.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ""), "look at the difference; run: python tools/docs/pages.py"


def test_a_command_that_prints_something_else_changes_the_page(tmp_path):
    shown = played(tmp_path, "```console\n$ kotsukotsu catalogue check\n誤りがあります。\n```\n")
    assert "誤りがあります。" not in shown
    assert "誤りはありません。" in shown


def test_a_command_that_ends_otherwise_is_refused(tmp_path):
    with pytest.raises(TranscriptError, match="exit status 2, the page says 0"):
        played(tmp_path, "```console\n$ kotsukotsu inventory nowhere --fy 2024\n```\n")
    assert "×" in played(tmp_path / "..", "```console exit=2\n$ kotsukotsu inventory nowhere --fy 2024\n```\n")


def test_another_program_is_not_run(tmp_path):
    with pytest.raises(TranscriptError, match="only kotsukotsu"):
        played(tmp_path, "```console\n$ rm -rf kozue-cho\n```\n")


def test_long_output_is_cut_where_the_page_says(tmp_path):
    shown = played(tmp_path, "```console head=2 tail=1\n$ kotsukotsu items\n```\n").splitlines()
    assert len(shown) == 7
    assert shown[4] == "…"


def test_a_page_begins_with_what_another_leaves_behind(tmp_path):
    (tmp_path / "first.md").write_text("```csv title=a/b.csv\nx\n```\n", encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    Transcripts(work).page(page(tmp_path, "<!-- start: first.md -->\n"))
    assert [path.read_text(encoding="utf-8") for path in work.rglob("b.csv")] == ["x\n", "x\n"]


def test_every_block_of_code_is_run_or_says_that_it_is_not():
    """A file to be written has a title, a command is shown to a console; what is only shown is marked or a text."""
    unmarked = []
    for path in every_page():
        for block in markdown.blocks(path.read_text(encoding="utf-8")):
            ran = block.language == "console" or "title" in block.marks
            shown = "norun" in block.marks or block.language in ("text", "toml")
            if block.language not in RUN | {"text"} or not (ran or shown):
                unmarked.append(f"{path.name}:{block.first}")
    assert unmarked == []


def test_every_file_that_a_page_writes_is_named_in_the_text_above_it():
    """Whoever reads the page as it is shown sees no title of a block."""
    unnamed = []
    for path in every_page():
        text = path.read_text(encoding="utf-8")
        lines, read = text.splitlines(), 0
        for block in markdown.blocks(text):
            name = block.marks.get("title", "").rpartition("/")[2]
            if name not in "\n".join(lines[read : block.first - 1]):
                unnamed.append(f"{path.name}:{block.first} {name}")
            read = block.last + 1
    assert unnamed == []


def every_page() -> list[Path]:
    own = [path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "findings"]
    return sorted([*own, ROOT / "README.md", ROOT / "README.ja.md", ROOT / "CONTRIBUTING.md"])
