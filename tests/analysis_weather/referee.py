"""Change-point regression once more: plain loops, normal equations, every balance point of a fine grid.

Written from the equations of the forms; no code of the library's own.
"""

from __future__ import annotations

COARSE, FINE = 0.25, 0.01
SHAPES = {"3PH": (("h",), 1), "3PC": (("c",), 1), "4P": (("h", "c"), 1), "5P": (("h", "c"), 2)}


def solve(matrix: list[list[float]], right: list[float]) -> list[float] | None:
    """Gaussian elimination with pivots."""
    n = len(right)
    rows = [[*matrix[i], right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        if abs(rows[pivot][i]) < 1e-9:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(n):
            if k != i:
                ratio = rows[k][i] / rows[i][i]
                rows[k] = [a - ratio * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def degrees(kind: str, balance: float, values: list[float]) -> float:
    total = 0.0
    for value in values:
        gap = balance - value if kind == "h" else value - balance
        if gap > 0:
            total += gap
    return total / len(values)


class Referee:
    def __init__(self, use, temperatures, days, shape):
        self.use, self.temperatures, self.days = use, temperatures, days
        self.kinds, self.balances = SHAPES[shape]
        self.means = [sum(values) / len(values) for values in temperatures]
        self.table = {}

    def column(self, kind, balance):
        if (kind, balance) not in self.table:
            self.table[kind, balance] = [degrees(kind, balance, values) for values in self.temperatures]
        return self.table[kind, balance]

    def at(self, points):
        """Sum of squares and coefficients at given balance points, None where the form does not hold."""
        cold = sum(mean < points[0] for mean in self.means)
        warm = sum(mean > points[-1] for mean in self.means)
        heats, cools = "h" in self.kinds, "c" in self.kinds
        level = len(self.means) - cold * heats - warm * cools
        one_sided = len(self.kinds) == self.balances
        if (heats and cold < 3) or (cools and warm < 3) or (one_sided and level < 2):
            return None
        columns = [[1.0] * len(self.use)]
        columns += [self.column(kind, points[min(k, len(points) - 1)]) for k, kind in enumerate(self.kinds)]
        matrix = [[sum(w * a * b for w, a, b in zip(self.days, p, q, strict=True)) for q in columns] for p in columns]
        right = [sum(w * a * y for w, a, y in zip(self.days, p, self.use, strict=True)) for p in columns]
        found = solve(matrix, right)
        if found is None or (one_sided and min(found[1:]) <= 0):
            return None
        total = 0.0
        for i, use in enumerate(self.use):
            total += self.days[i] * (use - sum(c * column[i] for c, column in zip(found, columns, strict=True))) ** 2
        return total * len(self.days) / sum(self.days), points, found

    def best(self):
        low, high = min(self.means), max(self.means)
        coarse = [low + COARSE * n for n in range(int((high - low) / COARSE) + 1)]
        near = self.search([coarse] * self.balances)
        if near is None:
            return None
        fine = [[p + FINE * n for n in range(-int(COARSE / FINE), int(COARSE / FINE) + 1)] for p in near[1]]
        return self.search(fine)

    def search(self, axes):
        best = None
        first = axes[0]
        for one in first:
            others = [()] if self.balances == 1 else [(other,) for other in axes[1] if other >= one]
            for other in others:
                found = self.at((one, *other))
                if found and (best is None or found[0] < best[0]):
                    best = found
        return best
