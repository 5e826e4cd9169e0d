"""The study of one or more generators matched to many buildings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.energy import match_charts as charts
from kotsukotsu.documents.energy import match_tables as tables
from kotsukotsu.documents.energy.match_data import data
from kotsukotsu.documents.energy.study import Part, Study, footer
from kotsukotsu.energy.match.battery import Battery, lifted
from kotsukotsu.energy.match.carbon import Factor, Saved, saved
from kotsukotsu.energy.match.certificates import Certificate, Ledger
from kotsukotsu.energy.match.claim import Claim, claim
from kotsukotsu.energy.match.ladder import Rung, ladder
from kotsukotsu.energy.site import Site
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Matched:
    """What the study tells of."""

    site: Site
    ledger: Ledger
    names: Mapping[str, str]
    rungs: tuple[Rung, ...]
    saved: tuple[Saved, ...]
    batteries: tuple[tuple[Battery, Rung], ...]
    claim: Claim

    @property
    def certified_tonnes(self) -> Decimal:
        """What certificates stand behind, by the period of the claim. [t-CO2]"""
        return exact.product(self.claim.certified, self.saved[0].factor.value)


def matched(
    site: Site, found: Ledger, held: Sequence[Certificate], factor: Factor,
    batteries: Sequence[Battery], level: str,
) -> Matched:  # fmt: skip
    """The ladder, carbon, batteries and the claim of a ledger."""
    rungs = ladder(found.matching)
    names = {row["building_id"]: row["name"] for row in site.tables["buildings"]}
    said = claim(found, held, level)
    return Matched(site, found, names, rungs, saved(rungs, factor), lifted(found.matching, batteries), said)


def study(found: Matched, findings: Sequence[Finding], made: date) -> Study:
    """Sentences, ladder, half-hours, months, buildings, certificates, carbon, batteries."""
    site = found.site
    year = site.fiscal_year.name
    parts = [
        _part("ladder", charts=(charts.rungs(found.rungs),)),
        _part("halfhours", charts=(charts.halfhours(found.ledger.matching),), on_terminal=False),
        _part("months", charts=(charts.months(found.ledger.matching),), on_terminal=False),
        _part("carbon", charts=(charts.carbon(found.saved),)),
        _part("certificates", tables=(tables.accounts(found.ledger), tables.claim(found.claim))),
        _part("buildings", closed=(tables.buildings(found.ledger, found.names),), on_terminal=False),
    ]
    if found.batteries:
        parts.insert(3, _part("battery", charts=(charts.batteries(found.rungs[-1], found.batteries),)))
    banners = (texts.label("energy.synthetic"),) if site.synthetic else ()
    return Study(
        texts.label("energy.match.title", site=site.name, year=year), banners, _sentences(found), tuple(parts),
        data(found), (*found.claim.reasons, *findings), footer(site.name, year, made), made,
    )  # fmt: skip


def _part(name: str, **more: Any) -> Part:
    return Part(name, texts.label(f"energy.match.part.{name}"), **more)


def _sentences(found: Matched) -> tuple[str, ...]:
    first, last = found.rungs[0], found.rungs[-1]
    accounts = found.ledger.accounts()
    headline = texts.label("energy.match.headline", year=_pct(first.share), half=_pct(last.share))
    sent, lost = (sum((getattr(one, name) for one in accounts), Decimal(0)) for name in ("issued", "lost"))
    flow = texts.label("energy.match.flow", sent=printed(sent), lost=printed(lost), load=printed(first.load))
    carbon = texts.label(
        "energy.match.carbon.sentence", year=printed(found.saved[0].tonnes), half=printed(found.saved[-1].tonnes),
        factor=plain(found.saved[0].factor.value), source=found.saved[0].factor.source,
        level=texts.label(f"energy.level.{found.claim.level}"), certified=printed(found.certified_tonnes),
    )  # fmt: skip
    return headline, flow, carbon, _claimed(found.claim)


def _claimed(said: Claim) -> str:
    level = texts.label(f"energy.level.{said.level}")
    if said.is_whole:
        return texts.label("energy.match.claim.whole", level=level)
    return texts.label("energy.match.claim.refused", level=level, share=_pct(said.share))


def _pct(share: Decimal) -> str:
    return printed(share * HUNDRED, 1)
