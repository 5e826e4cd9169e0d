"""Write docs/reference/findings: one page for each code of an error or finding, and an index.

    python tools/docs/findings_pages.py            write the pages
    python tools/docs/findings_pages.py --check    only name the pages out of date, with exit status 1

Sources: src/kotsukotsu/texts/*.csv for what a code says and what to do, and beside this file ``findings.csv``
(what it means, why it matters, an example) and ``placeholders.csv`` (what the names in braces stand for). An example
that can be run is a page ``examples/CODE.md``: what is wrong, what the program prints, and what mends it;
``pages.py`` runs it. A code with none of these has a page from its text alone.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import markdown

from kotsukotsu import texts

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
PAGES = HERE.parents[1] / "docs" / "reference" / "findings"
SEVERITIES = {"error": "エラー", "warning": "注意", "info": "お知らせ"}
Table = Mapping[str, Mapping[str, str]]


def read(name: str) -> Table:
    """A table beside this file by its first column."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {next(iter(row.values())): row for row in rows}


def plain(sentence: str, language: str, names: Table) -> str:
    """A sentence with its placeholders named: {value} becomes 〔値〕, and {count:row|rows} rows."""

    def named(match: re.Match[str]) -> str:
        name, _, many = match[1], *match[2].partition("|")[1:]
        if many:
            return many
        return f"〔{names[name][language] if name in names else name}〕"

    return re.sub(r"(?<!\{)\{(\w+)([^{}]*)\}", named, sentence).replace("{{", "{").replace("}}", "}")


def example(code: str) -> str:
    """The example that is run, as it is shown: files with their names, without what is hidden."""
    path = EXAMPLES / f"{code}.md"
    if not path.is_file():
        return ""
    lines = path.read_text(encoding="utf-8").splitlines()
    for block in reversed(markdown.blocks("\n".join(lines))):
        fenced = slice(block.first - 1, block.last + 1)
        lines[fenced] = [] if "hidden" in block.marks else _shown(block)
    return re.sub(r"\n{3,}", "\n\n", markdown.START.sub("", "\n".join(lines))).strip()


def _shown(block: markdown.Block) -> list[str]:
    named = f"`{block.marks['title']}`" if "title" in block.marks else ""
    heading = [f"{named}{'に足した行' if 'add' in block.marks else ''}：", ""] if named else []
    return [*heading, f"```{block.language}", *block.body, "```"]


def page(code: str, extra: Table, names: Table) -> str:
    """The page of a code."""
    text, more = texts.entries()[code], extra.get(code, {})
    says = {language: plain(text.says[language], language, names) for language in texts.LANGUAGES}
    do = {language: plain(text.do[language], language, names) for language in texts.LANGUAGES}
    sections = [
        ("意味", more.get("means_ja", "")),
        ("なぜ大切か", more.get("why_ja", "")),
        ("例", example(code) or more.get("example_ja", "")),
        ("どうするか", do["ja"]),
        ("English", "\n\n".join(part for part in (says["en"], more.get("means_en", ""), do["en"]) if part)),
    ]
    lines = [f"# {code} {SEVERITIES[text.severity]}", "", f"> {says['ja']}", ""]
    for title, body in sections:
        if body:
            lines += [f"## {title}", "", body, ""]
    return "\n".join(lines)


def index(codes: list[str], names: Table) -> str:
    """The list of all codes."""
    lines = ["# 点検とエラーの一覧", "", "| 番号 | 重さ | 内容 |", "|---|---|---|"]
    for code in codes:
        text = texts.entries()[code]
        says = plain(text.says["ja"], "ja", names).replace("|", "\\|")
        lines.append(f"| [{code}]({code}.md) | {SEVERITIES[text.severity]} | {says} |")
    return "\n".join([*lines, ""])


def pages() -> dict[str, str]:
    """Every file of the folder by its name."""
    extra, names = read("findings.csv"), read("placeholders.csv")
    codes = sorted(code for code, text in texts.entries().items() if text.severity)
    unknown = sorted(extra.keys() - set(codes))
    if unknown:
        raise SystemExit(f"findings.csv: no such code: {', '.join(unknown)}")
    found = {f"{code}.md": page(code, extra, names) for code in codes}
    return {"index.md": index(codes, names), **found}


def stale(wanted: Mapping[str, str]) -> list[str]:
    """Pages that are missing, differ, or belong to no code."""
    present = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    return sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))


def main(arguments: list[str]) -> int:
    """Write or check; the exit status."""
    wanted = pages()
    old = stale(wanted)
    if "--check" in arguments:
        print("\n".join(old))
        return 1 if old else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in old:
        if name in wanted:
            (PAGES / name).write_text(wanted[name], encoding="utf-8")
        else:
            (PAGES / name).unlink()
    print(f"{len(wanted)} pages, {len(old)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
