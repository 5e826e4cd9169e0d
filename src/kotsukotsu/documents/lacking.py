"""Parts of a year that lack quantities: they are compared with nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kotsukotsu.accounting.completeness import MISSING
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import NOT_OCCURRING
from kotsukotsu.documents.model import Part
from kotsukotsu.documents.printing import Printer
from kotsukotsu.findings import Finding


class Lacking:
    """The facilities and items of a year that lack a month or a quantity."""

    def __init__(self, result: Inventory, findings: Iterable[Finding], printer: Printer) -> None:
        self.result, self.none = result, printer.emission(None)
        told = (finding.data for finding in findings if finding.code in MISSING)
        self.pairs = {(data["facility_id"], data["item"]) for data in told if "facility_id" in data}
        self.pairs |= {
            (group.facility_id, group.item) for group in result.groups if group.missing and group.basis != NOT_OCCURRING
        }

    def __call__(self, by: str, parts: Sequence[Part]) -> tuple[Part, ...]:
        """The parts by a column, those that lack something without their change."""
        codes = self._codes(by) if self.pairs else frozenset()
        return tuple(replace(one, change=self.none, rate=self.none) if one.code in codes else one for one in parts)

    def _codes(self, by: str) -> frozenset[str]:
        if by in ("facility", "item"):
            return frozenset(pair[("facility", "item").index(by)] for pair in self.pairs)
        rows = self.result.rows(("facility", "item", by))
        return frozenset(row.keys[by] for row in rows if (row.keys["facility"], row.keys["item"]) in self.pairs)
