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
