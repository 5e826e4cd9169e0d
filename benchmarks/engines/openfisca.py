"""openfisca-core: every row a person, every cell a household, factors as dated parameters; its numbers are float32."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.engines import coded
from benchmarks.law import Published

ROW = build_entity(key="row", plural="rows", label="", is_person=True)
CELL = build_entity(key="cell", plural="cells", label="", roles=[{"key": "member", "label": ""}])


class quantity(Variable):  # noqa: N801
    value_type, entity, definition_period = float, ROW, DateUnit.YEAR


class contract(Variable):  # noqa: N801
    value_type, entity, definition_period = int, ROW, DateUnit.YEAR


class row_tonnes(Variable):  # noqa: N801
    value_type, entity, definition_period = float, ROW, DateUnit.YEAR

    def formula(rows, period, parameters):  # noqa: N805
        factors = parameters(period.start).factors
        by_contract = np.array([getattr(factors, name, np.nan) for name in NAMES])
        return rows("quantity", period) * by_contract[rows("contract", period)]


class cell_tonnes(Variable):  # noqa: N801
    value_type, entity, definition_period = float, CELL, DateUnit.YEAR

    def formula(cells, period):  # noqa: N805
        return cells.sum(cells.members("row_tonnes", period))


NAMES: list[str] = []


def load(path: Path, factors: list[Published], _source: str):
    return coded.load(path, factors)


def compute(state):
    rows, factors = state
    codes = coded.coded(rows)
    system = TaxBenefitSystem([ROW, CELL])
    system.add_variables(quantity, contract, row_tonnes, cell_tonnes)
    system.parameters = _parameters(codes.contracts, coded.tonnes_of(codes.contracts, factors))
    amounts = rows["quantity"].to_numpy()
    return [pair for year in np.unique(codes.years) for pair in _year(system, codes, amounts, int(year))]


def _parameters(contracts, tonnes) -> ParameterNode:
    NAMES[:] = [f"c{number}" for number in range(len(contracts))]
    values = {
        name: {"values": {f"{fy}-04-01": {"value": float(value)}, f"{fy + 1}-04-01": {"value": None}}}
        for name, fy, value in zip(NAMES, contracts["fiscal_year"], tonnes, strict=True)
    }
    return ParameterNode("", data={"factors": values})


def _year(system, codes, amounts, year: int):
    chosen = codes.years == year
    numbers, inverse = np.unique(codes.cell[chosen], return_inverse=True)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("row", range(len(inverse)))
    cells = builder.declare_entity("cell", range(len(numbers)))
    builder.join_with_persons(cells, inverse, np.zeros(len(inverse), dtype=int))
    simulation = builder.build(system)
    period = Period((DateUnit.YEAR, Instant((year, 4, 1)), 1))
    simulation.set_input("quantity", period, amounts[chosen])
    simulation.set_input("contract", period, codes.contract[chosen])
    tonnes = simulation.calculate("cell_tonnes", period)
    return [(codes.cell_names[number], value) for number, value in zip(numbers, tonnes, strict=True)]


def cells(result) -> dict:
    return {(facility, item, int(fy)): float(tonnes) for (facility, item, fy), tonnes in result}
