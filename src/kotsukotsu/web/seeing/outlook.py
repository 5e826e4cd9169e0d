"""The plan's outlook: the path and today's trend, and a choice of measures, as the commands and documents show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from kotsukotsu.documents.html import Links, lines, table
from kotsukotsu.documents.planning import pages, portfolio_tables, tables, workbooks
from kotsukotsu.documents.planning.outlook import Outlook
from kotsukotsu.documents.planning.proposal import Proposal
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.findings import Finding, by_severity
from kotsukotsu.sessions.optimise_setting import Asked
from kotsukotsu.sessions.optimised import optimised
from kotsukotsu.sessions.plan_view import PlanView, plan_view
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.common import advice
from kotsukotsu.web.municipalities.figures import opened

GAP_ON = "commercial"  # the city's own buildings take what the national rates leave
TOLD = 5  # findings of a code
Made = dict[str, Any]


def outlook() -> Made:
    """What of the page needs no question: where the city stands, its path, its sectors; or why there is none."""
    with opened() as session:
        try:
            view = plan_view(session, None, GAP_ON)
        except KotsukotsuError as error:
            return {"error": advice.error(error), "findings": by_severity(getattr(error, "findings", ()))}
        return _outlook(view, view.outlook(timezone.localdate()))


def _outlook(view: PlanView, found: Outlook) -> Made:
    first, *others = tables.sentences(found)
    traced = frozenset(view.data.computed)
    links = {
        (row, 1): _trace(one.fiscal_year) for row, one in enumerate(found.history) if one.fiscal_year in traced
    }  # fmt: skip
    return {
        "fy": found.now.fiscal_year,
        "aims": [(one.milestone.fiscal_year, one.milestone.reduction_pct) for one in found.aims],
        "lead": first,
        "said": others,
        "body": _shown(pages.targets(found, links)),
        **_told(found.findings),
    }


def choice(asked: Asked, close: tuple[str, ...]) -> Made:
    """The measures chosen for a question, with scenarios; or why none can be chosen."""
    with opened() as session:
        try:
            return _choice(session, asked, close)
        except KotsukotsuError as error:
            return {"error": advice.error(error), "findings": by_severity(getattr(error, "findings", ()))}


def _choice(session: Session, asked: Asked, close: tuple[str, ...]) -> Made:
    today = timezone.localdate()
    answer, sides = optimised(session, asked, today, compare=True, close=close)
    found = answer.proposal(sides, today)
    first, *others = portfolio_tables.sentences(found)
    return {
        "lead": first,
        "said": _shown(lines("p", others)),
        "starts": {one.planned.measure_id: one.fy for one in found.chosen},
        "years": found.years,
        "book": workbooks.proposal(found),
        "is_met": found.unmet is None,
        "body": _shown(pages.choice(found, _facilities(found))),
        "assumptions": _shown(table(portfolio_tables.assumptions(found))),
        **_told(found.findings),
    }


def _facilities(found: Proposal) -> Links:
    """Each chosen measure leads to its facility in the year whose use it rests on."""
    fy = found.use_fy
    return {
        (row, 0): {"href": reverse("facility_seen", args=[fy, one.planned.facility_id])}
        for row, one in enumerate(found.chosen)
    }


def _trace(fy: int) -> dict[str, str]:
    return {"href": reverse("city_trace", args=[fy]), "class_": "traced", "data_drawer": "yes"}


def _told(findings: Iterable[Finding]) -> Made:
    """The first findings of each code, and how many more there are."""
    kept: list[Finding] = []
    every = by_severity(findings)
    for one in every:
        if sum(1 for other in kept if other.code == one.code) < TOLD:
            kept.append(one)
    return {"findings": kept, "more_findings": len(every) - len(kept)}


def _shown(html: str) -> SafeString:
    """HTML of the documents, in which every text is escaped already; registers by their names."""
    return mark_safe(advice.named(html))  # noqa: S308
