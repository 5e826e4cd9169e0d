"""What may be said: a share of renewable power by a period, and why 100 % may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.energy.match.certificates import CANCELLED, FIT, Certificate, Ledger
from kotsukotsu.energy.match.ladder import Rung, rung
from kotsukotsu.energy.match.model import kwh
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import printed

ONE, HUNDRED = Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer.

    Attributes
    ----------
    physical : Rung
        What generation covers by the period, whatever certificates say.
    certified : Decimal
        What may be said: the covered part that cancelled, tracked certificates stand behind. [kWh]
    reasons : tuple of Finding
        Why it is not 100 %; empty if it is.
    """

    level: str
    physical: Rung
    certified: Decimal
    reasons: tuple[Finding, ...]

    @property
    def share(self) -> Decimal:
        """The certified part of what is used. [1]"""
        return self.certified / self.physical.load if self.physical.load else Decimal(0)

    @property
    def is_whole(self) -> bool:
        """Whether 100 % may be said."""
        return not self.reasons


def claim(found: Ledger, held: Sequence[Certificate], level: str) -> Claim:
    """Whether 100 % may be claimed by a kind of period."""
    matching = found.matching
    physical = rung(matching.delivered, matching.load, matching.calendar, level)
    cancelled = kwh(int(found.cancelled.sum()))
    own = kwh(sum(int(found.cancelled[place].sum()) for place, one in enumerate(matching.generators) if one.own))
    certified = own + sum((each.kwh for one in matching.generators for each in held if each.serves(one)), Decimal(0))
    by_paper = min(certified, physical.covered) if level == "year" else min(cancelled, physical.covered)
    reasons = tuple(_reasons(found, held, physical, by_paper))
    return Claim(level, physical, by_paper, reasons)


def _reasons(found: Ledger, held: Sequence[Certificate], physical: Rung, by_paper: Decimal) -> list[Finding]:
    planned = [one.name for one in found.matching.generators if one.is_planned]
    made = [Finding("MC-08", "generators.csv", {"generator": texts.listed(planned)})] if planned else []
    for one in found.matching.generators:
        if one.own or one.is_planned:
            continue
        mine = [each for each in held if each.generator_id == one.generator_id]
        made += _of_generator(one.generator_id, one.name, mine, one.scheme)
    if physical.share < ONE:
        data = {"level": texts.label(f"energy.level.{physical.level}"), "share": printed(physical.share * HUNDRED, 1)}
        made.append(Finding("MC-04", data={**data, "missing": printed(physical.load - physical.covered)}))
    if not made and by_paper < physical.load:
        data = {"certified": printed(by_paper), "load": printed(physical.load)}
        made.append(Finding("MC-05", data=data))
    return made


def _of_generator(generator_id: str, name: str, held: Sequence[Certificate], scheme: str) -> list[Finding]:
    """MC-01 no certificate, MC-02 not tracked, MC-03 not cancelled, MC-06 power of FIT without one of FIT."""
    if not held:
        return [Finding("MC-06" if scheme == FIT else "MC-01", generator_id, {"generator": name})]
    wrong: list[Finding] = []
    loose = [each.certificate_id for each in held if not each.tracked]
    kept = [each.certificate_id for each in held if each.tracked and each.state != CANCELLED]
    other = [each.certificate_id for each in held if (each.kind == FIT) != (scheme == FIT)]
    for code, names in (("MC-02", loose), ("MC-03", kept), ("MC-07", other)):
        if names:
            wrong.append(Finding(code, generator_id, {"generator": name, "certificates": texts.listed(names)}))
    return wrong
