"""A supply that is priced where it is generated: losses on the way, and the charge on generation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from kotsukotsu.energy.bill import bill
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.slots import calendar
from kotsukotsu.energy.tariff.prices import prices
from tests.energy import tariffs

YEAR = calendar(date(2024, 4, 1), date(2025, 4, 1))
APRIL = calendar(date(2024, 4, 1), date(2024, 5, 1))
PARTS = "energy,,,10 network_energy,,,2 loss,,,5 generation,,,0.5"
ROUNDED = "none,,,,no,0,0,2,0,0,truncate,included,no,,"
EXACT = "none,,,,no,,,,,,truncate,included,no,,"


def flat(cal, kwh):
    return np.full(len(cal), kwh / len(cal))


def test_what_is_lost_is_paid_as_energy_and_the_charge_is_on_all_that_was_generated():
    """9,500 kWh taken with a loss of 5 % were 10,000 kWh generated."""
    found = bill(tariffs.plain(ROUNDED, PARTS), "t", flat(APRIL, 9_500), APRIL)
    lines = {line.kind: (line.quantity, line.amount) for line in found.months[0].lines}
    assert lines == {"energy": (9_500, 95_000), "loss": (500, 5_000), "network_energy": (9_500, 19_000),
                     "generation": (10_000, 5_000)}  # fmt: skip
    assert found.total == 124_000


def test_generated_energy_is_rounded_as_the_tariff_rounds_energy():
    """1,000 / 0.95 = 1,052.63 kWh."""
    found = bill(tariffs.plain(ROUNDED, PARTS), "t", flat(APRIL, 1_000), APRIL)
    lost = next(line for line in found.months[0].lines if line.kind == "loss")
    assert (lost.quantity, lost.amount) == (53, 530)


def test_a_tariff_without_losses_is_billed_as_before():
    found = bill(tariffs.plain(ROUNDED, "energy,,,10 generation,,,0.5"), "t", flat(APRIL, 1_000), APRIL)
    assert {line.kind: line.amount for line in found.months[0].lines} == {"energy": 10_000, "generation": 500}


def test_prices_of_an_optimiser_carry_the_same_losses_as_the_bill():
    book = tariffs.plain(EXACT, PARTS)
    chance = np.random.default_rng(3).random(len(YEAR))
    found, made = prices(book, "t", YEAR), bill(book, "t", chance, YEAR)
    assert float(chance @ found.energy) == pytest.approx(float(made.unrounded), abs=0.01)
    assert found.parts["loss"][0] == pytest.approx(10 * 5 / 95)


def test_a_loss_is_dated_and_trusted_as_the_weaker_of_loss_and_price():
    rows = ("t,energy,,,10,2000-01-01,,price,confirmed", "t,loss,,,5,2000-01-01,2024-10-01,first,confirmed",
            "t,loss,,,4,2024-10-01,,second,unconfirmed")  # fmt: skip
    book = tariffs.plain(ROUNDED, prices=tariffs.PRICES + "\n".join(rows) + "\n")
    found = bill(book, "t", flat(YEAR, 120_000), YEAR)
    first, last = (next(line for line in found.months[number].lines if line.kind == "loss") for number in (0, 11))
    assert (first.status, last.status) == ("confirmed", "unconfirmed")
    assert last.source == "second / price"
    assert first.quantity / found.months[0].kwh > last.quantity / found.months[11].kwh


@pytest.mark.parametrize(
    ("tariff", "loss", "code"),
    [(ROUNDED, "42", "TF-12"), (ROUNDED, "-1", "TF-12"),
     ("none,,,,no,0,0,2,0,0,truncate,included,no,,spot:東京", "5", "TF-13")],
)  # fmt: skip
def test_a_doubtful_loss_is_refused(tariff, loss, code):
    book = tariffs.plain(tariff, f"energy,,,10 loss,,,{loss}")
    with pytest.raises(EnergyError) as refused:
        prices(book, "t", APRIL)
    assert refused.value.code == code


def test_shares_of_loss_add_up_over_a_year():
    found = bill(tariffs.plain(EXACT, PARTS), "t", flat(YEAR, 95_000), YEAR)
    lost = sum(line.quantity for month in found.months for line in month.lines if line.kind == "loss")
    assert lost == pytest.approx(Decimal(5_000), abs=Decimal("0.001"))
