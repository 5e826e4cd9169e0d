"""The same programme again and again with other bounds.

Sizes, prices and the load of an option change bounds and costs of the programme, not its matrix. The first system, the
anchor, is solved from nothing; every other one begins where the anchor ended, or a programme that is nearer to it,
which takes about a quarter of the time.
"""

from __future__ import annotations

import highspy
import numpy as np

from kotsukotsu.energy.dispatch.build import built
from kotsukotsu.energy.dispatch.checks import check
from kotsukotsu.energy.dispatch.lp import Programme
from kotsukotsu.energy.dispatch.model import System
from kotsukotsu.energy.dispatch.solve import Plan, optimal, read, solved
from kotsukotsu.energy.refusals import StudyError


class Again:
    """Plans of least cost for systems of one shape.

    Attributes
    ----------
    basis : highspy.HighsBasis
        Where the last programme ended.
    """

    def __init__(self, anchor: System) -> None:
        check(anchor)
        made = built(anchor)
        self._highs = solved(made.programme)
        self.basis = self._start = self._highs.getBasis()
        self._shape = made.programme.matrix()

    def optimal(self, system: System, start: highspy.HighsBasis | None = None) -> Plan:
        """The plan; of a system of another shape it is found from nothing.

        Parameters
        ----------
        start : HighsBasis, optional
            Where a programme ended that is near to this one; the anchor's end if left out.
        """
        check(system)
        made = built(system)
        programme = made.programme
        (starts, columns, values), (own_starts, own_columns, own_values) = programme.matrix(), self._shape
        if not (np.array_equal(starts, own_starts) and np.array_equal(columns, own_columns)
                and np.array_equal(values, own_values)):  # fmt: skip
            return optimal(system)
        self._change(programme)
        self._highs.setBasis(start or self._start)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise StudyError("ED-01", status=self._highs.modelStatusToString(status))
        self.basis = self._highs.getBasis()
        return read(system, made, self._highs)

    def _change(self, programme: Programme) -> None:
        """Costs and bounds of the programme in place of those before."""
        columns = np.arange(programme.columns, dtype=np.int32)
        rows = np.arange(programme.rows, dtype=np.int32)
        self._highs.changeColsCost(programme.columns, columns, programme.cost())
        self._highs.changeColsBounds(programme.columns, columns, *programme.bounds())
        self._highs.changeRowsBounds(programme.rows, rows, *programme.sides())  # type: ignore[attr-defined]
