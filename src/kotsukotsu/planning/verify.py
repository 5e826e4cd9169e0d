"""The figures printed in a plan, checked against each other and against what can be recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.findings import Finding
from kotsukotsu.planning import verify_headline, verify_ledger, verify_lists, verify_tables
from kotsukotsu.planning.verify_claims import UNEXPLAINED, UNIT, Claim, suspects
from kotsukotsu.planning.verify_print import FACILITIES, SUBTOTALS, Print
from kotsukotsu.schema import Row

NO_CLAIMS = (FACILITIES, SUBTOTALS)


@dataclass(frozen=True, slots=True)
class Verification:
    """Every claim that was checked, and what the lists show."""

    claims: tuple[Claim, ...]
    of_lists: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """V-01 … V-14; V-05 if nothing could be checked."""
        if not self.claims:
            return (Finding("V-05"), *self.of_lists)
        differences = (found for claim in self.claims if (found := claim.finding()))
        return (*differences, *suspects(self.claims), *self.of_lists)

    @property
    def unexplained(self) -> bool:
        """Whether a difference is left that rounding does not explain."""
        return any(claim.outcome in (UNEXPLAINED, UNIT) for claim in self.claims)

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many claims of each kind came out how."""
        found: dict[str, dict[str, int]] = {}
        for claim in self.claims:
            outcomes = found.setdefault(claim.kind, {})
            outcomes[claim.outcome] = outcomes.get(claim.outcome, 0) + 1
        return found


def verify(
    print_: Print, printed: Iterable[Row] = (), inventories: Mapping[int, Inventory] | None = None
) -> Verification:
    """Check a plan's printed figures.

    Parameters
    ----------
    print_ : Print
        Tables and text of the plan.
    printed : iterable of rows
        Printed totals (schema ``printed_totals``).
    inventories : mapping, optional
        Fiscal year to inventory, for the years that can be recomputed.
    """
    known = inventories or {}
    claims = (
        *_of_tables(print_), *verify_headline.claims_of(print_), *verify_tables.subtotals(print_),
        *verify_ledger.claims_of(printed, known), *verify_ledger.of_headline(print_, known),
    )  # fmt: skip
    return Verification(claims, tuple(verify_lists.findings_of(print_)))


def _of_tables(print_: Print) -> Iterator[Claim]:
    for name, table in print_.tables.items():
        if name not in NO_CLAIMS:
            whole = verify_headline.whole_of_main(print_) if name == verify_headline.MAIN else None
            yield from verify_tables.claims_of(table, whole)
