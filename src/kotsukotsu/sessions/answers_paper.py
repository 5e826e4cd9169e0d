"""A publication as the source of the sheets for other eyes."""

from __future__ import annotations

from dataclasses import replace

from kotsukotsu.accounting.emissions import Emitter
from kotsukotsu.accounting.energy import energy
from kotsukotsu.documents.answers.bodies import Names, energy_table, gases_table
from kotsukotsu.documents.answers.survey import Known, survey
from kotsukotsu.documents.report.source import Source
from kotsukotsu.documents.table import Table
from kotsukotsu.sessions.publication import Publication
from kotsukotsu.sessions.session import MONTHS

THRESHOLD = "threshold_1500"
SHK = "shk"


def answers_of(whole: Publication, source: Source) -> dict[str, Table]:
    """``survey``, ``energy_act`` and ``shk``, in the language spoken now."""
    session, names, year = whole.session, whole.names, source.found.year.label
    called = Names(names["body"], names["item"])
    status = session.law.catalogue.statuses["unconfirmed"]
    known = Known(source.found, source.goals, whole.kpis, status.name)
    lines, lacking = energy(session.city, session.law, whole.fy, session.groups(whole.fy))
    threshold = session.law.catalogue.energy_act_number(THRESHOLD)
    used = energy_table(lines, threshold, called, year)
    told = " ".join([used.note, *(finding.message() for finding in lacking)])
    return {"survey": survey(known), "energy_act": replace(used, note=told), "shk": _shk(whole, called, year)}


def _shk(whole: Publication, called: Names, year: str) -> Table:
    """The same bills by the rules of SHK; what has no factor there is named, never counted as 0."""
    session = whole.session
    policy = {**session.city.settings.get("policy", {}), "regime": SHK}
    city = replace(session.city, settings={**session.city.settings, "policy": policy})
    emissions = Emitter(city, session.law, whole.fy).emissions(session.groups(whole.fy, MONTHS))
    problems = [finding.message() for finding in emissions.problems]
    return gases_table(emissions.lines, session.law.catalogue, called, year, problems)
