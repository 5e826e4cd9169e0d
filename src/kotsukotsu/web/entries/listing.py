"""The list of sheets as its address asks for it: narrowed to some, in an order."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from kotsukotsu import texts
from kotsukotsu.web.entries.cycle import STATES
from kotsukotsu.web.entries.selectors import Task
from kotsukotsu.web.look.narrowing import Column, Narrowed, Said, narrowed, one

LATE = "late"
KEYS = {
    "name": lambda task: task.facility.name,
    "department": lambda task: task.department,
    "state": lambda task: (not task.is_late, STATES.index(task.sheet.state)),
    "progress": lambda task: task.done / task.wanted if task.wanted else None,
    "due": lambda task: task.sheet.due,
}


def asked(request: HttpRequest, tasks: Iterable[Task]) -> Narrowed[Task]:
    """The sheets that an address asks for: by a word, a department, a state (``late`` is one here)."""
    columns = (
        Column("department", "web.department", lambda task: one(task.department_id, task.department)),
        Column("state", "web.state", _states, tuple(_said(code) for code in (LATE, *STATES))),
    )
    return narrowed(request, tasks, lambda task: f"{task.facility.name} {task.facility.facility_id}", columns)


def _states(task: Task) -> tuple[Said, ...]:
    codes = (task.sheet.state, LATE) if task.is_late else (task.sheet.state,)
    return tuple(_said(code) for code in codes)


def _said(code: str) -> Said:
    return code, texts.label(f"look.state.{code}")
