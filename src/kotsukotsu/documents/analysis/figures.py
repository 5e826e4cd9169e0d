"""Figures of an analysis that a chart places: worked out here, only drawn there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.analysis.decomposition import EFFECTS
from kotsukotsu.analysis.where import main_ones
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.printing import Figure, Printer


@dataclass(frozen=True, slots=True)
class Step:
    """One cause in the waterfall: from one level to the next. [t-CO2e]"""

    name: str
    before: Decimal
    after: Decimal
    size: Figure

    @property
    def is_less(self) -> bool:
        """Whether it takes away."""
        return self.after < self.before


def steps(view: View) -> tuple[Step, ...]:
    """Every cause that prints as something, in the order of the causes."""
    report, printer = view.report, Printer(view.report.voice.rounding)
    found, level = report.causes.effects(), report.causes.before
    made = []
    for name in EFFECTS:
        after = exact.total((level, found[name]))
        if not report.voice.is_nothing(found[name]):
            made.append(Step(texts.label(f"an.effect.{name}"), level, after, printer.emission(abs(found[name]))))
        level = after
    return tuple(made)


def ends(view: View) -> tuple[Figure, Figure]:
    """Emission of the earlier and of the later year."""
    printer = Printer(view.report.voice.rounding)
    return printer.emission(view.report.causes.before), printer.emission(view.report.causes.after)


def leading(view: View) -> tuple[str, str]:
    """Which way the change goes (``less``, ``more``, ``none``), and the cause that goes furthest that way."""
    change, effects = view.report.causes.change, view.report.causes.effects()
    if view.report.voice.is_nothing(change):
        return "none", ""
    name = min(effects, key=lambda name: effects[name]) if change < 0 else max(effects, key=lambda name: effects[name])
    return ("less" if change < 0 else "more"), texts.label(f"an.effect.{name}")


def count_of_main(view: View) -> int:
    """How many facilities make the share asked for."""
    return len(main_ones(view.report.rankings["facility"]))
