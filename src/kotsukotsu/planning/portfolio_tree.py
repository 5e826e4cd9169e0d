"""Branch and bound on whether a measure has begun by a year.

A programme of starts has one column for each year in which a measure may begin. To branch on one column leaves a
measure ten others; "begun by this year, or not" halves them, so that few nodes prove what takes a solver of general
programmes many.

Source
------
E. M. L. Beale and J. A. Tomlin (1970), special facilities for ordered sets; M. Benichou et al. (1971), pseudo-costs.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_cuts import Cuts, tightened
from kotsukotsu.planning.portfolio_prices import Prices
from kotsukotsu.planning.portfolio_rows import INFINITE, Programming
from kotsukotsu.planning.portfolio_solver import TINY, Floats

WHOLE = 1e-6
# Branches tried at a node before the best of them is taken, and how much the mean of all counts beside what was seen.
TRIED, MEAN = 3, 0.5
# Branches of which it is estimated what they would gain, where years are priced: only the best of them is tried.
ESTIMATED = 8
LEAST_GAIN = 1e-4
Held = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Branch:
    """Whether an option has begun by the start at `place` among its own; `begun` is its share in the relaxation."""

    option: int
    place: int
    begun: float

    def share(self, begun: bool) -> float:
        """How far the relaxation lies from one of the two answers. [1]"""
        return 1 - self.begun if begun else self.begun


@dataclass(order=True, slots=True)
class Node:
    """A part of the plans: starts that are open, choices that are made, and the relaxation's answer.

    Attributes
    ----------
    value : float
        No plan of this part is better.
    branches : list of Branch
        What the relaxation leaves undecided; none where it is a plan.
    prices : array, optional
        Of what couples the years, the best known for this part.
    """

    value: float
    number: int
    opened: Held = field(compare=False)
    chosen: frozenset[int] = field(compare=False)
    branches: list[Branch] = field(compare=False)
    basis: highspy.HighsBasis = field(compare=False)
    values: Floats | None = field(compare=False, default=None)
    prices: Floats | None = field(compare=False, default=None)


class Relaxations:
    """The relaxation with cutting planes, for one part of the plans after another; only bounds change."""

    def __init__(self, programme: Programming, cuts: Cuts) -> None:
        self.count = len(programme.starts)
        self.solver = tightened(programme, cuts)
        self.places = np.arange(self.count, dtype=np.int32)
        self.nothing = np.zeros(self.count)
        index = {key: i for i, key in enumerate(dict.fromkeys(s.option.key for s in programme.starts))}
        self.option = np.array([index[s.option.key] for s in programme.starts])
        self.starts = [np.flatnonzero(self.option == each) for each in range(len(index))]
        # Dear measures first: what they leave over of a budget is what the relaxation fills with parts of others.
        self.weight = [programme.money(programme.starts[own[0]].option.capex) for own in self.starts]
        self.rows: list[list[int]] = [[] for _ in index]
        self.members: dict[int, NDArray[np.int64]] = {}
        for number, row in enumerate(programme.rows):
            if row.name[0] == "choice" and row.terms:
                self._choice(number, np.array([column for column, _ in row.terms]))
        self.chosen: frozenset[int] = frozenset()
        self.solved = 0

    def _choice(self, number: int, columns: NDArray[np.int64]) -> None:
        self.members[number] = columns
        for option in np.unique(self.option[columns]).tolist():
            self.rows[option].append(number)

    def root(self) -> Node | None:
        """All plans; None where there is none."""
        return self.node(np.ones(self.count, dtype=bool), frozenset(), None, -INFINITE, INFINITE)

    def distances(self, root: Node) -> Floats:
        """Reduced cost of each start at the root, solved just now, as a share of its value by measure; 0 in it. [1]"""
        if root.values is None:
            return np.zeros(self.count)
        reduced = np.array(self.solver.getSolution().col_dual)[: self.count]
        return np.where(root.values[: self.count] > WHOLE, 0.0, reduced / self.mean(root))

    def mean(self, root: Node) -> float:
        """What a measure is worth in the mean."""
        return max(abs(root.value) / len(self.starts), TINY)

    def child(self, node: Node, branch: Branch, begun: bool, useful: float) -> Node | None:
        """The plans of a node in which an option has begun by a place, or has not; None where none is useful."""
        return self.node(*self.parted(node, branch, begun), node.basis, node.value, useful)

    def parted(self, node: Node, branch: Branch, begun: bool) -> tuple[Held, frozenset[int]]:
        """What is open and chosen in the plans of a node in which an option has begun by a place, or has not."""
        opened, own = node.opened.copy(), self.starts[branch.option]
        if not begun:
            opened[own[: branch.place + 1]] = False
            return opened, node.chosen
        opened[own[branch.place + 1 :]] = False
        for row in self.rows[branch.option]:
            others = self.members[row]
            opened[others[self.option[others] != branch.option]] = False
        return opened, node.chosen | {self.rows[branch.option][0]}

    def node(
        self, opened: Held, chosen: frozenset[int], basis: highspy.HighsBasis | None, least: float, useful: float
    ) -> Node | None:
        """Solve the relaxation of a part; starts that only plans beyond `useful` hold are closed in it.

        Raises
        ------
        ArithmeticError
            The solver neither solved the relaxation nor proved that it cannot be.
        """
        if basis is not None:
            self.solver.setBasis(basis)
        self.solver.changeColsBounds(self.count, self.places, self.nothing, opened.astype(float))
        for row in self.chosen ^ chosen:
            self.solver.changeRowBounds(row, 1.0 if row in chosen else -INFINITE, 1.0)
        self.chosen = chosen
        self.solver.run()
        self.solved += 1
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(self.solver.modelStatusToString(status))
        value = max(least, self.solver.getObjectiveValue())
        if value >= useful:
            return None
        solution = self.solver.getSolution()
        values = np.array(solution.col_value)
        own, reduced = values[: self.count], np.array(solution.col_dual)[: self.count]
        opened = opened & ((own > WHOLE) | (reduced < useful - value))
        return Node(value, self.solved, opened, chosen, list(self.branches(own)), self.solver.getBasis(), values)

    def branches(self, own: Floats) -> Iterator[Branch]:
        """What these shares of the starts leave undecided."""
        for option in np.unique(self.option[(own > WHOLE) & (own < 1 - WHOLE)]).tolist():
            begun = np.cumsum(own[self.starts[option]])
            for place in np.flatnonzero((begun > WHOLE) & (begun < 1 - WHOLE)).tolist():
                yield Branch(option, place, float(begun[place]))


class Experience:
    """What branching on an option gained so far, for each of the two answers, by how far it was from it."""

    def __init__(self) -> None:
        self.seen: dict[tuple[int, bool], tuple[float, int]] = {}
        self.every = {False: (0.0, 0), True: (0.0, 0)}

    def keep(self, branch: Branch, begun: bool, gain: float) -> None:
        """A branch was tried."""
        rate, key = max(0.0, gain) / branch.share(begun), (branch.option, begun)
        total, count = self.seen.get(key, (0.0, 0))
        self.seen[key] = (total + rate, count + 1)
        total, count = self.every[begun]
        self.every[begun] = (total + rate, count + 1)

    def expected(self, branch: Branch) -> float:
        """The product of both gains to be expected."""
        return max(LEAST_GAIN, self._gain(branch, False)) * max(LEAST_GAIN, self._gain(branch, True))

    def known(self, branch: Branch) -> bool:
        """Whether both answers were tried before."""
        return all((branch.option, begun) in self.seen for begun in (False, True))

    def _gain(self, branch: Branch, begun: bool) -> float:
        (total, count), (all_total, all_count) = self.seen.get((branch.option, begun), (0.0, 0)), self.every[begun]
        mean = all_total / all_count if all_count else 1.0
        return (total + MEAN * mean) / (count + MEAN) * branch.share(begun)


class Tree:
    """The nodes that may still hold a better plan, best bound first.

    Where prices are sought, yearly choices bound every node beside the relaxation, and it is parted where they do not
    agree.

    Attributes
    ----------
    shares, distances : array or None
        Of the starts in the yearly choices of the node looked at last, and what a plan would lose by each start, as a
        share of a measure's mean value; None without prices. [1]
    """

    def __init__(self, programme: Programming, cuts: Cuts, prices: Prices | None = None) -> None:
        self.relaxations = Relaxations(programme, cuts)
        self.experience = Experience()
        root = self.relaxations.root()
        self.open = [] if root is None else [root]
        self.prices = prices
        self.shares: Floats | None = None
        self.distances: Floats | None = None
        if root is not None and prices is not None and root.branches:
            self._begin(root, prices)

    @property
    def bound(self) -> float:
        """No plan of the open nodes is better."""
        return self.open[0].value if self.open else INFINITE

    def step(self, useful: float) -> Node | None:
        """Part the best node in two; returns it in place of parting it where its relaxation is a plan."""
        node = heapq.heappop(self.open)
        if node.value >= useful:
            return None
        if not node.branches:
            return node
        for child in self._best_pair(node, useful):
            if child is None:
                continue
            if child.value < useful:
                child.values = None if child.branches else child.values
                heapq.heappush(self.open, child)
        return None

    def _begin(self, root: Node, prices: Prices) -> None:
        """Price the root, from the duals of the relaxation with cutting planes, which was solved just now."""
        prices.begin(np.array(self.relaxations.solver.getSolution().row_dual))
        priced = self._priced(root, prices, INFINITE)
        self.distances = prices.distances(priced) / self.relaxations.mean(root)

    def _priced(self, node: Node, prices: Prices, useful: float) -> Floats:
        """Bound a node by yearly choices; its prices."""
        found = prices.sought(node.opened, node.chosen, node.prices, useful)
        node.prices, node.value = found.prices, max(node.value, found.bound)
        if found.shares.any():
            self.shares = found.shares
            node.branches = list(self.relaxations.branches(found.shares)) or node.branches
        return found.prices

    def _child(self, node: Node, branch: Branch, begun: bool, useful: float) -> Node | None:
        child = self.relaxations.child(node, branch, begun, useful)
        if child is not None and child.branches and self.prices is not None:
            child.prices = node.prices
            self._priced(child, self.prices, useful)
        return child

    def _best_pair(self, node: Node, useful: float) -> tuple[Node | None, ...]:
        best: tuple[float, tuple[Node | None, ...]] = (-1.0, ())
        for branch in self._hopeful(node):
            known = self.experience.known(branch)
            if best[1] and known:
                continue
            pair = tuple(self._child(node, branch, begun, useful) for begun in (False, True))
            gains = [(useful if child is None else child.value) - node.value for child in pair]
            for begun, child, gain in zip((False, True), pair, gains, strict=True):
                if child is not None or self.prices is not None:
                    self.experience.keep(branch, begun, gain)
            best = max(best, (_score(gains), pair), key=lambda each: each[0])
            if known:
                break
        return best[1]

    def _hopeful(self, node: Node) -> list[Branch]:
        first = sorted(node.branches, key=self._promise, reverse=True)
        if self.prices is None or node.prices is None:
            return first[:TRIED]
        gains = [self._estimated(node, branch, self.prices, node.prices) for branch in first[:ESTIMATED]]
        return [first[int(np.argmax([_score(each) for each in gains]))]]

    def _estimated(self, node: Node, branch: Branch, prices: Prices, known: Floats) -> list[float]:
        parts = (self.relaxations.parted(node, branch, begun) for begun in (False, True))
        return [prices.estimated(opened, chosen, known) - node.value for opened, chosen in parts]

    def _promise(self, branch: Branch) -> float:
        return self.experience.expected(branch) * self.relaxations.weight[branch.option]


def _score(gains: list[float]) -> float:
    return max(LEAST_GAIN, gains[0]) * max(LEAST_GAIN, gains[1])
