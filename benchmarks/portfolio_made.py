"""Invented choices of measures: facilities of uneven size, measures in exclusive pairs and in order, two programmes.

As in a city's plan most money lies in a few buildings, and what a yen saves differs by a hundredfold. The figures
are no city's. Money in 1,000 yen, savings in t-CO2.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from kotsukotsu.planning.portfolio_model import COST, Form, Option, Problem, Programme

# Kind: capex and yearly running cost per tonne [1,000 yen/t], whether it saves electricity.
KINDS = {
    "lighting": (65, -28, True), "heat_pump": (400, -11, False), "envelope": (720, -17, False),
    "solar_own": (270, -33, True), "solar_bought": (9, -4, True), "vehicle": (880, -38, False),
    "clean_contract": (0, 8, True), "boiler": (190, -10, False), "controls": (95, -24, True), "conduct": (5, -19, True),
}  # fmt: skip
RIVALS = (("solar_own", "solar_bought"), ("heat_pump", "boiler"))
FIRST = {"heat_pump": "envelope", "conduct": "controls"}
PROGRAMMES = {"national": (Decimal("0.5"), 0.012), "regional": (Decimal("0.33"), 0.006)}
FIRST_FACTOR, LAST_FACTOR = 0.53, 0.25  # grid, first and last year [t-CO2/MWh]
BUDGET, NEEDED = 0.055, 0.45  # of all capex in each year, and of what all measures save in the last


def problem(measures: int, years: int, seed: int, form: Form = COST) -> Problem:
    """A choice among so many measures; the same for the same seed."""
    drawn = random.Random(seed)
    options = tuple(_options(drawn, measures, years))
    capex = float(sum(option.capex for option in options))
    at = {(option.facility, option.kind): option.key for option in options}
    most = float(sum(option.saving[-1] for option in options))
    return Problem(
        options,
        2026,
        tuple(Decimal(round(capex * BUDGET * drawn.uniform(0.8, 1.2))) for _ in range(years)),
        tuple(Programme(k, rate, (Decimal(round(capex * part)),) * years) for k, (rate, part) in PROGRAMMES.items()),
        tuple((key, at[f, b]) for (f, kind), key in at.items() for a, b in RIVALS if kind == a and (f, b) in at),
        tuple((key, at[f, FIRST[k]]) for (f, k), key in at.items() if k in FIRST and _also(drawn, at, f, FIRST[k])),
        {years - 1: Decimal(str(round(NEEDED * most, 1)))} if form == COST else {},
        Decimal("0.02"),
        form,
    )


def _also(drawn: random.Random, at: dict[tuple[str, str], str], facility: str, kind: str) -> bool:
    return (facility, kind) in at and drawn.random() < 0.7


def _options(drawn: random.Random, measures: int, years: int) -> Iterator[Option]:
    made, facility = 0, 0
    while made < measures:
        size = drawn.lognormvariate(3.2, 1.0)
        kinds = drawn.sample(list(KINDS), drawn.randint(3, 7))[: measures - made]
        for place, kind in enumerate(kinds):
            yield _option(drawn, f"m{made + place:04d}", f"f{facility:04d}", kind, size, years)
        made, facility = made + len(kinds), facility + 1


def _option(drawn: random.Random, key: str, facility: str, kind: str, size: float, years: int) -> Option:
    price, running, electric = KINDS[kind]
    saving = round(size * drawn.uniform(0.03, 0.22), 2)
    renewal = drawn.randrange(years) if drawn.random() < 0.35 else None
    return Option(
        key,
        facility,
        kind,
        tuple(Decimal(str(round(saving * (_grid(year, years) if electric else 1), 9))) for year in range(years)),
        Decimal(round(price * saving * drawn.uniform(0.6, 1.7))),
        Decimal(str(round(running * saving * drawn.uniform(0.6, 1.5), 1))),
        earliest=min(drawn.choice([0, 0, 0, 1, 2, 3]), years - 1),
        renewal_year=renewal,
        renewal_discount=Decimal(0) if renewal is None else Decimal(str(round(drawn.uniform(0.25, 0.6), 2))),
        programme=drawn.choice([None, None, "national", "regional"]),
    )


def _grid(year: int, years: int) -> float:
    """The grid's factor as a share of the first year's."""
    return 1 - (1 - LAST_FACTOR / FIRST_FACTOR) * year / max(1, years - 1)
