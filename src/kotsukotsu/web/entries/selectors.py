"""What is asked of collections and sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.http import Http404
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.common.asking import objects
from kotsukotsu.web.entries.lacking import Lacking, lacking
from kotsukotsu.web.entries.models import Collection, Entered, Sheet, SupplyReport
from kotsukotsu.web.entries.services.states import may_step
from kotsukotsu.web.entries.standing import Standing, counted, lines_of
from kotsukotsu.web.municipalities.models import Facility
from kotsukotsu.web.municipalities.selectors import department_names, facility_departments

# Sheets that still wait for somebody before they are confirmed.
WAITING = ("not_started", "entering", "returned", "submitted")


@dataclass(frozen=True, slots=True)
class Task:
    """A sheet as its reader sees it in a list."""

    sheet: Sheet
    facility: Facility
    department_id: str
    department: str
    lines: Sequence[Standing]
    is_late: bool

    @property
    def done(self) -> int:
        """Months that say something."""
        return counted(self.lines)[0]

    @property
    def wanted(self) -> int:
        """Months that are asked for."""
        return counted(self.lines)[1]

    @property
    def lacking(self) -> list[Lacking]:
        """What has been begun and still lacks."""
        return lacking(self.sheet, self.lines) if self.done and self.sheet.is_open else []

    @property
    def days_left(self) -> int:
        """Until the due date; negative where it is past."""
        return (self.sheet.due - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        """Days since the due date."""
        return -self.days_left

    @property
    def shown_state(self) -> str:
        """Its state, or that it is late."""
        return "late" if self.is_late else self.sheet.state


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """How far a department has come."""

    department_id: str
    name: str
    counts: Mapping[str, int]
    late: int
    done: int
    wanted: int

    @property
    def sheets(self) -> int:
        """Sheets of the department."""
        return sum(self.counts.values())


def sheet_of(fy: int, facility_id: str) -> Sheet:
    """The sheet of a facility in a year.

    Raises
    ------
    Http404
        If the facility is not in that year's collection.
    """
    found = objects((Sheet, Collection), SHEET, [fy, facility_id])
    if not found:
        raise Http404
    ((sheet, sheet.collection),) = found
    return cast("Sheet", sheet)


SHEET = """
entries_sheet JOIN entries_collection ON entries_collection.id = entries_sheet.collection_id
WHERE fiscal_year = %s AND facility_id = %s
"""


def collection_of(fy: int) -> Collection:
    """The collection of a year.

    Raises
    ------
    Http404
        If none was opened.
    """
    found = Collection.objects.filter(fiscal_year=fy).first()
    if found is None:
        raise Http404
    return found


def collections() -> list[Collection]:
    """All collections, the newest first."""
    return list(Collection.objects.all())


def tasks(user: User, fy: int, right: str = "see") -> list[Task]:
    """Sheets of a year at whose facilities a person has a right, late ones first."""
    found = Sheet.objects.select_related("collection").filter(collection__fiscal_year=fy).order_by("facility_id")
    return _tasks(policy.within(user, found, right))


def _tasks(found: Iterable[Sheet]) -> list[Task]:
    listed = list(found)
    facilities = {
        one.facility_id: one for one in Facility.objects.filter(facility_id__in=[s.facility_id for s in listed])
    }
    today = timezone.localdate()
    departments, own = department_names(today), facility_departments(today)
    said = lines_of(listed)
    made = [
        Task(
            sheet, facilities[sheet.facility_id], own[sheet.facility_id],
            departments.get(own[sheet.facility_id], ""), said[sheet.pk],
            sheet.state in WAITING and sheet.due < today,
        )
        for sheet in listed
        if sheet.facility_id in facilities
    ]  # fmt: skip
    return sorted(made, key=lambda task: (not task.is_late, task.sheet.due, task.facility.facility_id))


def waiting(user: User, step: str, found: Iterable[Task]) -> list[Task]:
    """Of sheets that a person may see, those that wait for a step which they may take."""
    entered = set(Entered.objects.filter(user=user).values_list("sheet_id", flat=True))
    return [task for task in found if may_step(user, task.sheet, step, entered)]


def by_department(found: Iterable[Task]) -> list[DepartmentLine]:
    """Sheets by department and state, departments with late ones first."""
    groups: dict[tuple[str, str], list[Task]] = {}
    for task in found:
        groups.setdefault((task.department_id, task.department), []).append(task)
    made = [
        DepartmentLine(
            key, name, _counts(listed), sum(task.is_late for task in listed), sum(task.done for task in listed),
            sum(task.wanted for task in listed),
        )
        for (key, name), listed in groups.items()
    ]  # fmt: skip
    return sorted(made, key=lambda line: (-line.late, line.department_id))


def _counts(listed: Iterable[Task]) -> dict[str, int]:
    found: dict[str, int] = {}
    for task in listed:
        found[task.sheet.state] = found.get(task.sheet.state, 0) + 1
    return found


def history(sheet: Sheet) -> list[LogEntry]:
    """What happened to a sheet, the newest first: steps, and what was entered."""
    own = LogEntry.objects.filter(kind="sheet", key=str(sheet.pk))
    return list(own.order_by("-at", "-id")[:200])


def supply_reports(*, state: str = "open") -> list[SupplyReport]:
    """Contracts that clerks reported."""
    return list(SupplyReport.objects.filter(state=state).select_related("reported_by"))


def fiscal_years() -> list[int]:
    """Years with a collection, the newest first."""
    return list(Collection.objects.values_list("fiscal_year", flat=True))
