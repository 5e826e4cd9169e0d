"""One comparison for all tests of pages, pairs and ranges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kotsukotsu.energy.options.assumptions import Assumption
from kotsukotsu.energy.options.compare import Compared, compared
from kotsukotsu.energy.options.model import OWN, PPA, SUBSIDISED, Option, base
from tests.energy_options.places import BOTH, STANDING, SUN, known, place


@pytest.fixture(scope="session")
def study() -> Compared:
    """Four options, with a range for three assumptions."""
    assumed = known(years="10", ppa_years="10", rate="0.02", power_rise="0", sun_loss="0.005", sun_yen_per_kw="1500",
                    inverter_years="12", battery_years="15")  # fmt: skip
    ranges = {"sun_yen_per_kw": ("1000", "9000"), "sun_yield": ("0.8", "1.1"), "co2_kg_per_kwh": ("0.2", "0.5")}
    rows = dict(assumed.rows)
    for key, (low, high) in ranges.items():
        row = rows[key]
        rows[key] = Assumption(key, row.value, Decimal(low), Decimal(high), row.source, row.status)
    found = (
        Option("a", "太陽光", SUBSIDISED, SUN), Option("b", "両方", SUBSIDISED, BOTH), Option("c", "契約", PPA, BOTH),
        Option("d", "蓄電池", OWN, replace(BOTH, sun_kw=0.0)),
    )  # fmt: skip
    return compared(place(), found, base(STANDING, "今"), replace(assumed, rows=rows), "npv", "b")
