"""Names: everything that a row refers to exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kotsukotsu import texts, units
from kotsukotsu.catalogue.checks import fault
from kotsukotsu.catalogue.model import Catalogue, Factor, Located
from kotsukotsu.findings import Finding

REGIMES = {"sekorei3", "shk", "both", "energy_act"}
PURE_NUMBER = "1"


def unknown_names(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-10: a source, edition, item, supplier, status or regime that no table holds."""
    known: dict[str, Iterable[str]] = {
        "source": catalogue.sources,
        "edition": catalogue.editions,
        "item": catalogue.items,
        "status": catalogue.statuses,
        "regime": REGIMES,
        "supplier": {"", *catalogue.suppliers},
        "weight": {"", *(row.key for row in catalogue.energy_act)},
    }
    for rows in _tables(catalogue):
        names = [name for name in known if rows and hasattr(rows[0], name)]
        for row in rows:
            for name in names:
                if getattr(row, name) not in known[name]:
                    yield _unknown(row, name, getattr(row, name))
    yield from _gap_names(catalogue)


def _unknown(row: Located, name: str, value: str) -> Finding:
    return fault("CA-10", row, kind=texts.label(f"catalogue.kind.{name}"), value=value)


def _tables(catalogue: Catalogue) -> tuple[tuple[Any, ...], ...]:
    """Tables whose rows name others; a gap may name the supplier ``*`` and stands apart."""
    return (
        catalogue.factors,
        catalogue.heat_values,
        catalogue.carbon,
        catalogue.gwps,
        catalogue.conversions,
        catalogue.use_rows,
        catalogue.breaks,
        tuple(catalogue.rules.values()),
        catalogue.energy_act,
        tuple(catalogue.energy_act_items.values()),
        catalogue.national_plan,
    )


def _gap_names(catalogue: Catalogue) -> Iterator[Finding]:
    for row in catalogue.gaps:
        if row.item not in catalogue.items:
            yield _unknown(row, "item", row.item)
        if row.supplier not in {"", "*", *catalogue.suppliers}:
            yield _unknown(row, "supplier", row.supplier)


def unknown_units(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-13: a unit that ``units.csv`` lacks."""
    for row, names in _units(catalogue):
        for name in names:
            if not units.is_known(name) and name != PURE_NUMBER:
                yield fault("CA-13", row, unit=name)


def _units(catalogue: Catalogue) -> Iterator[tuple[Located, tuple[str, ...]]]:
    yield from ((item, (item.unit,)) for item in catalogue.items.values())
    yield from ((row, (row.energy, row.per)) for row in catalogue.heat_values)
    yield from ((row, (row.mass, row.per)) for row in catalogue.carbon)
    yield from ((row, (row.from_unit, row.to_unit)) for row in catalogue.conversions)
    yield from ((row, tuple(row.unit.split("/"))) for row in catalogue.energy_act)
    yield from ((row, tuple(row.unit.split("/"))) for row in catalogue.rules.values())


def repeated_factor_ids(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-14: two factors of one number, so that a trace could not tell them apart."""
    seen: dict[str, Factor] = {}
    for factor in catalogue.factors:
        first = seen.setdefault(factor.factor_id, factor)
        if first is not factor:
            yield fault("CA-14", factor, id=factor.factor_id, first=f"{first.file}:{first.line}")
