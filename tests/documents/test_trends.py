"""Values at the points of a line."""

from __future__ import annotations

import re
from decimal import Decimal

from kotsukotsu.documents.sketch.trends import PLOT, TOP, Trend, trends

PLACE = re.compile(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>')


def test_a_value_stands_below_its_point_but_never_on_the_axis():
    aims = {2030: Decimal(50), 2040: Decimal(6), 2050: Decimal(0)}
    row = Trend("目標", "#CE0000", aims, told={fy: f"{value} t" for fy, value in aims.items()}, below=True)
    drawn = trends([row], dict.fromkeys(aims, ""), "path", "", "")
    y = {said: float(place) for _, place, said in PLACE.findall(drawn)}
    floor = TOP + PLOT
    assert (y["50 t"], y["6 t"] < floor, y["0 t"]) == (TOP + 16, True, floor - 8)


def test_a_line_is_named_at_its_end_or_above_its_middle_if_the_years_go_on():
    past = Trend("実績", "#0072B2", {fy: Decimal(2030 - fy) for fy in range(2013, 2026)})
    path = Trend("目標", "#CE0000", {2013: Decimal(17), 2050: Decimal(0)})
    drawn = trends([past, path], dict.fromkeys(range(2013, 2051), ""), "path", "", "")
    x = {said: float(place) for place, _, said in PLACE.findall(drawn)}
    points = sorted(float(one) for one in re.findall(r'<circle cx="([\d.]+)"[^>]*fill="#0072B2"', drawn))
    assert x["実績"] == points[6]
    assert x["目標"] > max(points)
