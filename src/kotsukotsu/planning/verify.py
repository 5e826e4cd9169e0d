"""The figures printed in a plan, checked against each other and against what can be recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.findings import Finding
from kotsukotsu.planning import (
    verify_headline,
    verify_ledger,
    verify_legible,
    verify_lists,
    verify_repeated,
    verify_tables,
)
from kotsukotsu.planning.verify_claims import KINDS, UNEXPLAINED, UNIT, Claim, suspects
from kotsukotsu.planning.verify_print import FACILITIES, SUBTOTALS, Print
from kotsukotsu.planning.verify_sectors import SideBySide
from kotsukotsu.schema import Row

NO_CLAIMS = (FACILITIES, SUBTOTALS)


@dataclass(frozen=True, slots=True)
class Verification:
    """Every claim that was checked, the sector targets beside the computed ones, and what the lists show."""

    claims: tuple[Claim, ...]
    of_lists: tuple[Finding, ...]
    sectors: SideBySide | None = None
    unchecked: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """V-01 … V-24; V-05 if nothing could be checked."""
        if not self.claims:
            return (Finding("V-05"), *self.unchecked, *self.of_lists)
        differences = (found for claim in self.claims if (found := claim.finding()))
        of_sectors = self.sectors.findings() if self.sectors else ()
        return (*differences, *of_sectors, *suspects(self.claims), *self.unchecked, *self.of_lists)

    @property
    def unexplained_count(self) -> int:
        """Differences that rounding does not explain."""
        of_claims = sum(claim.outcome in (UNEXPLAINED, UNIT) for claim in self.claims)
        return of_claims + (len(self.sectors.findings()) if self.sectors else 0)

    @property
    def unexplained(self) -> bool:
        """Whether one is left."""
        return self.unexplained_count > 0

    @property
    def unread_count(self) -> int:
        """What is printed but could not be read or found, so that the check is not whole."""
        return sum(finding.severity == "error" for finding in self.unchecked)

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many claims of each kind came out how."""
        found: dict[str, dict[str, int]] = {}
        for claim in self.claims:
            outcomes = found.setdefault(claim.kind, {})
            outcomes[claim.outcome] = outcomes.get(claim.outcome, 0) + 1
        return found


def verify(
    print_: Print,
    printed: Iterable[Row] = (),
    inventories: Mapping[int, Inventory] | None = None,
    sectors: SideBySide | None = None,
    names: Mapping[str, str] | None = None,
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
    sectors : SideBySide, optional
        The printed sector targets beside those from the national plan.
    names : mapping, optional
        Facility to its name, under which the plan's tables have it.
    """
    known, totals = inventories or {}, list(printed)
    claims = (
        *_of_tables(print_), *verify_headline.claims_of(print_), *verify_tables.subtotals(print_),
        *verify_ledger.claims_of(totals, known), *verify_ledger.of_headline(print_, known),
        *verify_repeated.claims_of(print_, totals, names or {}),
    )  # fmt: skip
    ordered = sorted(claims, key=lambda claim: KINDS.index(claim.kind))
    unchecked = verify_legible.findings_of(print_, totals, ordered)
    return Verification(tuple(ordered), tuple(verify_lists.findings_of(print_)), sectors, tuple(unchecked))


def _of_tables(print_: Print) -> Iterator[Claim]:
    for name, table in print_.tables.items():
        if name not in NO_CLAIMS:
            whole = verify_headline.whole_of_main(print_) if name == verify_headline.MAIN else None
            yield from verify_tables.claims_of(table, whole)
