"""The library of measures: what each changes, by how much, on which assumption and from which source."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.planning.effects import Formula, Step, Worked
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.planning.published_costs import told
from kotsukotsu.rounding import plain, printed
from kotsukotsu.schema import Row

DATA = Path(__file__).parent / "data"
UNIT = Decimal(1)
RENEWAL = ("renewal_fy", "renewal_discount")


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of measure.

    Attributes
    ----------
    step, formula : str
        Where it stands in the order of effects, and what it does; see `effects`.
    items : tuple of str
        Items it changes.
    to_item, to_use : str
        Item that takes their place, and the use in which it is burnt.
    along : tuple of str
        Items that fall by the same part with it, such as the distance that a car no longer runs on petrol.
    value : Decimal
        The number of its formula. [value_unit]
    size_unit : str
        Unit of its size at a facility: kW, kWh, or 1 for the part of the facility that it reaches.
    cost_yen, running_yen : Decimal or None
        For one unit of size, None where only an estimate can tell. [yen], [yen/year]
    cost_source, cost_status : str
        Who publishes the cost and how far it may be trusted; ``definition`` where nothing is bought.
    life_source : str
        Where the years of its life come from.
    assumption : str
        What the number takes for granted, in the language of the interface.
    status : str
        How far the number may be trusted; an assumption of this tool is ``unconfirmed``.
    """

    measure: str
    rank: int
    name_ja: str
    name_en: str
    step: Step
    formula: Formula
    items: tuple[str, ...]
    to_item: str
    to_use: str
    along: tuple[str, ...]
    value: Decimal
    value_unit: str
    size_unit: str
    assumption_ja: str
    assumption_en: str
    cost_yen: Decimal | None
    running_yen: Decimal | None
    cost_source: str
    cost_status: str
    cost_note_ja: str
    cost_note_en: str
    life_source: str
    life_years: int
    lead_years: int
    source: str
    status: str

    @property
    def name(self) -> str:
        """Name in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.name_en

    @property
    def assumption(self) -> str:
        """Assumption in the language of the interface."""
        return self.assumption_ja if texts.language() == "ja" else self.assumption_en

    @property
    def cost_note(self) -> str:
        """What belongs to its yearly cost, in the language of the interface."""
        return self.cost_note_ja if texts.language() == "ja" else self.cost_note_en

    def at(self, key: str, size: Decimal, value: Decimal | None = None) -> Worked:
        """The measure at a facility, to be worked in order; `value` takes the place of the library's."""
        number = self.value if value is None else value
        return Worked(
            key, self.rank, self.step, self.formula, self.items, self.to_item, number, size, self.to_use, self.along
        )  # fmt: skip


@cache
def library() -> Mapping[str, Measure]:
    """Every measure by its key, in the order of the table."""
    with (DATA / "measures.csv").open(encoding="utf-8", newline="") as file:
        return {row["measure"]: _measure(row, rank) for rank, row in enumerate(csv.DictReader(file))}


def _measure(row: Mapping[str, str], rank: int) -> Measure:
    text = {name: row[name] for name in TEXTS}
    return Measure(
        rank=rank,
        step=cast("Step", row["step"]),
        formula=cast("Formula", row["formula"]),
        items=_names(row["items"]),
        along=_names(row["along"]),
        value=Decimal(row["value"]),
        cost_yen=Decimal(row["cost_yen"]) if row["cost_yen"] else None,
        running_yen=Decimal(row["running_yen"]) if row["running_yen"] else None,
        life_years=int(row["life_years"]),
        lead_years=int(row["lead_years"]),
        **text,
    )


