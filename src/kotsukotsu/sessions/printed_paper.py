"""A city folder of which only printed figures are known, as the source of a document."""

from __future__ import annotations

from datetime import date

from kotsukotsu.documents.plan.printed import PrintedSource
from kotsukotsu.documents.plan.setting import setting_of
from kotsukotsu.planning.verify import verify
from kotsukotsu.planning.verify_sectors import side_by_side
from kotsukotsu.sessions.printed import read_print
from kotsukotsu.sessions.session import Session


def is_printed_only(session: Session) -> bool:
    """Whether the base year has no rows and the city's plan is known as printed."""
    return not session.has_rows(session.city.base_fy) and bool(read_print(session.path).tables)


def printed_source_of(session: Session, made: date) -> PrintedSource:
    """The printed figures with what checking them finds."""
    print_ = read_print(session.path)
    said = print_.said("period", "end_fy")
    first = print_.said("period", "start_fy")
    last_fy = int(said.value) if said else made.year
    given = {"first_fy": int(first.value)} if first else {}
    plan = setting_of({"plan": {**given, **session.city.settings.get("plan", {})}}, last_fy)
    names = {row["facility_id"]: row["name"] for row in session.city.table("facilities")}
    checked = verify(print_, session.city.printed, {}, side_by_side(print_, session.law.catalogue), names)
    contradictions = tuple(found for found in checked.findings if found not in checked.unchecked)
    return PrintedSource(plan, session.city, print_, made, contradictions, checked.unchecked)
