"""What is late, by department: as a list, as letters in Word, by mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import sent
from kotsukotsu.web.common.word import KIND
from kotsukotsu.web.entries import letters, selectors
from kotsukotsu.web.entries.selectors import Task
from kotsukotsu.web.entries.services import reminders
from kotsukotsu.web.look.paging import paged
from kotsukotsu.web.municipalities.selectors import municipality


def _late(request: HttpRequest, fy: int) -> list[Task]:
    return [task for task in selectors.tasks(request.user, fy) if task.is_late]


@requires("collect")
@require_GET
def page(request: HttpRequest, fy: int) -> HttpResponse:
    """Late sheets."""
    late = _late(request, fy)
    page = paged(request, late)
    shown = {
        "fy": fy, "tasks": page.object_list, "page": page, "departments": selectors.by_department(late),
        "mail": reminders.mail_is_on(),
    }  # fmt: skip
    return render(request, "entries/reminders.html", shown | {"collection": selectors.collection_of(fy)})


@requires("collect")
@require_GET
def word(request: HttpRequest, fy: int) -> HttpResponse:
    """Letters in Word, one page for each department; nobody is late, no letter."""
    groups: dict[str, list[Task]] = {}
    for task in _late(request, fy):
        groups.setdefault(task.department, []).append(task)
    if not groups:
        messages.info(request, texts.label("web.reminders.none"))
        return redirect("reminders", fy=fy)
    with texts.speaking(texts.INSTALLED):
        data = letters.reminder(str(municipality()), fy, list(groups.items()), timezone.localdate())
        name = texts.label("web.letter.file", year=FiscalYear(fy).label("era"))
    return sent(data, name, KIND)


@requires("collect")
@require_POST
def mail(request: HttpRequest, fy: int) -> HttpResponse:
    """Write to those who are late, or to all who have not handed in."""
    kind = "asked" if request.POST.get("what") == "asked" else "late"
    written = reminders.remind(
        fy=fy, tasks=selectors.tasks(request.user, fy), actor=request.user, kind=kind,
        address=request.build_absolute_uri(reverse("home")),
    )  # fmt: skip
    messages.success(request, texts.label("web.mail.sent", count=written))
    return redirect("collection" if kind == "asked" else "reminders", fy=fy)
