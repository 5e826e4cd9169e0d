"""Is the catalogue sound? Nothing is computed with one that is not."""

from __future__ import annotations

from kotsukotsu.catalogue.checks import references, time, values
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.findings import Finding

CHECKS = (
    references.unknown_names,
    references.unknown_units,
    references.repeated_factor_ids,
    time.periods,
    time.overlaps,
    time.undeclared_gaps,
    time.gaps_that_are_none,
    values.not_heat_times_carbon,
    values.negative_factors,
    values.gases_without_gwp,
    values.gases_without_factor,
    values.uses_without_factor,
)


def check(catalogue: Catalogue) -> list[Finding]:
    """Every fault of the catalogue, in the order of its checks; each names file and line."""
    return [finding for one in CHECKS for finding in one(catalogue)]
