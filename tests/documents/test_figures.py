from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents import sentences
from kotsukotsu.documents.charts.changes import changes
from kotsukotsu.documents.charts.years import years
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.model import ABSENT, COMPLETE, INCOMPLETE, PRINTED, Overview
from tests.documents.conftest import MADE, Made

PARTS = ("items", "facilities", "departments", "sectors", "gases", "groups")


def total(parts, name: str) -> Decimal:
    return exact.total(getattr(part, name).exact or Decimal(0) for part in parts)


@pytest.mark.parametrize("kind", PARTS)
def test_unrounded_parts_add_up_to_the_inventory(shown: Overview, city: Made, kind: str) -> None:
    result = city.results[2024]
    parts = getattr(shown, kind)
    assert total(parts, "tonnes") == result.total
    assert total(parts, "base") == result.base_total
    assert total(parts, "change") == result.total - result.base_total


def test_the_document_speaks_of_the_latest_complete_year(shown: Overview) -> None:
    assert (shown.year.fy, shown.year.label) == (2024, "令和6（2024）年度")
    assert (str(shown.totals.total), str(shown.totals.base), str(shown.totals.rate)) == ("14,787", "21,001", "△29.6")


def test_use_and_factors_together_are_the_change(shown: Overview) -> None:
    totals = shown.totals
    assert exact.total((totals.by_use.exact, totals.by_factors.exact)) == totals.change.exact


def test_statuses_add_up_to_the_total(shown: Overview, city: Made) -> None:
    assert total(shown.statuses, "tonnes") == city.results[2024].total
    assert total([line for line in shown.statuses if line.warns], "tonnes") == shown.totals.unconfirmed.exact
    assert shown.totals.unconfirmed.exact > 0


def test_each_year_is_marked_by_what_is_known_of_it(shown: Overview) -> None:
    states = {year.fy: year.state for year in shown.years}
    assert (states[2013], states[2014], states[2024], states[2025]) == (COMPLETE, ABSENT, COMPLETE, INCOMPLETE)
    assert list(states) == list(range(2013, 2026))


def test_a_year_left_out_has_no_figure_and_an_incomplete_one_no_rate(shown: Overview) -> None:
    known = {year.fy: year for year in shown.years}
    assert (known[2014].total.exact, str(known[2014].total), known[2014].groups) == (None, "－", {})
    assert (str(known[2025].rate), str(known[2024].rate)) == ("－", "△29.6")


def test_a_year_that_lacks_quantities_is_compared_with_nothing(city: Made) -> None:
    found = overview(city.results, city.names, city.findings, MADE, 2025)
    totals = found.totals
    compared = (totals.rate, totals.change, totals.comparable_rate, totals.by_use, totals.by_factors)
    assert {figure.exact for figure in compared} == {None}
    assert (totals.steady, totals.base.exact) == (None, city.results[2025].base_total)
    said = [sentences.headline(found), *sentences.below_the_headline(found), years(found).title]
    assert not any(word in sentence for sentence in said for word in ("減", "増", "少ない", "多い", "△"))
    assert str(totals.total) in said[0]
    assert changes(found) is None
    lacking = {finding.data["facility_id"] for finding in city.findings[2025] if finding.code == "C-01"}
    rates = {part.code: part.rate.exact for part in found.facilities if part.base.exact and part.tonnes.exact}
    assert 0 < len(lacking) < len(rates)
    assert all((rates[code] is None) == (code in lacking) for code in rates)


def test_a_printed_total_stands_for_a_year_without_rows(city: Made) -> None:
    last = city.results[2024]
    row = dict.fromkeys(("sector", "item", "gas", "facility_id", "note"))
    printed = {**row, "fiscal_year": 2014, "tonnes_co2e": Decimal("20900.4"), "source": "計画"}
    latest = _with_city(last, replace(last.city, printed=[printed]))
    found = overview({2013: city.results[2013], 2024: latest}, city.names, city.findings, MADE)
    year = next(year for year in found.years if year.fy == 2014)
    assert (year.state, str(year.total), year.total.status) == (PRINTED, "20,900", "印刷値のみ")


def _with_city(result: Inventory, city) -> Inventory:
    copied = object.__new__(Inventory)
    copied.__dict__.update(result.__dict__, city=city)
    return copied


def test_the_base_year_alone_has_nothing_to_compare_with(city: Made) -> None:
    found = city.of(2013).overview
    assert found.is_base
    assert str(found.totals.total) == "21,001"


def test_facilities_are_ranked_and_their_shares_run_up_to_the_whole(shown: Overview) -> None:
    ranked = shown.emitting
    assert [part.tonnes.exact for part in ranked] == sorted((part.tonnes.exact for part in ranked), reverse=True)
    assert round(ranked[-1].cumulative.exact, 20) == 100
    count = shown.reach(Decimal(90))
    assert ranked[count - 1].cumulative.exact >= 90 > ranked[count - 2].cumulative.exact


def test_a_facility_that_closed_has_no_emission_but_its_whole_change(shown: Overview) -> None:
    closed = next(part for part in shown.facilities if part.tonnes.exact is None)
    assert closed.change.exact == -closed.base.exact
    assert (str(closed.tonnes), str(closed.cumulative), str(closed.rate)) == ("－", "－", "－")


def test_charts_have_at_most_six_series_in_every_year(shown: Overview) -> None:
    assert len(shown.groups_named) == 6
    assert list(shown.groups_named)[-1] == "other"
    assert all(set(year.groups) in (set(), set(shown.groups_named)) for year in shown.years)


def test_one_bill_changes_the_total(city: Made, changed: Made) -> None:
    assert changed.overview.totals.total.exact > city.overview.totals.total.exact
    assert changed.overview.totals.base == city.overview.totals.base


def test_in_english_years_are_named_in_english(city: Made) -> None:
    with texts.speaking("en"):
        found = city.of(2013, 2024).overview
        assert (found.year.label, found.base_label) == ("FY2024", "FY2013")
        assert [year.label for year in found.years][:2] == ["FY2013", "FY2014"]
