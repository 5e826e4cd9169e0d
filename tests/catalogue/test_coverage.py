"""Which series answer for which years."""

from kotsukotsu.catalogue.coverage import CoverageRow, Question, coverage, declared_gap
from kotsukotsu.catalogue.load import load

CATALOGUE = load()
ROWS = coverage(CATALOGUE)


def _row(item: str, **wanted: str) -> CoverageRow:
    found = [
        row for row in ROWS if row.item == item and all(getattr(row, name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1
    return found[0]


def test_hokkaido_basic_answers_for_its_results_years_and_says_what_is_not_at_hand() -> None:
    row = _row("electricity", supplier="A0267", menu="", kind="basic")
    assert row.by_results
    assert row.years == (2005, 2006, 2007, *range(2009, 2022), 2024)
    assert [(gap.from_fy, gap.to_fy) for gap in row.gaps] == [(2008, 2008), (2022, 2023)]
    assert row.breaks == (2023,)
    assert row.covers_to == 2025


def test_series_that_begins_after_the_break_is_not_broken() -> None:
    assert _row("electricity", supplier="A0002", kind="basic").breaks == ()
    assert _row("electricity", supplier="A0267", menu="", kind="adjusted").breaks == ()


def test_open_ended_law_answers_no_further_than_its_edition() -> None:
    row = _row("kerosene", regime="sekorei3", kind="")
    assert row.years == tuple(range(2006, 2026))
    assert row.covers_to == 2025


def test_generic_city_gas_ends_where_suppliers_begin() -> None:
    assert _row("city_gas", regime="sekorei3", supplier="", kind="").years == tuple(range(2006, 2024))
    assert _row("city_gas", regime="sekorei3", supplier="substitute").years == (2024, 2025)


def test_gap_without_a_series_has_a_row_of_its_own() -> None:
    row = _row("city_gas", supplier="*")
    assert (row.years, row.gaps[0].from_fy, row.gaps[0].to_fy) == ((), 2023, 2024)
    assert _row("natural_gas", regime="sekorei3").years == ()


def test_no_series_answers_for_a_year_that_it_declares_as_not_at_hand() -> None:
    for row in ROWS:
        for gap in row.gaps:
            assert not set(range(gap.from_fy, gap.to_fy + 1)) & set(row.years), row


def test_worst_status_of_a_series_comes_last() -> None:
    assert _row("electricity", supplier="A0267", menu="", kind="basic").statuses[-1] == "unconfirmed"


def test_reason_of_a_missing_factor_is_the_suppliers_own_before_the_general_one() -> None:
    own = declared_gap(CATALOGUE, Question("electricity", "sekorei3", "A0267", "メニューF(残差)", "basic", 2023))
    other = declared_gap(CATALOGUE, Question("electricity", "sekorei3", "A0021", "メニューC(残差)", "basic", 2023))
    assert own is not None
    assert (own.supplier, own.from_fy, own.to_fy) == ("A0267", 2022, 2023)
    assert other is not None
    assert other.supplier == "*"


def test_year_at_hand_has_no_reason_and_a_regime_has_its_own() -> None:
    assert declared_gap(CATALOGUE, Question("electricity", "sekorei3", "A0267", "", "basic", 2024)) is None
    assert declared_gap(CATALOGUE, Question("natural_gas", "shk", "", "", "", 2024)) is None
    assert declared_gap(CATALOGUE, Question("natural_gas", "sekorei3", "", "", "", 2024)) is not None
    assert declared_gap(CATALOGUE, Question("heat", "sekorei3", "H-006", "残差", "basic", 2024)) is not None
    assert declared_gap(CATALOGUE, Question("heat", "sekorei3", "H-006", "残差", "basic", 2025)) is None
