"""What searches that run at the same time know together."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from kotsukotsu.planning.portfolio_rows import INFINITE
from kotsukotsu.planning.portfolio_solver import PART, TINY, Floats


@dataclass(slots=True)
class Shared:
    """The best plan and the bound that no plan passes.

    Attributes
    ----------
    bound, value : float
        Of the programme, which is minimised.
    gap : float
        Asked for, as a share of the best plan's value. [1]
    finished : bool
        Nobody needs to search on.
    infeasible : bool
        It is proved that there is no plan.
    shares, distances : array or None
        Of the starts in yearly choices, and from them, as the proof knows them; see `portfolio_tree.Tree`.
    """

    bound: float
    gap: float
    values: Floats | None = None
    value: float = INFINITE
    finished: bool = False
    infeasible: bool = False
    shares: Floats | None = None
    distances: Floats | None = None
    _lock: Lock = field(default_factory=Lock)

    def offer(self, values: Floats, value: float) -> None:
        """Keep a plan if it is better than the best known."""
        with self._lock:
            if value < self.value - TINY:
                self.values, self.value = values, value
            self._judge()

    def raise_bound(self, bound: float) -> None:
        """No plan is better than this, somebody has proved."""
        with self._lock:
            self.bound = max(self.bound, min(bound, self.value))
            self._judge()

    @property
    def useful(self) -> float:
        """Plans from this value on need not be looked for: the best known is near enough to them."""
        return self.value - self.gap * PART * abs(self.value) if self.values is not None else INFINITE

    def _judge(self) -> None:
        near = self.values is not None and self.value - self.bound <= self.gap * abs(self.value)
        self.finished = self.finished or near
