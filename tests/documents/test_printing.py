from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu import texts
from kotsukotsu.documents.printing import Printer, unit_name
from kotsukotsu.rounding import Rounding
from kotsukotsu.sessions.catalogues import catalogue

D = Decimal


@pytest.mark.parametrize(
    ("rounding", "value", "text"),
    [
        (Rounding(), "14786.5", "14,787"),
        (Rounding(method="truncate"), "14786.9", "14,786"),
        (Rounding(digits=1), "3.05", "3.1"),
        (Rounding(unit="kg"), "1.2345", "1,235"),
        (Rounding(), "-0.4", "0"),
        (Rounding(), "-1234", "△1,234"),
    ],
)
def test_an_emission_is_printed_by_the_rounding_of_the_policy(rounding: Rounding, value: str, text: str) -> None:
    assert str(Printer(rounding).emission(D(value))) == text


def test_what_is_missing_is_no_zero() -> None:
    printer = Printer(Rounding())
    assert (printer.emission(None).exact, str(printer.emission(None)), str(printer.emission(D(0)))) == (None, "－", "0")


def test_a_total_adds_printed_parts_only_where_the_policy_says_so() -> None:
    parts = [D("0.5"), D("0.5")]
    assert str(Printer(Rounding()).total(D(1), parts)) == "1"
    rounded = Printer(Rounding(sum="rounded")).total(D(1), parts)
    assert (str(rounded), rounded.exact) == ("2", D(1))


def test_a_change_is_rounded_once_and_not_between_printed_numbers() -> None:
    printer = Printer(Rounding())
    assert (str(printer.emission(D("479.4"))), str(printer.emission(D("429.5")))) == ("479", "430")
    assert str(printer.change(D("479.4"), D("429.5"))) == "50"


def test_what_began_or_ended_counts_fully_and_has_no_rate_from_nothing() -> None:
    printer = Printer(Rounding())
    assert (str(printer.change(D(893), None)), str(printer.change(None, D(311)))) == ("893", "△311")
    assert (str(printer.rate(D(893), None)), str(printer.rate(None, D(311)))) == ("－", "－")


@pytest.mark.parametrize(
    ("value", "text"), [("17276912.95", "17,276,913"), ("7.92", "7.9"), ("43", "43"), ("99.96", "100.0")]
)
def test_a_quantity_below_a_hundred_keeps_a_decimal(value: str, text: str) -> None:
    assert str(Printer(Rounding()).quantity(D(value), "kg")) == text


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_unit_of_the_catalogue_has_a_name_for_people(language):
    with texts.speaking(language):
        names = {item.unit: unit_name(item.unit) for item in catalogue().items.values()}
    assert "_" not in "".join(names.values())
    assert names["person_year"] == {"ja": "人・年", "en": "person-years"}[language]
