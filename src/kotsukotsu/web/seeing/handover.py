"""What somebody hands over with a post (引継書): open work, dates, decisions, accounts, and where things are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts import selectors as people
from kotsukotsu.web.accounts.models import Deputy, LogEntry, User
from kotsukotsu.web.api.models import Token
from kotsukotsu.web.entries import selectors as entries
from kotsukotsu.web.municipalities.selectors import facility_names
from kotsukotsu.web.plans.models import Countermeasure
from kotsukotsu.web.publications import selectors as publications
from kotsukotsu.web.publications.models import Publication

BACK = timedelta(days=400)  # decisions of this and the last fiscal year
MOST = 300
SETTLED = "settled"
DECIDED = (
    "return",
    "reopen",
    "settle",
    "open",
    "due",
    "take",
    "refuse",
    "publish",
    "prepare",
    "retain",
    "review_return",
)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document.

    Attributes
    ----------
    name : str
        Its texts are ``handover.<name>`` and, for each column, ``handover.<name>.<column>``.
    widths : tuple of int
        Of the columns. [mm]
    """

    name: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: list[Row]


def sections(user: User) -> list[Section]:
    """Everything that the successor of a person must know; parts that a person has nothing of are left out."""
    asked: tuple[tuple[str, tuple[str, ...], tuple[int, ...], Callable[[User], Iterator[Row]]], ...] = (
        ("roles", ("role", "place", "until"), (50, 76, 34), _roles),
        ("work", ("year", "facility", "state", "progress", "due"), (24, 56, 22, 24, 34), _work),
        ("departments", ("year", "department", "open", "late", "progress"), (26, 60, 26, 22, 26), _departments),
        ("measures", ("facility", "text", "person", "due"), (38, 62, 26, 34), _countermeasures),
        ("dates", ("day", "what"), (34, 126), _dates),
        ("decisions", ("day", "what", "object", "reason", "who"), (34, 30, 40, 32, 24), _decisions),
        ("publications", ("version", "state", "decided"), (70, 40, 50), _publications),
        ("accounts", ("name", "username", "roles"), (40, 40, 80), _accounts),
        ("places", ("what", "where"), (60, 100), _places),
    )
    made = [Section(name, columns, widths, list(of(user))[:MOST]) for name, columns, widths, of in asked]
    return [section for section in made if section.rows]


def _roles(user: User) -> Iterator[Row]:
    for one in people.described(policy.roles_of(user), user):
        yield one.name, one.place, _day(one.role.valid_to)


def _work(user: User) -> Iterator[Row]:
    """Sheets that are not settled: those to enter, and those that wait for a step of this person."""
    if policy.may(user, "overview"):  # by department, as there are hundreds
        return
    for fy in entries.fiscal_years():
        own = entries.tasks(user, fy, "enter") if policy.may(user, "enter") else []
        waiting = entries.waiting(user, "confirm", entries.tasks(user, fy)) if policy.may(user, "confirm") else []
        for task in {task.sheet.pk: task for task in (*own, *waiting) if task.sheet.state != SETTLED}.values():
            state = texts.label(f"look.state.{task.shown_state}")
            done, due = f"{task.done}/{task.wanted}", day_name(task.sheet.due)
            yield FiscalYear(fy).short_name, task.facility.name, state, done, due


def _departments(user: User) -> Iterator[Row]:
    """How far each department has come, for who sees the whole city."""
    if not policy.may(user, "overview"):
        return
    for fy in entries.fiscal_years():
        for one in entries.by_department(entries.tasks(user, fy)):
            unsettled = sum(count for state, count in one.counts.items() if state != SETTLED)
            if unsettled:
                done = f"{one.done:,}/{one.wanted:,}"
                yield FiscalYear(fy).short_name, one.name, str(unsettled), str(one.late), done


def _countermeasures(user: User) -> Iterator[Row]:
    """Countermeasures of the facilities whose reviews this person writes, from today on."""
    if not policy.may(user, "explain"):
        return
    found = Countermeasure.objects.filter(due_on__gte=timezone.localdate()).select_related("review").order_by("due_on")
    allowed, names = policy.facilities(user, "explain"), facility_names()
    for one in found:
        place = one.review.facility_id
        if allowed is None or place in allowed:
            yield names.get(place, place), one.text, one.person, _day(one.due_on)


def _dates(user: User) -> Iterator[Row]:
    today = timezone.localdate()
    found = [
        (one.due_on, texts.label("handover.date.collection", year=FiscalYear(one.fiscal_year).name))
        for one in entries.collections() if one.due_on >= today
    ]  # fmt: skip
    found += [
        (one.valid_to, texts.label("handover.date.deputy", absent=one.absent.name, deputy=one.deputy.name))
        for one in Deputy.objects.filter(Q(absent=user) | Q(deputy=user), valid_to__gt=today)
        .select_related("absent", "deputy")
    ]  # fmt: skip
    found += [
        (one.valid_to, texts.label("handover.date.token", name=one.name))
        for one in Token.objects.filter(user=user, revoked_at=None, valid_to__gt=today)
    ]
    for day, what in sorted(found):
        yield _day(day), what


def _decisions(user: User) -> Iterator[Row]:
    """What was decided, with its reason: of the whole city for who sees it, else at one's own facilities."""
    found = LogEntry.objects.filter(verb__in=DECIDED, at__gte=timezone.now() - BACK).order_by("-at", "-pk")
    if not policy.may(user, "overview"):
        found = found.filter(facility_id__in=policy.facilities(user) or ())
    places = {**facility_names(), **{str(one): publications.title(one) for one in Publication.objects.all()}}
    for one in found[:MOST]:
        year = FiscalYear(int(one.key)).name if one.kind == "collection" else one.key
        place = places.get(one.facility_id or one.key, year)
        yield _day(timezone.localdate(one.at)), texts.label(f"web.verb.{one.verb}"), place, one.reason, one.who


def _publications(user: User) -> Iterator[Row]:
    if not policy.may(user, "overview"):
        return
    for one in Publication.objects.all():
        decided = f"{_day(one.decided_on)}{texts.gap()}{one.document_number}".strip(texts.gap())
        yield publications.title(one), texts.label(f"publication.state.{one.state}"), decided


def _accounts(user: User) -> Iterator[Row]:
    """Who has an account and what they are; no password is ever written anywhere."""
    if not policy.may(user, "accounts"):
        return
    for one, roles in people.people():
        if one.is_active:
            yield one.name, one.username, texts.listed(texts.bracketed(role.name, role.place) for role in roles)


def _places(user: User) -> Iterator[Row]:
    wanted = ["sheets", "account"]
    if policy.may(user, "overview"):
        wanted += ["registers", "publications"]
    if policy.may(user, "register"):
        wanted += ["factors"]
    for name in wanted:
        yield texts.label(f"handover.place.{name}"), texts.label(f"handover.where.{name}")
    if policy.may(user, "accounts"):
        yield texts.label("handover.place.home"), _database()
        yield texts.label("handover.place.evidence"), texts.label("handover.where.evidence")
        yield texts.label("handover.place.backup"), texts.label("handover.where.backup")


def _database() -> str:
    """Where the data lie: the file, or the name of the database at its server; never a password."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(told["NAME"])
    return texts.label("handover.where.server", name=told["NAME"], host=told["HOST"] or "localhost")


def _day(day: date | None) -> str:
    return day_name(day) or texts.none()
