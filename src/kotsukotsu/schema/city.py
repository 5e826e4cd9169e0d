"""A city as tables: the same whether it came from a city folder or from a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kotsukotsu.schema import Row

REQUIRED = ("facilities", "activities")
TABLES = (
    "departments",
    "facilities",
    "facility_departments",
    "supplies",
    "activities",
    "meters",
    "apportionments",
    "bodies",
    "wastes",
    "vehicles",
    "explanations",
    "restatements",
    "measures",
    "subsidies",
    "kpis",
    "assumptions",
    "weather",
    "progress",
    "reviews",
    "opinions",
    "errata",
    "intensity_bases",
    "renewables",
    "surveys",
    "power_mixes",
)
LONG = ("activities", "weather")  # read only by who asks for them


@dataclass(frozen=True, slots=True)
class City:
    """A municipality's tables.

    Attributes
    ----------
    folder : str
        Where it was read from, for messages.
    settings : mapping
        ``municipality.toml`` as read: ``municipality``, ``policy``.
    tables : mapping
        Table name to typed rows; a table without a file is empty. The `LONG` ones may be left out where nobody
        asks for them.
    factors : list of rows
        The city's own factors, of all files in ``factors/``; each row carries ``file``.
    printed : list of rows
        Totals of years for which only printed figures remain (schema ``printed_totals``).
    """

    folder: str
    settings: Mapping[str, Any]
    tables: Mapping[str, list[Row]]
    factors: list[Row] = field(default_factory=list)
    printed: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the municipality."""
        return str(self.settings["municipality"]["name"])

    @property
    def code(self) -> str:
        """全国地方公共団体コード, six digits."""
        return str(self.settings["municipality"]["code"])

    @property
    def base_fy(self) -> int:
        """Base fiscal year (基準年度)."""
        return int(self.settings["municipality"]["base_fy"])

    def table(self, name: str) -> list[Row]:
        """Rows of a table, empty if the city has none."""
        return self.tables.get(name, [])
