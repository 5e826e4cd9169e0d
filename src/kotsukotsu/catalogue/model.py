"""The rows of the catalogue: one class per table of ``data``; a field is a column of its CSV.

Every row knows the file and line it was read from. Fields that no CSV holds come last and have a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu import texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a row stands, for messages and the trace."""

    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source(Located):
    """A document; empty cells are what is not known of it."""

    source_id: str
    title: str
    publisher: str
    published: str
    url: str
    retrieved: str
    sha256: str
    note: str


@dataclass(frozen=True, slots=True)
class Edition(Located):
    """A version of a law or list, and the fiscal years that it answers for, first and last."""

    edition: str
    title: str
    covers_from: int
    covers_to: int
    released: str
    note: str


@dataclass(frozen=True, slots=True)
class Status(Located):
    """How far a value is to be trusted; 1 is best, and a figure on a status that `warns` says so."""

    status: str
    order: int
    name_ja: str
    name_en: str
    warns: bool

    @property
    def name(self) -> str:
        """The name in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.name_en


@dataclass(frozen=True, slots=True)
class Item(Located):
    """What a bill counts: its base unit, the gases it needs factors for, and how it is counted.

    Attributes
    ----------
    gases : tuple of str
        Gases that every row of the item must have a factor for.
    uses : tuple of str
        Uses that a row may name.
    measure : str
        ``flow``, or ``stock``: a count per year, such as vehicles.
    counts : str
        ``emission``, or ``record``: recorded only, without emission by definition.
    """

    item: str
    name_ja: str
    name_en: str
    unit: str
    group: str
    gases: tuple[str, ...]
    uses: tuple[str, ...]
    measure: str
    counts: str
    biogenic: bool
    order: int
    note: str

    @property
    def name(self) -> str:
        """The name in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.name_en

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Use(Located):
    """Gases besides the item's own where a row names this use (施行令第3条第1項第2号・第3号)."""

    item: str
    use: str
    gases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supplier(Located):
    """A retailer of electricity, gas or heat, a grid operator, or a value named in a contract."""

    supplier_id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Factor(Located):
    """An emission factor: `value` [mass/per] of `gas`, in force in ``[valid_from, valid_to)``.

    Attributes
    ----------
    family : str
        ``rounded`` (published per unit), ``exact`` (heat value x carbon x 44/12) or empty where there is one value.
    value : Decimal
        With the digits as published; of the exact family, rounded for display.
    thirds : Decimal
        Three times the tonnes of the gas per base unit of the item, without rounding. [t/3]
    conversion : str
        The conversion between the item's base unit and `per` that `thirds` rests on, empty for none.
    """

    factor_id: str
    regime: str
    item: str
    supplier: str
    menu: str
    kind: str
    family: str
    gas: str
    value: Decimal
    mass: str
    per: str
    valid_from: date
    valid_to: date | None
    source_fy: int | None
    edition: str
    source: str
    locator: str
    status: str
    note: str
    thirds: Decimal = Decimal(0)
    conversion: str = ""


@dataclass(frozen=True, slots=True)
class HeatValue(Located):
    """Energy content (単位発熱量) of an item [energy/per]."""

    item: str
    regime: str
    kind: str
    value: Decimal
    energy: str
    per: str
    valid_from: date
    valid_to: date | None
    edition: str
    source: str
    locator: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Carbon(Located):
    """Carbon content (排出係数, as carbon) of a fuel [mass of carbon/per]."""

    factor_id: str
    item: str
    regime: str
    supplier: str
    value: Decimal
    mass: str
    per: str
    valid_from: date
    valid_to: date | None
    edition: str
    source: str
    locator: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Gwp(Located):
    """Global warming potential (地球温暖化係数); `in_total` is whether the regime's total counts the gas [1]."""

    regime: str
    gas: str
    set: str
    value: Decimal
    valid_from: date
    valid_to: date | None
    in_total: bool
    edition: str
    source: str
    locator: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Conversion(Located):
    """How many `to_unit` make one `from_unit` of an item; one that is no default must be chosen by the city."""

    conversion_id: str
    item: str
    from_unit: str
    to_unit: str
    value: Decimal
    valid_from: date | None
    valid_to: date | None
    default: bool
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Gap(Located):
    """Years that a published series lacks here: results years for electricity, else fiscal years of use.

    `supplier` ``*`` speaks of every supplier; it explains why a factor is lacking without excusing the series.
    """

    item: str
    supplier: str
    menu: str
    kind: str
    from_fy: int
    to_fy: int
    reason: str
    regime: str


@dataclass(frozen=True, slots=True)
class SeriesBreak(Located):
    """The results year from which a series means something else."""

    series: str
    from_fy: int
    title_ja: str
    title_en: str
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class MenuSeries(Located):
    """Menus whose name `contains` a word continue one series from list to list."""

    contains: str
    series: str


@dataclass(frozen=True, slots=True)
class Rule(Located):
    """A number or formula of a manual that is no factor; a formula has no value."""

    rule_id: str
    name_ja: str
    value: Decimal | None
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class EnergyActValue(Located):
    """A number of 省エネ法 that is no heat value."""

    key: str
    name_ja: str
    value: Decimal
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class EnergyActItem(Located):
    """An item that 省エネ法 counts as energy only from a day on; items without a row always were.

    `weight` names the number of `EnergyActValue` by which it counts in the 原単位; empty for whole.
    """

    item: str
    weight: str
    valid_from: date
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class NationalValue(Located):
    """A figure of the national plan; a range runs from `value` to `value_high`."""

    key: str
    plan: str
    sector: str
    name_ja: str
    gas: str
    fiscal_year: int
    measure: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class RoundingException(Located):
    """A published factor that is not heat value x carbon x 44/12 within its digits, and why it is kept."""

    factor_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The law as data, checked."""

    version: str
    sources: Mapping[str, Source]
    editions: Mapping[str, Edition]
    statuses: Mapping[str, Status]
    items: Mapping[str, Item]
    use_rows: tuple[Use, ...]
    suppliers: Mapping[str, Supplier]
    factors: tuple[Factor, ...]
    heat_values: tuple[HeatValue, ...]
    carbon: tuple[Carbon, ...]
    gwps: tuple[Gwp, ...]
    conversions: tuple[Conversion, ...]
    gaps: tuple[Gap, ...]
    breaks: tuple[SeriesBreak, ...]
    menu_series: tuple[MenuSeries, ...]
    rules: Mapping[str, Rule]
    energy_act: tuple[EnergyActValue, ...]
    energy_act_items: Mapping[str, EnergyActItem]
    national_plan: tuple[NationalValue, ...]
    exceptions: Mapping[str, RoundingException]
    uses: Mapping[tuple[str, str], tuple[str, ...]]

    def energy_act_number(self, key: str) -> Decimal:
        """A number of 省エネ法 that is no heat value, by its key."""
        return next(row.value for row in self.energy_act if row.key == key)

    def series_of(self, menu: str) -> str:
        """The series that a menu continues: empty for the standard one (no menu, or 残差)."""
        for row in self.menu_series:
            if row.contains in menu:
                return row.series
        return menu

    def by_results(self, item: str) -> bool:
        """Whether the item's factors are chosen by the year of the suppliers' results, not by the day of use."""
        known = self.items.get(item)
        return known is not None and known.group == "electricity"

    def weaker(self, *statuses: str) -> str:
        """The status that is to be trusted least."""
        return max(statuses, key=lambda status: self.statuses[status].order)
