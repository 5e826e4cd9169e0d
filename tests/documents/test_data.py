from __future__ import annotations

import csv
from decimal import Decimal

from kotsukotsu.documents.data import harmless
from kotsukotsu.documents.data_files import downloads
from kotsukotsu.documents.model import Overview
from tests.documents.conftest import Made


def csv_file(*given) -> bytes:
    return downloads(*given)["emissions.csv"]


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_the_file_has_a_byte_order_mark_and_windows_lines(city: Made, shown: Overview) -> None:
    content = csv_file(shown, city.results, city.names)
    assert content.startswith(b"\xef\xbb\xbfmunicipality_code,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(rows_of(content)) + 1


def test_lines_add_up_to_every_year(city: Made, shown: Overview) -> None:
    rows = rows_of(csv_file(shown, city.results, city.names))
    for fy, result in city.results.items():
        assert sum((Decimal(row["tonnes_co2e"]) for row in rows if row["fiscal_year"] == str(fy)), Decimal(0)) == (
            result.total
        )


def test_incomplete_years_and_estimates_are_marked(city: Made, shown: Overview) -> None:
    rows = rows_of(csv_file(shown, city.results, city.names))
    assert {row["year_state"] for row in rows if row["fiscal_year"] == "2025"} == {"incomplete"}
    assert {row["has_estimates"] for row in rows} == {"yes", "no"}


def test_a_text_that_begins_like_a_formula_is_disarmed(city: Made, shown: Overview) -> None:
    names = {**city.names, "facility": lambda _: "=1+1"}
    rows = rows_of(csv_file(shown, {2024: city.results[2024]}, names))
    assert {row["facility_name"] for row in rows} == {"'=1+1"}
    assert [harmless(text) for text in ("+1", "-1", "@a", "a=1")] == ["'+1", "'-1", "'@a", "a=1"]
