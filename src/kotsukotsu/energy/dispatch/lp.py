"""A linear programme collected as arrays: whole families of columns and rows at once, never one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Term = tuple[Places, ArrayLike]
INFINITE = float("inf")


@dataclass(slots=True)
class Programme:
    """Columns with cost and bounds, rows with bounds and terms.

    Notes
    -----
    A family of `n` rows is given by terms (columns, coefficients), each broadcast to `n`: term k of row i is
    ``coefficients[i] * columns[i]``. A single column in all rows is one number.
    """

    columns: int = 0
    rows: int = 0
    _cost: list[Floats] = field(default_factory=list)
    _bounds: list[tuple[Floats, Floats]] = field(default_factory=list)
    _sides: list[tuple[Floats, Floats]] = field(default_factory=list)
    _terms: list[tuple[Places, Places, Floats]] = field(default_factory=list)

    def add(self, count: int, cost: ArrayLike = 0.0, lower: ArrayLike = 0.0, upper: ArrayLike = INFINITE) -> Places:
        """`count` new columns; their places."""
        self._cost.append(_spread(cost, count))
        self._bounds.append((_spread(lower, count), _spread(upper, count)))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def require(self, count: int, lower: ArrayLike, upper: ArrayLike, *terms: Term) -> Places:
        """`count` new rows ``lower <= sum of terms <= upper``; their places."""
        self._sides.append((_spread(lower, count), _spread(upper, count)))
        places = np.arange(self.rows, self.rows + count)
        for columns, coefficients in terms:
            self._terms.append((places, np.broadcast_to(columns, count), _spread(coefficients, count)))
        self.rows += count
        return places

    def model(self) -> highspy.HighsLp:
        """The same for HiGHS, rows after rows."""
        made = highspy.HighsLp()
        made.num_col_, made.num_row_ = self.columns, self.rows
        made.col_cost_ = self.cost()
        made.col_lower_, made.col_upper_ = self.bounds()
        made.row_lower_, made.row_upper_ = self.sides()
        starts, columns, values = self.matrix()
        made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        made.a_matrix_.start_, made.a_matrix_.index_, made.a_matrix_.value_ = starts, columns, values
        return made

    def cost(self) -> Floats:
        """Of each column."""
        return _joined(self._cost)

    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper of each column."""
        return _joined([pair[0] for pair in self._bounds]), _joined([pair[1] for pair in self._bounds])

    def sides(self) -> tuple[Floats, Floats]:
        """Lower and upper of each row."""
        return _joined([pair[0] for pair in self._sides]), _joined([pair[1] for pair in self._sides])

    def matrix(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
        """Starts of rows, columns and values; terms of nothing are left out."""
        if not self._terms:
            return np.zeros(self.rows + 1, np.int32), np.empty(0, np.int32), np.empty(0)
        rows, columns, values = (np.concatenate(parts) for parts in zip(*self._terms, strict=True))
        kept = values != 0
        rows, columns, values = rows[kept], columns[kept], values[kept]
        order = np.argsort(rows, kind="stable")
        starts = np.zeros(self.rows + 1, np.int32)
        np.cumsum(np.bincount(rows, minlength=self.rows), out=starts[1:])
        return starts, columns[order].astype(np.int32), values[order]


def _spread(value: ArrayLike, count: int) -> Floats:
    return np.broadcast_to(np.asarray(value, np.float64), count)


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0)
