"""A third program: another formulation (yearly spending on disaggregated subsidies), solved by SciPy's `milp`."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from kotsukotsu.planning.portfolio_model import SAVING, Problem


class Rows:
    def __init__(self, columns: int) -> None:
        self.columns, self.rows, self.low, self.high = columns, [], [], []

    def add(self, terms, low=-np.inf, high=np.inf) -> None:
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def constraint(self) -> LinearConstraint:
        matrix = lil_matrix((len(self.rows), self.columns))
        for number, terms in enumerate(self.rows):
            for column, value in terms:
                matrix[number, column] += value
        return LinearConstraint(matrix.tocsr(), self.low, self.high)


def best(problem: Problem) -> float:
    """Value of the best plan: present cost, or tonnes. Column z(m,y): m has started by y; s(m,y): its own subsidy."""
    years, options = problem.years, problem.options
    count = len(options)
    z = {(o.key, y): i * years + y for i, o in enumerate(options) for y in range(years)}
    s = {(o.key, y): (count + i) * years + y for i, o in enumerate(options) for y in range(years)}
    rows, cost = Rows(2 * count * years), np.zeros(2 * count * years)
    worth = [float(d) for d in problem.discounts]

    def started(key, year, value):
        before = [(z[key, year - 1], -value)] if year else []
        return [(z[key, year], value), *before]

    for o in options:
        for y in range(years):
            late = y >= o.earliest
            rows.add(started(o.key, y, 1.0), 0.0, 1.0 if late and y < years - o.lead else 0.0)
            if problem.form == SAVING:
                if y + o.lead < years:
                    cost[z[o.key, y]] -= float(o.saving[y + o.lead])
            else:
                for column, value in started(o.key, y, float(o.price(y)) * worth[y]):
                    cost[column] += value
                cost[s[o.key, y]] -= worth[y]
                if y + o.lead < years:
                    cost[z[o.key, y]] += float(o.running) * worth[y + o.lead]
            rate = next((float(p.rate) for p in problem.programmes if p.key == o.programme), 0.0)
            rows.add([(s[o.key, y], 1.0), *started(o.key, y, -rate * float(o.price(y)))], -np.inf, 0.0)
    for y in range(years):
        spent = [t for o in options for t in started(o.key, y, float(o.price(y)))]
        rows.add([*spent, *((s[o.key, y], -1.0) for o in options)], high=float(problem.budgets[y]))
        for p in problem.programmes:
            rows.add([(s[o.key, y], 1.0) for o in options if o.programme == p.key], high=float(p.limits[y]))
        for a, b in problem.requires:
            rows.add([(z[a, y], 1.0), (z[b, y], -1.0)], high=0.0)
    for group in problem.exclusive:
        rows.add([(z[key, years - 1], 1.0) for key in group], high=1.0)
    for y, tonnes in problem.targets.items():
        terms = [(z[o.key, y - o.lead], float(o.saving[y])) for o in options if y >= o.lead]
        rows.add(terms, low=float(tonnes))
    whole = np.r_[np.ones(count * years), np.zeros(count * years)]
    upper = np.r_[np.ones(count * years), np.full(count * years, np.inf)]
    found = milp(
        cost, constraints=rows.constraint(), bounds=Bounds(0, upper), integrality=whole, options={"mip_rel_gap": 1e-9}
    )
    assert found.success, found.message
    return -found.fun if problem.form == SAVING else found.fun