TEXTS = (
    *("measure", "name_ja", "name_en", "to_item", "to_use", "value_unit", "size_unit"),
    *("assumption_ja", "assumption_en", "source", "status"),
    *("cost_source", "cost_status", "cost_note_ja", "cost_note_en", "life_source"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure that a city thinks of at one facility: a line of measures.csv.

    Attributes
    ----------
    cost_yen, running_yen : Decimal
        Capex and change of the yearly costs. [yen], [yen/year]
    has_default_cost : bool
        Whether its capex is the library's, for want of an estimate.
    groups : tuple of str
        Names of exclusive groups: of each at most one measure is taken.
    requires : tuple of str
        Ids of measures that must start no later.
    """

    measure_id: str
    facility_id: str
    measure: Measure
    size: Decimal
    value: Decimal | None
    cost_yen: Decimal
    running_yen: Decimal
    has_default_cost: bool
    earliest_fy: int | None
    groups: tuple[str, ...]
    requires: tuple[str, ...]
    subsidy: str | None
    renewal_fy: int | None
    renewal_discount: Decimal

    @property
    def worked(self) -> Worked:
        """To be worked in order with the others at its facility."""
        return self.measure.at(self.measure_id, self.size, self.value)


class MeasuresError(PlanningError):
    """Several faults of what a city enters of its measures, told together.

    Attributes
    ----------
    findings : tuple of Finding
        Each fault by itself.
    """

    most = 1000  # of a code on the terminal: a city mends them all at once

    def __init__(self, faults: Sequence[Finding], /) -> None:
        self.findings = tuple(faults)
        super().__init__("ME-00", count=len(faults))


def refuse(faults: Sequence[Finding]) -> None:
    """Raise a single fault as it is, and several together; nothing where there is none."""
    if len(faults) > 1:
        raise MeasuresError(faults)
    for fault in faults:
        raise PlanningError(fault.code, **fault.data)


def planned(rows: Iterable[Row]) -> list[Planned]:
    """The lines of measures.csv.

    Raises
    ------
    PlanningError
        ME-01 a measure that the library lacks; ME-02 another unit than the measure's; ME-03 no cost, neither in the
        line nor in the library; ME-04 an id given twice; ME-07 a number that cannot be. ME-00 for several of them.
    """
    rows = list(rows)
    refuse([*_repeated(rows), *(fault for row in rows for fault in _faults(row))])
    return [_planned(row, library()[row["measure"]]) for row in rows]


def _repeated(rows: Iterable[Row]) -> Iterator[Finding]:
    counts = Counter(row["measure_id"] for row in rows)
    return (Finding("ME-04", data={"measure_id": key}) for key, count in counts.items() if count > 1)


def _planned(row: Row, measure: Measure) -> Planned:
    size = UNIT if row["size"] is None else row["size"]
    return Planned(
        row["measure_id"],
        row["facility_id"],
        measure,
        size,
        row["value"],
        _money(row["cost_yen"], measure.cost_yen, size),
        _money(row["running_yen"], measure.running_yen, size),
        row["cost_yen"] is None,
        row["earliest_fy"],
        _names(row["group"]),
        _names(row["requires"]),
        row["subsidy"],
        row["renewal_fy"],
        row["renewal_discount"] or Decimal(0),
    )


def _money(own: Decimal | None, per_size: Decimal | None, size: Decimal) -> Decimal:
    """The city's own figure, else the library's for the size; `_costs` has refused a line with neither. [yen]"""
    return (per_size or Decimal(0)) * size if own is None else own


def _faults(row: Row) -> Iterator[Finding]:
    """Everything that is wrong with a line by itself."""
    measure = library().get(row["measure"])
    if measure is None:
        data = {"measure": row["measure"], "known": texts.listed(library())}
        yield Finding("ME-01", data={"measure_id": row["measure_id"], **data})
        return
    if row["unit"] not in (None, measure.size_unit):
        data = {"unit": row["unit"], "expected": measure.size_unit}
        yield Finding("ME-02", data={"measure_id": row["measure_id"], **data})
    yield from _beyond(row, measure)
    yield from _costs(row, measure)


def _beyond(row: Row, measure: Measure) -> Iterator[Finding]:
    """ME-07: what no measure of its kind can be, a share above 1, an amount of no or a negative size."""
    share = None if measure.formula == "amount" else UNIT
    limits = {"size": share, "value": None if measure.formula == "switch" else share, "cost_yen": None,
              "renewal_discount": UNIT}  # fmt: skip
    for column, most in limits.items():
        value = row[column]
        if value is None and (column != "size" or share is not None):
            continue
        if value is None or not 0 <= value <= (value if most is None else most):
            said = texts.label("measures.empty") if value is None else plain(Decimal(value))
            limit = texts.label("measures.range.any" if most is None else "measures.range.share")
            names = {"name": measure.name, "column": column, "value": said, "range": limit}
            yield Finding("ME-07", data={"measure_id": row["measure_id"], "unit": measure.size_unit, **names})


def _costs(row: Row, measure: Measure) -> Iterator[Finding]:
    """ME-03: a cost that neither the line nor the library has, with what is published of it."""
    for column, known in (("cost_yen", measure.cost_yen), ("running_yen", measure.running_yen)):
        if row[column] is None and known is None:
            note = measure.cost_note if column == "running_yen" else told(measure.measure)
            names = {"name": measure.name, "facility_id": row["facility_id"], "note": note}
            data = {**names, "column": column, "cost": texts.label(f"measures.{column}")}
            yield Finding("ME-03", data={"measure_id": row["measure_id"], **data})


def unheeded(measures: Iterable[Planned], last_fy: int) -> Iterator[Finding]:
    """What a city enters of its measures and a plan to a fiscal year cannot heed: ME-08, ME-09."""
    for one in measures:
        names = {"measure_id": one.measure_id, "name": one.measure.name}
        if one.earliest_fy is not None and one.earliest_fy > last_fy:
            yield Finding("ME-08", data={**names, "fy": one.earliest_fy, "last": last_fy})
        if (one.renewal_fy is None) != (not one.renewal_discount):
            known, lacking = ("renewal_discount", "renewal_fy") if one.renewal_fy is None else RENEWAL
            yield Finding("ME-09", data={**names, "column": known, "other": lacking})


def default_costs(measures: Iterable[Planned]) -> list[str]:
    """For every kind whose own cost entered for want of an estimate: which, how often, and where it comes from."""
    counts = Counter(each.measure.measure for each in measures if each.has_default_cost)
    return [_default_cost(one, counts[one.measure]) for one in library().values() if one.measure in counts]


def _default_cost(measure: Measure, count: int) -> str:
    yen = measure.cost_yen or Decimal(0)
    unit = "" if measure.size_unit == "1" else measure.size_unit
    status = texts.label(f"measures.cost_status.{measure.cost_status}")
    data = {"name": measure.name, "count": count, "source": measure.cost_source, "status": status}
    kind = "some" if yen else "none"
    return texts.label(f"measures.default_cost.{kind}", **data, yen=printed(yen), unit=unit)


def _names(cell: str | None) -> tuple[str, ...]:
    return tuple(name for name in (cell or "").split(";") if name)
