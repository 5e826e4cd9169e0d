"""Student's t against printed tables."""

from __future__ import annotations

import pytest

from kotsukotsu.analysis.student_t import quantile, within


# Two-sided points as printed in every table of the distribution.
@pytest.mark.parametrize(
    ("confidence", "freedom", "expected"),
    [
        (0.90, 1, 6.314), (0.90, 2, 2.920), (0.90, 3, 2.353), (0.90, 8, 1.860), (0.90, 30, 1.697),
        (0.95, 1, 12.706), (0.95, 5, 2.571), (0.95, 10, 2.228), (0.95, 60, 2.000), (0.95, 120, 1.980),
        (0.99, 4, 4.604), (0.99, 9, 3.250), (0.80, 7, 1.415), (0.50, 1, 1.000),
    ],
)  # fmt: skip
def test_quantiles_are_those_of_the_tables(confidence, freedom, expected):
    assert quantile(confidence, freedom) == pytest.approx(expected, abs=6e-4)


def test_a_quantile_holds_its_share():
    for freedom in range(1, 40):
        assert within(quantile(0.68, freedom), freedom) == pytest.approx(0.68, abs=1e-12)


@pytest.mark.parametrize(("confidence", "freedom"), [(0, 5), (1, 5), (0.9, 0)])
def test_what_is_out_of_range_is_refused(confidence, freedom):
    with pytest.raises(ValueError):
        quantile(confidence, freedom)
