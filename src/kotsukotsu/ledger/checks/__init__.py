"""The checks of a city's data, one module each: ``check(view) -> Outcome``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kotsukotsu.errors import LedgerError
from kotsukotsu.ledger.checks import (
    apportionments,
    bodies,
    closed_facilities,
    compositions,
    contracts,
    corrections,
    digits,
    duplicates,
    estimates,
    fleets,
    fuel_use,
    gaps,
    long_bills,
    missing_months,
    negatives,
    new_items,
    not_occurring,
    organisation,
    outliers,
    overlaps,
    periods,
    same_names,
    stocks,
    unit_kinds,
    unit_slips,
    unknown_ids,
)
from kotsukotsu.ledger.checks.outcome import Outcome
from kotsukotsu.ledger.checks.view import View

Check = Callable[[View], Outcome]

# Structure first, then the rows, then what they are compared with.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("corrections", corrections.check),
    ("periods", periods.check),
    ("digits", digits.check),
    ("unknown_ids", unknown_ids.check),
    ("same_names", same_names.check),
    ("unit_kinds", unit_kinds.check),
    ("missing_months", missing_months.check),
    ("duplicates", duplicates.check),
    ("overlaps", overlaps.check),
    ("fleets", fleets.check),
    ("gaps", gaps.check),
    ("long_bills", long_bills.check),
    ("stocks", stocks.check),
    ("negatives", negatives.check),
    ("not_occurring", not_occurring.check),
    ("estimates", estimates.check),
    ("outliers", outliers.check),
    ("unit_slips", unit_slips.check),
    ("new_items", new_items.check),
    ("closed_facilities", closed_facilities.check),
    ("fuel_use", fuel_use.check),
    ("contracts", contracts.check),
    ("apportionments", apportionments.check),
    ("bodies", bodies.check),
    ("organisation", organisation.check),
    ("compositions", compositions.check),
)


def run(view: View, names: Iterable[str] | None = None) -> list[Outcome]:
    """The outcome of every check, or of those named, in the order of `CHECKS`.

    Raises
    ------
    LedgerError
        LG-15 a name that is no check's.
    """
    known = [name for name, _ in CHECKS]
    wanted = known if names is None else list(names)
    for name in wanted:
        if name not in known:
            raise LedgerError("LG-15", name=name, known=", ".join(known))
    return [check(view) for name, check in CHECKS if name in wanted]
