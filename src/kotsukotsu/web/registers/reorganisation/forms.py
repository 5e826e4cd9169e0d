"""What the secretariat fills in, and what it asks for by that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.common.forms import DayField, LabelledForm
from kotsukotsu.web.municipalities.models import Department
from kotsukotsu.web.municipalities.selectors import departments_on
from kotsukotsu.web.registers.reorganisation.model import Asked, Wish

NEW, PICKED = 4, 4  # empty lines for departments that begin, and for facilities picked one by one
PARTING = re.compile(r"\t|,|、|，")


class ReorganisationForm(LabelledForm):
    """The day, the reason, and the facilities that go elsewhere; departments are lines of their own."""

    texts_at = "reorganise"
    on = DayField()
    reason = forms.CharField(max_length=200)
    pasted = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 6}))
    file = forms.FileField(required=False)


def next_april(today: date) -> date:
    """The first day of the next fiscal year."""
    return FiscalYear.of(today).end


def lines(given: Mapping[str, str] | None, on: date) -> tuple[list[Wish], list[Wish]]:
    """The lines of the page: the departments of a day and the empty ones, with what has been typed."""
    there = departments_on(on)
    names = {one.department_id: one.name for one in there}
    wishes = [_wish(given, one, names) for one in there]
    return wishes, [_new(given, number, code) for number, code in enumerate(_codes(), 1)]


def _wish(given: Mapping[str, str] | None, one: Department, names: Mapping[str, str]) -> Wish:
    code = one.department_id
    if given is None or f"name.{code}" not in given:
        return Wish(code, one.name, _written(one.parent_id or "", names))
    name, parent, successor = (given.get(f"{key}.{code}", "").strip() for key in ("name", "parent", "successor"))
    return Wish(code, name, parent, f"ends.{code}" in given, successor)


def _written(code: str, names: Mapping[str, str]) -> str:
    """A department as one writes it: by its name, where no other has it."""
    name = names.get(code, code)
    return name if list(names.values()).count(name) == 1 else code


def _new(given: Mapping[str, str] | None, number: int, code: str) -> Wish:
    typed = {key: (given or {}).get(f"new.{key}.{number}", "").strip() for key in ("code", "name", "parent")}
    return Wish(typed["code"] or code, typed["name"], typed["parent"])


def _codes() -> list[str]:
    """Codes that are free: the last one counted on."""
    taken = set(Department.objects.values_list("department_id", flat=True))
    found = [re.fullmatch(r"(.*?)(\d+)", code) for code in taken]
    last = max((match for match in found if match), key=lambda match: int(match[2]), default=None)
    if last is None:
        return [""] * NEW
    return [f"{last[1]}{int(last[2]) + step:0{len(last[2])}d}" for step in range(1, NEW + 1)]


def gathered(given: Mapping[str, str]) -> dict[str, str]:
    """What has been typed, with the facilities that were picked one by one among those that were pasted."""
    picked = [(given.get(f"facility.{number}", "").strip(), given.get(f"to.{number}", "").strip())
              for number in range(1, PICKED + 1)]  # fmt: skip
    lines = ["\t".join(pair) for pair in picked if pair[0]]
    return {**given, "pasted": "\n".join(filter(None, [*lines, given.get("pasted", "")]))}


def asked(form: ReorganisationForm, given: Mapping[str, str], more: Iterable[tuple[str, str]]) -> Asked:
    """What a filled-in page asks for; `more` are the moves of its file."""
    on = form.cleaned_data["on"]
    wishes, begin = lines(given, on)
    begun = tuple(one for one in begin if one.name)
    moves = [*_pasted(form.cleaned_data["pasted"]), *more]
    return Asked(on, form.cleaned_data["reason"], tuple(wishes), begun, tuple(dict.fromkeys(moves)))


def _pasted(text: str) -> Iterator[tuple[str, str]]:
    """A facility and its new department on each line, parted by a tab or a comma."""
    for line in filter(str.strip, text.splitlines()):
        facility, *rest = (part.strip() for part in PARTING.split(line, maxsplit=1))
        yield facility, "".join(rest)


def filled_in(found: Asked) -> dict[str, Any]:
    """The page as it was filled in, with the facilities of every way in one list."""
    given: dict[str, Any] = {"on": found.on.isoformat(), "reason": found.reason}
    given["pasted"] = "\n".join("\t".join(pair) for pair in found.moves)
    for wish in found.wishes:
        given |= {f"{key}.{wish.code}": getattr(wish, key) for key in ("name", "parent", "successor")}
        given |= {f"ends.{wish.code}": "on"} if wish.ends else {}
    for number, wish in enumerate(found.begin, 1):
        given |= {f"new.{key}.{number}": getattr(wish, key) for key in ("code", "name", "parent")}
    return given
