"""The rows of the proof: every bill of a year with all that its emission is the product of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, Inexact
from functools import lru_cache

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.expand import ratio_to_base
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.model import Factor
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.rounding import plain

ROW = ("fiscal_year", "row", "facility", "item", "sector", "gas", "start", "end", "quantity", "unit", "to_base",
       "share", "factor", "gwp")  # fmt: skip
FACTOR = ("factor", "factor_id", "item", "gas", "value", "mass", "per", "value_to_tonnes", "tonnes_times_3",
          "supplier", "menu", "valid_from", "valid_to", "source", "locator", "status", "note")  # fmt: skip
Cells = tuple[str, ...]


class Factors:
    """Numbers for the factors of the rows, in the order in which they are first used."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._numbers: dict[tuple[str, Decimal], int] = {}
        self._known: list[Factor] = []

    def number(self, factor: Factor) -> str:
        """The number of a factor; the same factor after another conversion is another one."""
        key = (factor.factor_id, factor.thirds)
        if key not in self._numbers:
            self._numbers[key] = len(self._known) + 1
            self._known.append(factor)
        return str(self._numbers[key])

    def rows(self) -> Iterator[Cells]:
        """One line for each factor."""
        for number, factor in enumerate(self._known, 1):
            yield self._row(str(number), factor)

    def _row(self, number: str, factor: Factor) -> Cells:
        source = self._law.catalogue.sources.get(factor.source)
        supplier = self._law.catalogue.suppliers.get(factor.supplier)
        return (
            number, factor.factor_id, factor.item, factor.gas, format(factor.value, "f"), factor.mass, factor.per,
            _value_to_tonnes(factor), plain(factor.thirds), supplier.name if supplier else factor.supplier, factor.menu,
            factor.valid_from.isoformat(), factor.valid_to.isoformat() if factor.valid_to else "",
            source.title if source else factor.source, factor.locator, factor.status, factor.note,
        )  # fmt: skip


def _value_to_tonnes(factor: Factor) -> str:
    """What the printed value is multiplied by to give tonnes per base unit; empty where it is rounded for display."""
    if not factor.value or factor.family == "exact":
        return ""
    try:
        return plain(exact.exact_quotient(factor.thirds, exact.product(factor.value, Decimal(3))))
    except Inexact:
        return ""


def rows(fy: int, lines: Iterable[Line], law: Law, policy: Policy, factors: Factors) -> Iterator[Cells]:
    """One line for each bill and gas of a fiscal year.

    Parameters
    ----------
    lines : iterable of Line
        Of a trace, each with its row of the ledger.
    """
    ratios: dict[tuple[str, str], str] = {}
    again = lru_cache(plain)
    for line in lines:
        group, row = line.group, line.group.row
        pair = (line.item, group.unit)
        if pair not in ratios:
            ratios[pair] = plain(ratio_to_base(law.catalogue, policy, *pair, fy))
        yield (
            str(fy), row["activity_id"], group.facility_id, line.item, line.sector, line.gas, row["start"].isoformat(),
            row["end"].isoformat(), plain(group.quantity or Decimal(0)), group.unit, ratios[pair], again(line.share),
            factors.number(line.factor), again(line.gwp),
        )  # fmt: skip


def thirds_by(lines: Sequence[Line], kind: str) -> Mapping[str, Decimal]:
    """Three times the emission by a kind of key, exactly. [t-CO2e]"""
    parts: dict[str, list[Decimal]] = {}
    for line in lines:
        parts.setdefault(_KEYS[kind](line), []).append(line.thirds_co2e)
    return {key: exact.total(values) for key, values in parts.items()}


_KEYS: Mapping[str, Callable[[Line], str]] = {
    "total": lambda _: "",
    "item": lambda line: line.item,
    "facility": lambda line: line.group.facility_id,
    "sector": lambda line: line.sector,
    "gas": lambda line: line.gas,
}
KINDS = tuple(_KEYS)
