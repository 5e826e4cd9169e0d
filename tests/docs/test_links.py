"""Every link between the pages leads somewhere, and every page can be reached."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
OUTSIDE = ("http://", "https://", "mailto:")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])


def links(path):
    """Targets outside blocks of code."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [target for target in LINK.findall(text) if not target.startswith(OUTSIDE)]


def anchors(path):
    """Headings as GitHub names them."""
    found = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {anchor(heading) for heading in found}


def anchor(heading):
    kept = [sign for sign in heading.strip().lower() if unicodedata.category(sign)[0] in "LNM" or sign in " -_"]
    return "".join(kept).replace(" ", "-")


def test_anchors_are_named_as_github_names_them():
    assert anchor("出典と利用の条件") == "出典と利用の条件"
    assert anchor("終わりの値（exit status）") == "終わりの値exit-status"


def test_every_relative_link_leads_to_a_file():
    broken = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in PAGES
        for target in links(path)
        if not (path.parent / target.partition("#")[0]).exists()
    ]
    assert broken == []


def test_every_link_into_a_page_leads_to_a_heading():
    broken = []
    for path in PAGES:
        for target in links(path):
            file, _, name = target.partition("#")
            goal = (path.parent / file).resolve() if file else path
            if name and goal.suffix == ".md" and name not in anchors(goal):
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_every_page_of_the_documentation_is_reached_from_the_index():
    reached, ahead = set(), [ROOT / "docs" / "index.md"]
    while ahead:
        path = ahead.pop().resolve()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        ahead += [path.parent / target.partition("#")[0] for target in links(path) if target.partition("#")[0]]
    assert [str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md")) if path not in reached] == []


def test_no_line_of_the_changelog_stands_twice():
    """Two branches that are joined line by line may leave one change behind twice."""
    lines = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    assert [line for line in dict.fromkeys(lines) if lines.count(line) > 1] == []
