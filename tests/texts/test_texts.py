"""Every sentence stands in texts/*.csv, in both languages, with the same places to fill."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path
from string import Formatter

import pytest

from kotsukotsu import errors, findings, texts

SOURCE = Path(texts.__file__).parents[1]
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "benchmarks" not in path.parts)
CODE = re.compile(r"[A-Z]{1,3}-\d{2}[a-z]?")
SENTENCE = re.compile(r"。|です|ます|ません|ください")
# The meaning of a column and the name of a status are Japanese words; English text names their code.
WIDE = re.compile("[\u3000（）：；、。，－～]")
NAMED = ("WF-06",)  # what is wrong is the wide sign itself
OUR_OWN = ("demo_bill.typ",)  # a bill of a Japanese company
JAPANESE_ONLY = {"meaning": None, "status_name": "status"}
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type)}


def entries():
    return texts.entries().values()


def calls(path):
    """Name called, its first argument, and the call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            function = node.func
            name = ast.unparse(function)
            yield name, node.args[0], node


def strings(node):
    """The literal texts that an expression may give: a string, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [*strings(node.body), *strings(node.orelse)] if isinstance(node, ast.IfExp) else []


def used(wanted):
    return [
        (f"{path.relative_to(SOURCE)}:{node.lineno}", text, node)
        for path in MODULES
        for name, first, node in calls(path)
        if name in wanted
        for text in strings(first)
    ]


def test_every_code_of_an_error_or_finding_has_its_text():
    found = used({"Finding", *ERRORS})
    assert len(found) > 60
    assert [place for place, code, _ in found if code not in texts.entries()] == []


def test_every_label_used_in_the_source_exists():
    found = used({"texts.label"})
    assert len(found) > 60
    assert [(place, code) for place, code, _ in found if code not in texts.entries()] == []


def patterns():
    """Labels made from parts: texts.label(f"column.{name}")."""
    for path in MODULES:
        for name, first, _ in calls(path):
            if name == "texts.label" and isinstance(first, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in first.values]
                yield f"{path.relative_to(SOURCE)}", "".join(parts)


@pytest.mark.parametrize(("place", "pattern"), sorted(set(patterns())))
def test_every_label_made_from_parts_has_at_least_one_entry(place, pattern):
    assert any(re.fullmatch(pattern, code) for code in texts.entries())


def test_every_code_written_anywhere_in_the_source_has_its_text():
    """Codes travel in tuples and tables too: ("A-12", "supplies", False)."""
    prefixes = {code.split("-")[0] for code in texts.entries() if CODE.fullmatch(code)}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                known = node.value in texts.entries() or node.value.split("-")[0] not in prefixes
                assert known, f"{path.relative_to(SOURCE)}:{node.lineno} {node.value}"


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_an_entry_speaks_both_languages_with_the_same_places(entry):
    for kind in (entry.says, entry.do):
        assert entry.code.startswith("sign.") or bool(kind["ja"].strip()) == bool(kind["en"].strip())
        wanted = {JAPANESE_ONLY.get(name, name) for name in _fields(kind["ja"])} - {None}
        assert wanted == _fields(kind["en"])
    assert entry.says["ja"] or not entry.says["en"].strip()  # what joins words may be nothing, or a blank


def _fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_english_holds_no_japanese_sentence(entry):
    for text in (entry.says["en"], entry.do["en"]):
        assert not SENTENCE.search(text)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_english_holds_no_sign_as_wide_as_a_letter_of_japanese(entry):
    for text in (entry.says["en"], entry.do["en"]):
        assert not WIDE.search(text) or entry.code in NAMED


def test_signs_that_part_words_are_those_of_the_language():
    """A page is made of texts; what stands between them in a template, too, must be of the reader's language."""
    pages = [path for path in SOURCE.rglob("*") if path.suffix in (".html", ".typ") and path.name not in OUR_OWN]
    english = [*pages, *SOURCE.glob("documents/templates/*/en/*.md")]
    assert len(english) > 100
    assert [path.name for path in english if WIDE.search(path.read_text("utf-8"))] == []


def test_a_text_with_a_severity_has_a_code_and_advice_and_a_label_has_no_advice():
    for entry in entries():
        if entry.severity:
            assert entry.severity in findings.SEVERITIES, entry.code
            assert "-" in entry.code, entry.code
            assert entry.do["ja"] or entry.severity == "info", entry.code
        else:
            assert entry.do["ja"] == "", entry.code


@pytest.mark.parametrize("path", sorted(texts.FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_a_file_of_texts_has_the_six_columns_in_every_line(path):
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["code", "severity", "ja", "en", "do_ja", "do_en"]
    assert [row for row in rows if len(row) != 6] == []


def test_a_finding_given_every_place_is_said_in_both_languages():
    for entry in entries():
        data = {name: 7 for text in (*entry.says.values(), *entry.do.values()) for name in _fields(text)}
        for language in texts.LANGUAGES:
            texts.message(entry.code, data, language)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 row was taken in."),
        ("1", "1 row was taken in."),
        (0, "0 rows were taken in."),
        ("1,001", "1,001 rows were taken in."),
    ],
)
def test_english_has_the_word_that_goes_with_a_number(count, said):
    with texts.speaking("en"):
        assert texts.label("web.file.taken", count=count) == said


# A page's script has no word that goes with a number: “Entries not saved: {count}”.
COUNTED = re.compile(r"\{(count|rows|days|facilities|months|years)\} (more |other )?[a-z-]+s\b")


def test_no_english_text_counts_one_thing_as_many():
    assert [one.code for one in entries() for text in (one.says["en"], one.do["en"]) if COUNTED.search(text)] == []


@pytest.mark.parametrize(("given", "expected"), [("en", "en"), ("ja", "ja"), ("fr", "ja"), (None, "ja")])
def test_language_is_japanese_unless_told_otherwise(monkeypatch, given, expected):
    monkeypatch.delenv("KOTSUKOTSU_LANG", raising=False)
    if given:
        monkeypatch.setenv("KOTSUKOTSU_LANG", given)
    assert texts.language() == expected


def test_a_language_is_spoken_within_a_block_alone(monkeypatch):
    monkeypatch.setenv("KOTSUKOTSU_LANG", "ja")
    with texts.speaking("en"):
        assert texts.language() == "en"
        with texts.speaking("ja"):
            assert texts.language() == "ja"
        assert texts.label("doc.head.rank") == "Rank"
    assert texts.language() == "ja"


def test_source_holds_no_japanese_sentence_outside_docstrings_and_tables():
    """A sentence ends with 。; names of the law in code are allowed."""
    wrong = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        wrong += [
            f"{path.relative_to(SOURCE)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and re.search(r"[ぁ-ん]{2}.*。", node.value)
        ]
    assert wrong == []
