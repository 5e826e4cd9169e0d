"""The charts of an analysis, each with its table; they draw what the figures say and work nothing out."""

from __future__ import annotations

from kotsukotsu.documents.analysis.charts.causes import causes
from kotsukotsu.documents.analysis.charts.energies import changes, electricity, rates, shares
from kotsukotsu.documents.analysis.charts.facilities import facilities, pareto
from kotsukotsu.documents.analysis.charts.index import index
from kotsukotsu.documents.analysis.charts.places import main, waste
from kotsukotsu.documents.analysis.charts.stacks import energy, of_facility, others, totals

__all__ = [
    "causes", "changes", "electricity", "energy", "facilities", "index", "main", "of_facility", "others", "pareto",
    "rates", "shares", "totals", "waste",
]  # fmt: skip
