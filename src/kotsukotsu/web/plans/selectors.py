"""What is asked of reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.errors import FactorError
from kotsukotsu.sessions.analysed import analysed
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.municipalities.registers import Facility, Review
from kotsukotsu.web.municipalities.selectors import department_names, last_day_of
from kotsukotsu.web.plans.models import Countermeasure, FacilityReview
from kotsukotsu.web.plans.services import COUNTERMEASURE


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A facility's PDCA at a glance.

    Attributes
    ----------
    done, planned : int
        Countermeasures of last year.
    ahead : int
        Countermeasures that this year's review plans.
    """

    facility: Facility
    department: str
    state: str
    tonnes: Decimal | None
    change: Decimal | None
    done: int
    planned: int
    ahead: int


def said_by_data(facility_id: str, fy: int) -> list[str]:
    """The analysis's sentences on a facility's year against the one before; none where a year cannot be computed."""
    day = timezone.localdate()

    def ask(session: Session) -> list[str]:
        try:
            view = analysed(session, fy, fy - 1, day, (facility_id, "", ""))
        except FactorError:
            return []
        return [sentence.text for sentence in view.report.sentences]

    found: list[str] = figures.kept("said", ask, fy, facility_id, texts.language())
    return found


def review_of(facility_id: str, fy: int) -> FacilityReview:
    """The review of a year; an unsaved one where nothing is written yet."""
    found = FacilityReview.objects.filter(facility_id=facility_id, fiscal_year=fy).first()
    return found or FacilityReview(facility_id=facility_id, fiscal_year=fy)


def countermeasures(facility_id: str, fy: int) -> list[Review]:
    """Approved countermeasures of a year, with how far they have come."""
    return list(Review.objects.filter(facility_id=facility_id, fiscal_year=fy, kind=COUNTERMEASURE))


def tonnes(fy: int) -> Mapping[str, Decimal]:
    """Emission of each facility in a year; empty where the year cannot be computed. [t-CO2e]"""

    def ask(session: Session) -> dict[str, Decimal]:
        try:
            rows = session.inventory(fy).rows(("facility",))
        except FactorError:
            return {}
        found: dict[str, list[Decimal]] = {}
        for row in rows:
            found.setdefault(row.keys["facility"], []).append(row.tonnes_co2e)
        return {key: exact.total(parts) for key, parts in found.items()}

    result: Mapping[str, Decimal] = figures.kept("facility tonnes", ask, fy)
    return result


def both(fy: int) -> tuple[Mapping[str, Decimal], Mapping[str, Decimal]]:
    """Emission of each facility in a year and in the one before. [t-CO2e]"""
    return tonnes(fy), tonnes(fy - 1)


def lines(user: User, fy: int, emitted: tuple[Mapping[str, Decimal], Mapping[str, Decimal]]) -> list[ReviewLine]:
    """Every facility's review at a glance, those that changed most first; `emitted` as of `both`."""
    seen = policy.facilities(user, "see")
    facilities = [one for one in Facility.objects.all() if seen is None or one.facility_id in seen]
    states = dict(FacilityReview.objects.filter(fiscal_year=fy).values_list("facility_id", "state"))
    counts: dict[str, list[str]] = {}
    planned = Review.objects.filter(fiscal_year=fy - 1, kind=COUNTERMEASURE)
    for facility_id, state in planned.values_list("facility_id", "state"):
        counts.setdefault(facility_id, []).append(state or "")
    asked_for = Countermeasure.objects.filter(review__fiscal_year=fy).order_by()
    ahead = Counter(asked_for.values_list("review__facility_id", flat=True))
    (now, before), names = emitted, department_names(last_day_of(fy))
    made = [
        ReviewLine(
            one, names.get(one.department_id or "", ""), states.get(one.facility_id, "none"), now.get(one.facility_id),
            _change(now.get(one.facility_id), before.get(one.facility_id)),
            counts.get(one.facility_id, []).count("done"), len(counts.get(one.facility_id, [])),
            ahead.get(one.facility_id, 0),
        )
        for one in facilities
        if one.facility_id in now or one.facility_id in states
    ]  # fmt: skip
    return sorted(made, key=lambda line: (-abs(line.change or Decimal(0)), line.facility.facility_id))


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else exact.difference(now, before)
