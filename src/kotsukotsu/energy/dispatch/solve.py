"""HiGHS for the programme of a system, and what it found by name."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from kotsukotsu.energy.dispatch.blocks import Built
from kotsukotsu.energy.dispatch.build import built
from kotsukotsu.energy.dispatch.checks import check
from kotsukotsu.energy.dispatch.lp import Floats, Programme
from kotsukotsu.energy.dispatch.model import System
from kotsukotsu.energy.refusals import StudyError

TINY = 1e-6
# Of a programme that is solved once from nothing: presolve finds little in it and costs more than it saves, and cheaper
# prices of the dual simplex's edges (Devex) take a third to a half of the time off (`benchmarks/energy_dispatch.py`).
ONCE = (("presolve", "off"), ("simplex_dual_edge_weight_strategy", 1))


@dataclass(frozen=True, slots=True)
class Plan:
    """The best plan of a system.

    Attributes
    ----------
    cost : float
        The programme's own objective. [yen]
    flows : mapping
        ``meter/asset/flow`` to an array. [kW, stores: kWh]
    sizes : mapping
        Chosen sizes by key.
    worth : mapping
        Rows by name: what one unit of their limit is worth; ``size/key`` the upper limit of a chosen size. [yen]
    """

    system: System
    cost: float
    flows: dict[str, Floats]
    sizes: dict[str, float]
    worth: dict[str, Floats]

    def flow(self, name: str) -> Floats:
        """A flow of the plan; nothing flows where the system has no such equipment."""
        if name in self.flows:
            return self.flows[name]
        meter = name.split("/", 1)[0]
        return np.zeros(next(found.slots for found in self.system.meters if found.name == meter))

    @property
    def unserved(self) -> float:
        """Energy that no plan could serve. [kWh]"""
        short = [values.sum() for name, values in self.flows.items() if name.endswith("/short")]
        power = [values.sum() for name, values in self.flows.items() if name.endswith("/unserved")]
        return float(sum(short) + sum(power) * self.system.hours)


def optimal(system: System) -> Plan:
    """The plan of least cost; always there, because what cannot be served is priced."""
    check(system)
    made = built(system)
    return read(system, made, solved(made.programme))


def solver(programme: Programme) -> highspy.Highs:
    """HiGHS with the programme, for the simplex method."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("solver", "simplex"), ("threads", 1)):
        made.setOptionValue(name, value)
    made.passModel(programme.model())
    return made


def solved(programme: Programme) -> highspy.Highs:
    """The programme at its optimum."""
    made = solver(programme)
    for name, value in ONCE:
        made.setOptionValue(name, value)
    made.run()
    if made.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise StudyError("ED-01", status=made.modelStatusToString(made.getModelStatus()))
    return made


def read(system: System, made: Built, done: highspy.Highs) -> Plan:
    """Values and duals by the names of flows and rows."""
    solution = done.getSolution()
    values, duals, costs = (np.array(part) for part in (solution.col_value, solution.row_dual, solution.col_dual))
    values[np.abs(values) < TINY] = 0.0
    return Plan(
        system,
        float(done.getInfo().objective_function_value),
        {name: values[places] for name, places in made.flows.items()},
        {key: float(values[place]) for key, place in made.sizes.items()},
        {name: duals[places] for name, places in made.rows.items()}
        | {f"size/{key}": costs[[place]] for key, place in made.sizes.items()},
    )
