"""Reviews of facilities: one page for each, and all of them at a glance."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField, LabelledForm
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.look.paging import paged
from kotsukotsu.web.look.sorting import in_order
from kotsukotsu.web.municipalities.dated import latest, soon
from kotsukotsu.web.municipalities.registers import Facility, Review
from kotsukotsu.web.plans import glance, selectors, services
from kotsukotsu.web.plans.models import FacilityReview


class PlannedForm(LabelledForm):
    """A countermeasure."""

    texts_at = "web.review"
    text = forms.CharField(max_length=400)
    person = forms.CharField(max_length=100)
    due_on = DayField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{**kwargs, "use_required_attribute": False})


PlannedFormSet = formset_factory(PlannedForm, extra=2, max_num=20, can_delete=True)


@requires("see")
@require_GET
def listing(request: HttpRequest, fy: int) -> HttpResponse:
    """Every facility's review at a glance."""
    dated = latest(selectors.both, fy, until=fy)
    lines = selectors.lines(request.user, fy, dated.made)
    asked = glance.asked(request, lines)
    page = paged(request, in_order(request, asked.rows, glance.KEYS))
    shown = {
        "fy": fy, "lines": page.object_list, "page": page, "dated": dated, "asked": asked,
        "counts": glance.counts(lines), "measures": glance.measures(lines),
    }  # fmt: skip
    return render(request, "plans/reviews.html", shown)


@requires("see")
def page(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """Left what the data say, right what the manager says; below what will be done."""
    review = selectors.review_of(facility_id, fy)
    planned = PlannedFormSet(request.POST or None, initial=_initial(review))
    if request.method == "POST":
        policy.require(request.user, "explain", facility_id)
        if planned.is_valid():
            _save(request, fy, facility_id, planned)
            return redirect("review", fy=fy, facility_id=facility_id)
        messages.error(request, texts.label("web.form.wrong"))
    shown = {
        "facility": get_object_or_404(Facility, facility_id=facility_id), "fy": fy, "facility_id": facility_id,
        "review": review, "dated": soon(selectors.said_by_data, facility_id, fy, until=fy), "planned": planned,
        "can_write": review.is_open and policy.may(request.user, "explain", facility_id),
        "may_progress": policy.may(request.user, "explain", facility_id),
        "last": selectors.registered(facility_id, fy - 1), "before": fy - 1, "states": _states(),
        "steps": _steps(request, review), "is_registered": review.pk is None and bool(review.text),
    }  # fmt: skip
    return render(request, "plans/review.html", shown, status=422 if request.method == "POST" else 200)


def _initial(review: FacilityReview) -> list[dict[str, object]]:
    if review.pk is None:
        said = selectors.registered(review.facility_id, review.fiscal_year)
        return [{"text": one.text, "person": one.person or "", "due_on": one.date} for one in said]
    return [{"text": one.text, "person": one.person, "due_on": one.due_on} for one in review.countermeasures.all()]


def _states() -> list[tuple[str, str]]:
    return [(state, texts.label(f"web.progress_state.{state}")) for state in services.progress_states()]


def _steps(request: HttpRequest, review: FacilityReview) -> list[dict[str, object]]:
    if review.pk is None or not review.text:
        return []
    return [
        {"name": name, "text": f"web.review.step.{name}", "needs_reason": step.needs_reason}
        for name, step in services.STEPS.items()
        if services.may_step(request.user, review, name)
    ]


def _version(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise WebError("W-33")
    return int(version)


def _save(request: HttpRequest, fy: int, facility_id: str, planned: forms.BaseFormSet) -> None:
    kept = [form.cleaned_data for form in planned if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    services.review_save(
        facility_id=facility_id, fy=fy, version=_version(request), text=request.POST.get("review", ""),
        planned=[services.Planned(one["text"], one["person"], one["due_on"]) for one in kept], actor=request.user,
    )  # fmt: skip
    messages.success(request, texts.label("web.review.saved"))


@requires("see")
@require_POST
def step(request: HttpRequest, fy: int, facility_id: str, name: str) -> HttpResponse:
    """Hand in, send back, approve."""
    if name not in services.STEPS:
        raise WebError("W-33")
    policy.require(request.user, services.STEPS[name].right, facility_id)
    review = get_object_or_404(FacilityReview, facility_id=facility_id, fiscal_year=fy)
    services.review_step(
        review=review, name=name, version=_version(request), reason=request.POST.get("reason", ""), actor=request.user
    )
    return redirect("review", fy=fy, facility_id=facility_id)


@requires("explain")
@require_POST
def progress(request: HttpRequest, fy: int, facility_id: str, pk: int) -> HttpResponse:
    """How far a countermeasure of last year has come."""
    row = get_object_or_404(Review, pk=pk, facility_id=facility_id)
    services.countermeasure_state(row=row, state=request.POST.get("state", ""), actor=request.user)
    messages.success(request, texts.label("web.review.saved"))
    return redirect("review", fy=fy, facility_id=facility_id)
