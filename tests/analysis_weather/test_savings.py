"""Savings after a measure, and their uncertainty by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import sqrt

import pytest

from kotsukotsu.analysis.baseline import baseline
from kotsukotsu.analysis.savings import autocorrelation, savings, uncertainty
from tests.analysis_weather.made import bills, months_of, steady_years

WEATHER = steady_years(2022, 2023, 2024, warmer=0.7)
NOISE = (3, -4, 1, 2, -5, 4, -2, 5, -3, 1, -4, 2)
NINETY = Decimal("0.9")


def heating(mean):
    return 100 + 5 * max(0.0, 14.3 - mean)


def noisy(periods):
    return [replace(one, quantity=one.quantity + 30 * NOISE[n % 12]) for n, one in enumerate(periods)]


EXACT = baseline(bills(WEATHER, months_of(2022, 2023), heating), WEATHER)
BASE = baseline(noisy(bills(WEATHER, months_of(2022, 2023), heating)), WEATHER)
AFTER = bills(WEATHER, months_of(2024), lambda mean: 0.8 * heating(mean))


def codes(findings):
    return [finding.code for finding in findings]


def test_a_fifth_saved_is_found_again_in_another_weather():
    found, findings = savings(EXACT, AFTER, WEATHER, confidence=NINETY, where="庁舎 電気")
    assert float(found.saving / found.expected) == pytest.approx(0.2, abs=1e-9)
    assert found.actual == sum(one.quantity for one in AFTER)
    assert float(found.margin) == pytest.approx(0, abs=1e-2)
    assert (findings, len(found.periods)) == ([], 12)


def test_the_uncertainty_by_hand():
    # n 24, p 4, m 12, t(20, 90 %) 1.7247; residuals that change sign have no positive autocorrelation: n' = n.
    fit = BASE.fit
    assert (fit.form.parameters, fit.n) == (4, 24)
    assert autocorrelation(fit.residuals) < 0
    expected = Decimal(60000)
    by_hand = 1.7247 * 1.26 * fit.cv_rmse * sqrt((1 + 2 / 24) / 12) * 60000
    assert float(uncertainty(fit, expected, 12, NINETY)) == pytest.approx(by_hand, rel=1e-4)


def test_autocorrelation_by_hand_widens_the_interval_and_never_narrows_it():
    # (1x2 + 2x1 + 1x-2 + -2x-2) / (1 + 4 + 1 + 4 + 4) = 6 / 14
    assert autocorrelation([1, 2, 1, -2, -2]) == pytest.approx(6 / 14)
    assert autocorrelation([0.0, 0.0]) == 0
    turned = replace(BASE.fit, residuals=tuple(sorted(BASE.fit.residuals)))
    rho = autocorrelation(turned.residuals)
    n = 24 * (1 - rho) / (1 + rho)
    ratio = sqrt(24 / n * (1 + 2 / n) / (1 + 2 / 24))
    one, other = (uncertainty(fit, Decimal(60000), 12, NINETY) for fit in (BASE.fit, turned))
    assert float(other / one) == pytest.approx(ratio, rel=1e-6)
    assert ratio > 1.5


def test_more_confidence_asks_for_a_wider_interval():
    margins = [uncertainty(BASE.fit, Decimal(60000), 12, Decimal(c)) for c in ("0.68", "0.9", "0.95")]
    assert margins == sorted(margins)
    assert len(set(margins)) == 3


def test_twice_the_use_saves_twice_as_much_with_twice_the_margin():
    doubled = baseline([replace(one, quantity=2 * one.quantity) for one in BASE.periods], WEATHER)
    one, _ = savings(BASE, AFTER, WEATHER, confidence=NINETY)
    other, _ = savings(doubled, [replace(p, quantity=2 * p.quantity) for p in AFTER], WEATHER, confidence=NINETY)
    assert float(other.saving) == pytest.approx(2 * float(one.saving), rel=1e-6)
    assert float(other.margin) == pytest.approx(2 * float(one.margin), rel=1e-6)


def test_a_saving_within_its_margin_is_not_certain():
    same = bills(WEATHER, months_of(2024), heating)
    found, findings = savings(BASE, same, WEATHER, confidence=NINETY)
    assert abs(found.saving) < found.margin
    assert codes(findings) == ["WE-55"]


def test_more_use_after_the_measure_is_a_negative_saving():
    more = bills(WEATHER, months_of(2024), lambda mean: 1.2 * heating(mean))
    found, findings = savings(BASE, more, WEATHER, confidence=NINETY)
    assert found.saving < 0
    assert findings == []


def test_without_baseline_or_period_there_is_no_saving():
    none = baseline([], WEATHER)
    assert codes(savings(none, AFTER, WEATHER, confidence=NINETY)[1]) == ["WE-50"]
    assert codes(savings(BASE, [], WEATHER, confidence=NINETY)[1]) == ["WE-51"]
    found, findings = savings(BASE, AFTER, steady_years(2022, 2023), confidence=NINETY)
    assert (found, codes(findings)) == (None, ["WE-52", "WE-51"])


def test_missing_and_estimated_periods_do_not_count_as_saved():
    holes = [replace(AFTER[0], quantity=None), replace(AFTER[1], estimated=True), *AFTER[2:]]
    found, findings = savings(EXACT, holes, WEATHER, confidence=NINETY)
    assert (len(found.periods), codes(findings)) == (10, ["WE-32", "WE-33"])
    assert float(found.saving / found.expected) == pytest.approx(0.2, abs=1e-9)


def test_periods_of_both_times_are_refused():
    found, findings = savings(BASE, [BASE.periods[-1], *AFTER], WEATHER, confidence=NINETY)
    assert (found, codes(findings)) == (None, ["WE-53"])


def test_weather_that_the_baseline_has_not_seen_is_named():
    hot = type(WEATHER)(
        "石狩", {day: value + (12 if day >= AFTER[0].start else 0) for day, value in WEATHER.by_day.items()}
    )
    _, findings = savings(EXACT, AFTER, hot, confidence=NINETY)
    assert "WE-54" in codes(findings)
    assert AFTER[0].start - timedelta(days=1) in WEATHER.by_day
