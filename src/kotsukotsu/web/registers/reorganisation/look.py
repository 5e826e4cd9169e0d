"""All that a reorganisation would do: departments, facilities, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from kotsukotsu import schema, texts
from kotsukotsu.accounting.membership import Membership
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.sessions.names import namers
from kotsukotsu.web.accounts.models import Deputy, Role
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.tabled import field_name
from kotsukotsu.web.registers.references import DEPARTMENTS, LEADS
from kotsukotsu.web.registers.reorganisation.judge import DATED, FACILITIES, Judge
from kotsukotsu.web.registers.reorganisation.model import Asked, Handed, Looked, Move, OpenSheet

OWN = (DEPARTMENTS, FACILITIES, DATED)  # what the step itself brings in order


def look(asked: Asked) -> Looked:
    """What would happen, and what stands against it."""
    judge = Judge(asked)
    changes, moves = judge.changes(), judge.moves()
    if not judge.problems and not changes and not moves:
        return Looked((texts.label("reorganise.problem.nothing"),))
    if judge.problems:
        return Looked(tuple(judge.problems), tuple(changes), tuple(moves))
    city, after = tables.city(activities=False), judge.after(changes, moves)
    return Looked(
        (), tuple(changes), tuple(moves), tuple(_roles(judge)), tuple(_sheets(moves)),
        tuple(_bodies(city, City(city.folder, city.settings, {**city.tables, **after}), judge)), tuple(_named(judge)),
    )  # fmt: skip


def _roles(judge: Judge) -> Iterator[Handed]:
    """Roles at departments that end, with those who stand in for their holders then."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=judge.on)
    found = Role.objects.select_related("user").filter(lasting, department_id__in=judge.ending, user__is_active=True)
    for role in found.order_by("department_id", "kind", "user__name"):
        deputies = Deputy.objects.filter(absent=role.user, valid_to__gt=judge.on).select_related("deputy")
        successor = judge.successor(role.department_id)
        yield Handed(
            role.pk, role.user.name, texts.label(f"web.role.{role.kind}"), judge.said(role.department_id), successor,
            judge.said(successor) if successor else "", texts.listed(one.deputy.name for one in deputies),
        )  # fmt: skip


def _sheets(moves: list[Move]) -> Iterator[OpenSheet]:
    going = {one.facility_id: one for one in moves}
    found = Sheet.objects.select_related("collection").filter(facility_id__in=going).exclude(state="settled")
    for sheet in found.order_by("collection__fiscal_year", "facility_id"):
        move, year = going[sheet.facility_id], FiscalYear(sheet.collection.fiscal_year)
        state = texts.label(f"look.state.{sheet.state}")
        yield OpenSheet(move.facility, year.name, state, sheet.due, move.before, move.after)


def _bodies(before: City, after: City, judge: Judge) -> Iterator[tuple[str, str, str]]:
    """Facilities that another body reports from the first whole year on: the total of the city may change."""
    if not before.table("bodies"):
        return
    year = FiscalYear.of(judge.on)
    fy = year.number if year.start == judge.on else year.number + 1
    old, new = Membership(before, fy), Membership(after, fy)
    name = namers(before, catalogue(), fy)["body"]
    for code, row in judge.facilities.items():
        if old.of(code) != new.of(code):
            yield row["name"], *(texts.listed(name(one.body) for one in found.of(code)) for found in (old, new))


def _named(judge: Judge) -> Iterator[str]:
    """Registers that name a department which ends and that the step leaves as they are."""
    for table, model in tables.MODELS.items():
        for column in schema.columns(table):
            if table not in OWN and LEADS.get(column.column) == DEPARTMENTS:
                asked = {f"{field_name(column.column)}__in": judge.ending}
                count = model._default_manager.filter(**asked).count()  # noqa: SLF001  # Django's word for it
                if count:
                    yield texts.label("reorganise.named", register=texts.label(f"register.{table}"), count=str(count))
