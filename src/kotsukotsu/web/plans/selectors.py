"""What is asked of reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import mark_safe

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.completeness import MISSING
from kotsukotsu.documents.analysis.charts import causes
from kotsukotsu.documents.html import figure
from kotsukotsu.errors import FactorError
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.municipalities.registers import Facility, Review
from kotsukotsu.web.municipalities.selectors import department_names, facility_departments, last_day_of
from kotsukotsu.web.plans.models import Countermeasure, FacilityReview
from kotsukotsu.web.plans.services import COUNTERMEASURE, REVIEW
from kotsukotsu.web.seeing import results
from kotsukotsu.web.seeing.scope import facility
from kotsukotsu.web.seeing.sheets import sheet_of


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A facility's PDCA at a glance.

    Attributes
    ----------
    is_partial : bool
        Whether this year or the one before lacks months; then there is no change.
    done, planned : int
        Countermeasures of last year.
    ahead : int
        Countermeasures that this year's review plans.
    """

    facility: Facility
    department_id: str
    department: str
    state: str
    tonnes: Decimal | None
    change: Decimal | None
    is_partial: bool
    done: int
    planned: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the data say of a facility's year against the one before: sentences, and charts as HTML."""

    sentences: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def said_by_data(facility_id: str, fy: int) -> Told:
    """What the data say; nothing where one of the two years lacks quantities or cannot be computed."""
    scope = facility(facility_id)
    view = results.analysis_of(scope, fy, fy - 1)
    if view is None:
        return Told()
    drawn = [causes(view)]
    if (found := results.overview_of(scope, fy)) is not None and (made := sheet_of(scope, found)) is not None:
        drawn += [chart for name, chart in made[1].items() if name == "months"]
    pictures = tuple(mark_safe(figure(chart)) for chart in drawn)  # noqa: S308  # escaped by the documents
    return Told(tuple(sentence.text for sentence in view.report.sentences), pictures)


def review_of(facility_id: str, fy: int) -> FacilityReview:
    """The review of a year; an unsaved one where nothing is written yet, with what the register says already."""
    found = FacilityReview.objects.filter(facility_id=facility_id, fiscal_year=fy).first()
    if found is not None:
        return found
    said = registered(facility_id, fy, REVIEW)
    return FacilityReview(facility_id=facility_id, fiscal_year=fy, text="\n".join(one.text for one in said))


def registered(facility_id: str, fy: int, kind: str = COUNTERMEASURE) -> list[Review]:
    """What the register says of a year: approved countermeasures, with how far they have come, or the review."""
    return list(Review.objects.filter(facility_id=facility_id, fiscal_year=fy, kind=kind))


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


@dataclass(frozen=True, slots=True)
class Emitted:
    """Emission of each facility in a year and in the one before; who lacks months in one of them. [t-CO2e]"""

    now: Mapping[str, Decimal]
    before: Mapping[str, Decimal]
    lacking: frozenset[str]


def both(fy: int) -> Emitted:
    """The facilities of a year beside those of the year before."""
    findings = (finding for year in (fy, fy - 1) for finding in results.result(year).findings)
    lacking = frozenset(finding.data.get("facility_id", "") for finding in findings if finding.code in MISSING)
    return Emitted(tonnes(fy), tonnes(fy - 1), lacking)


def lines(user: User, fy: int, emitted: Emitted) -> list[ReviewLine]:
    """Every facility's review at a glance, those that changed most first; `emitted` as of `both`."""
    seen = policy.facilities(user, "see")
    facilities = [one for one in Facility.objects.all() if seen is None or one.facility_id in seen]
    states = dict.fromkeys(_registered(fy, REVIEW), "approved")
    states |= dict(FacilityReview.objects.filter(fiscal_year=fy).values_list("facility_id", "state"))
    counts: dict[str, list[str]] = {}
    planned = Review.objects.filter(fiscal_year=fy - 1, kind=COUNTERMEASURE)
    for facility_id, state in planned.values_list("facility_id", "state"):
        counts.setdefault(facility_id, []).append(state or "")
    asked_for = Countermeasure.objects.filter(review__fiscal_year=fy).order_by()
    ahead = Counter(_registered(fy, COUNTERMEASURE)) | Counter(asked_for.values_list("review__facility_id", flat=True))
    now, day = emitted.now, last_day_of(fy)
    names, own = department_names(day), facility_departments(day)
    made = [
        ReviewLine(
            one, own[one.facility_id], names.get(own[one.facility_id], ""),
            states.get(one.facility_id, "none"), now.get(one.facility_id),
            _change(emitted, one.facility_id), one.facility_id in emitted.lacking,
            counts.get(one.facility_id, []).count("done"), len(counts.get(one.facility_id, [])),
            ahead.get(one.facility_id, 0),
        )
        for one in facilities
        if one.facility_id in now or one.facility_id in states
    ]  # fmt: skip
    return sorted(made, key=lambda line: (-abs(line.change or Decimal(0)), line.facility.facility_id))


def _registered(fy: int, kind: str) -> list[str]:
    found = Review.objects.filter(fiscal_year=fy, kind=kind).order_by()
    return list(found.values_list("facility_id", flat=True))


def _change(emitted: Emitted, facility_id: str) -> Decimal | None:
    now, before = emitted.now.get(facility_id), emitted.before.get(facility_id)
    if now is None or before is None or facility_id in emitted.lacking:
        return None
    return exact.difference(now, before)
