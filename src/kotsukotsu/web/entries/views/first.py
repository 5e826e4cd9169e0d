"""The first page: what must I do, until when, what is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.entries import selectors
from kotsukotsu.web.entries.cycle import STATES
from kotsukotsu.web.municipalities import updates
from kotsukotsu.web.municipalities.selectors import municipality
from kotsukotsu.web.publications.models import SUBMITTED, Publication
from kotsukotsu.web.publications.selectors import title

MOST = 200


@requires()
def home(request: HttpRequest) -> HttpResponse:
    """The first page, by what its reader may do."""
    user, years = request.user, selectors.fiscal_years()
    shown: dict[str, object] = {"city": municipality(), "fy": years[0] if years else None}
    if years:
        shown |= _work(user, years[0])
    if policy.may(user, "register"):
        shown |= {"reports": selectors.supply_reports(), "updates": updates.waiting()}
    if policy.may(user, "publish"):
        shown["to_decide"] = [(one, title(one)) for one in Publication.objects.filter(state=SUBMITTED)]
    shown |= {"states": state_names(), "progress_label": texts.label("web.progress")}
    return render(request, "entries/home.html", shown)


def state_names() -> list[dict[str, str]]:
    """States of a sheet in their order, with their names."""
    return [{"code": code, "name": texts.label(f"look.state.{code}")} for code in STATES]


def _work(user: User, fy: int) -> dict[str, object]:
    found: dict[str, object] = {}
    seen = selectors.tasks(user, fy)
    if policy.may(user, "collect") or policy.may(user, "overview"):
        found |= {"departments": selectors.by_department(seen), "late": sum(task.is_late for task in seen)}
    elif policy.may(user, "enter"):
        found["own"] = [task for task in seen if policy.may(user, "enter", task.sheet.facility_id)][:MOST]
    for step in ("confirm", "settle"):
        if policy.may(user, step):
            found[f"to_{step}"] = selectors.waiting(user, step, seen)[:MOST]
    return found
