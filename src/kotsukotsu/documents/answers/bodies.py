"""Numbers for the reports of the Energy Act and of SHK, for each body that reports on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.energy import ENERGY_GROUPS, EnergyLine
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.documents.printing import decimals
from kotsukotsu.documents.table import Row, Table

ENERGY_CO2, OTHER_CO2 = "energy_co2", "other_co2"
Namer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Names:
    """What people call bodies and items."""

    body: Namer
    item: Namer


def energy_table(lines: Sequence[EnergyLine], threshold: Decimal, names: Names, year: str) -> Table:
    """Heat and crude-oil equivalent by body and item, and whether a body's sum reaches the threshold."""
    rows: list[Row] = []
    for body, own in _by(lines, lambda line: line.body).items():
        for item, found in _by(own, lambda line: line.group.item).items():
            rows.append((names.body(body), names.item(item), *_sums(found), ""))
        oil = exact.total(line.crude_oil_kl for line in own)
        word = texts.label("energy_report.reached" if oil >= threshold else "energy_report.below")
        rows.append((names.body(body), texts.label("total"), *_sums(own), word))
    heads = tuple(texts.label(f"energy_report.head.{name}") for name in ("body", "item", "heat", "oil", "threshold"))
    note = texts.label("energy_report.note", threshold=decimals(threshold, 0))
    return Table(texts.label("energy_report.title", year=year), "", heads, tuple(rows), (), note)


def _sums(lines: Iterable[EnergyLine]) -> Row:
    found = list(lines)
    heat, oil = exact.total(one.heat_gj for one in found), exact.total(one.crude_oil_kl for one in found)
    return decimals(heat, 0, "GJ"), decimals(oil, 1, "kL")


def _by(lines: Iterable[EnergyLine], key: Callable[[EnergyLine], str]) -> dict[str, list[EnergyLine]]:
    found: dict[str, list[EnergyLine]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return dict(sorted(found.items()))


def gases_table(lines: Sequence[Line], catalogue: Catalogue, names: Names, year: str, problems: Sequence[str]) -> Table:
    """Emissions by body and by the gases of SHK; a year that cannot be computed under SHK says why."""
    found: Mapping[tuple[str, str], list[Line]] = _by_pair(lines, catalogue)
    rows: tuple[Row, ...] = tuple(
        (
            names.body(body), texts.label(f"shk.{gas}") if gas in (ENERGY_CO2, OTHER_CO2) else gas,
            decimals(exact.whole(exact.total(line.thirds_co2e for line in own)), 0, "t-CO2e"),
        )
        for (body, gas), own in sorted(found.items())
    )  # fmt: skip
    lacking: tuple[Row, ...] = tuple((texts.label("shk.lacking"), told, decimals(None, 0)) for told in problems)
    heads = tuple(texts.label(f"shk.head.{name}") for name in ("body", "gas", "tonnes"))
    unit = texts.label("doc.unit", unit="t-CO2e")
    return Table(texts.label("shk.title", year=year), unit, heads, (*rows, *lacking), (), texts.label("shk.note"))


def _by_pair(lines: Iterable[Line], catalogue: Catalogue) -> dict[tuple[str, str], list[Line]]:
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        is_energy = catalogue.items[line.item].group in ENERGY_GROUPS
        gas = line.gas if line.gas != "CO2" else ENERGY_CO2 if is_energy else OTHER_CO2
        found.setdefault((line.body, gas), []).append(line)
    return found
