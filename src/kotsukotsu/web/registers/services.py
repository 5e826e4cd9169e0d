"""Rows of registers: added, changed, removed, taken in from a file. One step, one transaction, one entry of the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from kotsukotsu import schema, texts
from kotsukotsu.accounting.own_factors import own_factors
from kotsukotsu.schema import Row
from kotsukotsu.schema.organisation import overlaps
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import CityFile, Municipality
from kotsukotsu.web.municipalities.tabled import Tabled, field_name
from kotsukotsu.web.registers import headings, references, rules, uses
from kotsukotsu.web.registers.fates import CHANGED, NEW, Fate
from kotsukotsu.web.registers.kinds import Register

RIGHT = "register"
# Registers in which a department, or a facility, has one row on each day.
ONE_A_DAY = {"departments": "department_id", "facility_departments": "facility_id"}


def version(row: Row | None) -> str:
    """A mark of a row as it was shown; another one means that somebody changed it since."""
    plain = {name: schema.cell(value) for name, value in sorted((row or {}).items())}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:16]


@transaction.atomic
def row_save(*, register: Register, pk: int | None, row: Row, seen: str = "", reason: str = "", actor: User) -> Tabled:
    """Add a row, or change one.

    Parameters
    ----------
    seen : str
        The `version` of the row that the actor looked at.

    Raises
    ------
    ConflictError
        WR-05 somebody changed or removed it since.
    WebError
        WR-02, WR-03, WR-04 from the rules; WR-06 there is such a row already; WR-12 others name it by its old code;
        WR-16 another row holds on the same days.
    CatalogueError
        CA-10, CA-11 a factor that nothing can be computed with.
    """
    policy.require(actor, RIGHT)
    hold()
    old = _held(register, pk, seen) if pk is not None else None
    _refuse(register, row, pk)
    saved = old or register.model()
    before = old.as_row() if old else None
    if before:
        uses.refuse_used(register, pk, before, row)
    _fill(saved, register, row)
    saved.save()
    _refuse_two_on_a_day(register, [row])
    _refuse_useless_factors(register)
    if saved.as_row() != before:
        tell(register, "change" if old else "add", before, saved.as_row(), reason, actor)
    return saved


@transaction.atomic
def row_remove(*, register: Register, pk: int, seen: str, reason: str, actor: User) -> None:
    """Remove a row that was entered by mistake; what ends has an end instead.

    Raises
    ------
    ConflictError
        WR-05 somebody changed or removed it since.
    WebError
        WR-07 without a reason; WR-12 others name it.
    """
    policy.require(actor, RIGHT)
    hold()
    old = _held(register, pk, seen)
    if not reason.strip():
        raise WebError("WR-07")
    before = old.as_row()
    uses.refuse_used(register, pk, before, None)
    old.delete()
    tell(register, "remove", before, None, reason, actor)


@transaction.atomic
def fates_carry_out(*, register: Register, fates: Iterable[Fate], source: str, actor: User) -> int:
    """Take in the new and the changed rows of a file; how many. All of them or none.

    Raises
    ------
    WebError
        WR-16 two rows would hold on the same days.
    CatalogueError
        CA-10, CA-11 a factor that nothing can be computed with.
    """
    policy.require(actor, RIGHT)
    hold()
    taken = [fate for fate in fates if fate.kind in (NEW, CHANGED)]
    for fate in taken:
        saved = register.model._default_manager.get(pk=fate.pk) if fate.pk else register.model()  # noqa: SLF001
        before = saved.as_row() if fate.pk else None
        _fill(saved, register, fate.row)
        saved.save()
        tell(register, "change" if fate.pk else "add", before, saved.as_row(), source, actor)
    _refuse_two_on_a_day(register, [fate.row for fate in taken])
    _refuse_useless_factors(register)
    return len(taken)


@transaction.atomic
def headings_explain(*, register: Register, columns: Mapping[str, str], actor: User) -> None:
    """Remember what the headings of another office's files mean, for the next file.

    Parameters
    ----------
    columns : mapping
        Heading, as `words.key` has it, to a column, to the heading itself where it is kept beyond the register, or
        to nothing where it is not read.
    """
    policy.require(actor, RIGHT)
    hold()
    old, ours = headings.profile(register), headings.own(register)
    new = {word: name for word, name in columns.items() if old.columns.get(word, ours.get(word)) != name}
    if not new:
        return
    text = replace(old, columns={**old.columns, **new}).to_toml()
    CityFile.objects.update_or_create(path=headings.path(register), defaults={"content": text.encode()})
    before = {word: old.columns[word] for word in new if word in old.columns}
    log(actor=actor, verb="explain", kind="headings", key=register.table, before=before, after=new)


def hold() -> None:
    """Take one's turn among those who change registers."""
    if Municipality.objects.select_for_update().first() is None:
        raise WebError("W-10")


def _held(register: Register, pk: int, seen: str) -> Tabled:
    found = register.model._default_manager.filter(pk=pk).first()  # noqa: SLF001  # Django's word for it
    if found is None or version(found.as_row()) != seen:
        raise ConflictError("WR-05")
    return found


def _refuse(register: Register, row: Row, pk: int | None) -> None:
    known = references.of(register.table, tuple(column.column for column in register.columns))
    for problem in rules.problems(register, row, known):
        raise problem
    same = [one for one in register.model._default_manager.all()  # noqa: SLF001
            if one.pk != pk and register.key(one.as_row()) == register.key(row)]  # fmt: skip
    if same:
        raise WebError("WR-06", key="・".join(part for part in register.key(row) if part))


def _refuse_two_on_a_day(register: Register, written: Iterable[Row]) -> None:
    """Refuse rows written just now that hold beside another of the same department, or facility."""
    column = ONE_A_DAY.get(register.table)
    if column is None:
        return
    codes = {row[column] for row in written}
    for one, other in overlaps([row for row in rows_of(register) if row[column] in codes], column):
        raise WebError("WR-16", code=one[column], first=_days(one), second=_days(other))


def _refuse_useless_factors(register: Register) -> None:
    """Refuse factors of the city that no year could be computed with; all of them are read again."""
    if register.table == tables.FACTORS:
        own_factors(tables.city(activities=False), catalogue())


def _days(row: Row) -> str:
    return f"{schema.cell(row['valid_from'])}{texts.label('sign.to')}{schema.cell(row['valid_to'])}"


def _fill(saved: Tabled, register: Register, row: Row) -> None:
    names = {column.column for column in register.columns}
    for name in names:
        setattr(saved, field_name(name), row.get(name))
    saved.extra = {**saved.extra, **{name: value for name, value in row.items() if name not in names}}


def tell(register: Register, verb: str, before: Row | None, after: Row | None, reason: str, actor: User) -> None:
    """Log what became of a row, within its transaction, and have results computed anew."""
    row: dict[str, Any] = after or before or {}
    changed = [name for name in {**(before or {}), **row} if (before or {}).get(name) != (after or {}).get(name)]
    log(
        actor=actor, verb=verb, kind=register.table, key="|".join(register.key(row)), reason=reason,
        facility_id=str(row.get("facility_id") or ""),
        before={name: before.get(name) for name in changed} if before else None,
        after={name: after.get(name) for name in changed} if after else None,
    )  # fmt: skip
    registers_changed()


def rows_of(register: Register) -> list[Row]:
    """All rows of a register."""
    return tables.rows(register.table)
