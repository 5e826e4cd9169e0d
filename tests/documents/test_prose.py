"""The city's own texts beside the shipped ones, and numbers typed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.documents.by_hand import by_hand
from kotsukotsu.documents.printing import Printer
from kotsukotsu.documents.prose import Part, names
from kotsukotsu.documents.registry import Behind, Number, Registry
from kotsukotsu.rounding import Rounding
from kotsukotsu.sessions import papers

PRINTER = Printer(Rounding())


@pytest.fixture
def registry():
    made = Registry()
    made.add(
        [
            Number("total", "総排出量", PRINTER.emission(Decimal("14326.7")), "", Behind(2024)),
            Number("rate", "基準年度比", PRINTER.rate(Decimal("72.7"), Decimal(100)), ""),
            Number("none", "値なし", PRINTER.emission(None), ""),
        ]
    )
    return made


def _found(registry, text, *, own=True):
    return [
        (finding.code, finding.where, finding.data.get("name"))
        for finding in by_hand([Part("texts/plan-purpose.md", text, own)], registry)
    ]


@pytest.mark.parametrize("text", ["14,327", "14327", "14,327 t-CO2", "14,327t-CO2e"])
def test_a_typed_number_that_a_figure_gives_is_told_with_its_name(registry, text):
    assert _found(registry, f"一行目\n総排出量は {text} です。") == [("DC-11", "texts/plan-purpose.md 2", "total")]


@pytest.mark.parametrize("text", ["27.3%減", "△27.3％"])
def test_a_typed_rate_is_told_whatever_its_sign(registry, text):
    assert _found(registry, f"基準年度比 {text}") == [("DC-11", "texts/plan-purpose.md 1", "rate")]


def test_a_typed_emission_that_no_figure_gives_is_told(registry):
    assert _found(registry, "非エネルギー起源は 4,305 t-CO2 です。") == [("DC-12", "texts/plan-purpose.md 1", None)]


@pytest.mark.parametrize(
    "text", ["{{ total }} t-CO2", "令和12（2030）年度", "施設は 304 あります", "27.3 度", "50%以上"]
)
def test_names_years_counts_and_aims_are_left_alone(registry, text):
    assert _found(registry, text) == []


def test_the_shipped_texts_are_not_judged(registry):
    assert _found(registry, "14,327 t-CO2", own=False) == []


def test_a_number_leads_back_to_its_rows(registry):
    assert registry.numbers["total"].behind.command("市") == "kotsukotsu trace 市 --fy 2024"


def test_a_name_is_given_once(registry):
    with pytest.raises(KeyError):
        registry.add([registry.numbers["total"]])
    with pytest.raises(KeyError):
        registry.say({"total": "x"})


def test_a_locked_or_missing_place_leaves_the_old_file(tmp_path):
    target = tmp_path / "folder"
    target.mkdir()
    (target / "inside").write_text("x", encoding="utf-8")
    with pytest.raises(papers.DocumentError) as caught:
        papers.write({target: b"new"})
    assert caught.value.code == "DC-07"
    assert str(target) in caught.value.text()
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_reference_document_that_is_not_there_is_named(tmp_path):
    with pytest.raises(papers.DocumentError) as caught:
        papers.reference(tmp_path / "none.docx")
    assert (caught.value.code, caught.value.data["file"]) == ("DC-06", tmp_path / "none.docx")


def test_no_two_parts_of_a_document_have_one_name():
    """Else one text of the city would take the place of both."""
    every = names()
    assert len(every) == len(set(every))
