"""Matched supply as contracts of the core's inventory: shares that add up to 1, so that nothing counts twice.

Only what cancelled, tracked certificates stand behind gets a contract with the generator (and the factor 0); the rest
of a building's use stays with its retailer and the retailer's factor, however much wind blew at the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.match.certificates import Certificate, Ledger
from kotsukotsu.energy.slots import Ints
from kotsukotsu.periods import Month
from kotsukotsu.schema import Row

ELECTRICITY = "electricity"
DIGITS = Decimal("1E-9")
ONE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Retailer:
    """A retailer with its menu from a day on."""

    start: date
    supplier: str
    menu: str | None


@dataclass(frozen=True, slots=True)
class Customer:
    """Whose facility a building is, and who supplies the rest from which day on, in order."""

    facility_id: str
    retailers: tuple[Retailer, ...]

    def retailer(self, day: date) -> Retailer:
        """Who supplies on a day."""
        return next(one for one in reversed(self.retailers) if one.start <= day)


def supplies(found: Ledger, customers: Mapping[str, Customer]) -> list[Row]:
    """Rows of ``supplies.csv`` for every building that is a facility, month by month.

    Raises
    ------
    EnergyError
        MT-10 a facility without a retailer for the rest, MT-13 generators that are only planned.
    """
    rows: list[Row] = []
    matching = found.matching
    planned = [one.name for one in matching.generators if one.is_planned]
    if planned:
        raise EnergyError("MT-13", names=texts.listed(planned))
    for place, building in enumerate(matching.buildings):
        customer = customers.get(building)
        if customer is None:
            continue
        if not all(one.supplier for one in customer.retailers):
            raise EnergyError("MT-10", building=building)
        for number, month in enumerate(matching.calendar.months):
            here = matching.calendar.month_index == number
            rows += _month(found, customer, place, here, month)
    return rows


def factors(found: Ledger, held: Sequence[Certificate]) -> list[Row]:
    """Rows of ``factors/*.csv``: 0 for a generator whose tracked certificates were cancelled, with their numbers."""
    first, stop = found.matching.calendar.start, found.matching.calendar.end
    return [
        {
            "factor_id": f"matched-{one.generator_id}", "item": ELECTRICITY, "supplier": one.name, "menu": None,
            "gas": "CO2", "value": ZERO, "mass": "t", "per": "kWh", "valid_from": first, "valid_to": stop,
            "source": texts.listed(names), "locator": None, "status": "unconfirmed",
        }
        for one in found.matching.generators
        if not one.own and (names := [each.certificate_id for each in held if each.serves(one)])
    ]  # fmt: skip


def _month(found: Ledger, customer: Customer, place: int, here: Ints, month: Month) -> Iterator[Row]:
    used = int(found.matching.loads[place][here].sum())
    rest = ONE
    for number, one in enumerate(found.matching.generators):
        if one.own:
            continue
        certified = int(found.cancelled[number, place][here].sum())
        share = (Decimal(certified) / used).quantize(DIGITS, ROUND_DOWN) if used else ZERO
        if share:
            rest -= share
            yield _row(customer.facility_id, one.name, None, month, share)
    retailer = customer.retailer(month.start)
    yield _row(customer.facility_id, retailer.supplier, retailer.menu, month, rest)


def _row(facility: str, supplier: str, menu: str | None, month: Month, share: Decimal) -> Row:
    return {
        "facility_id": facility, "item": ELECTRICITY, "supplier": supplier, "menu": menu, "valid_from": month.start,
        "valid_to": month.end, "share": share, "meter_id": None,
    }  # fmt: skip
