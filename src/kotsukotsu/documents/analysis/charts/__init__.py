"""The charts of an analysis, each with its table; they draw what the figures say and work nothing out."""

from __future__ import annotations

from kotsukotsu.documents.analysis.charts.causes import causes
from kotsukotsu.documents.analysis.charts.facilities import facilities, pareto
from kotsukotsu.documents.analysis.charts.index import index

__all__ = ["causes", "facilities", "index", "pareto"]
