"""The secretariat opens a collection: which facilities, which items, until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField
from kotsukotsu.web.entries import sheets
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.entries.services.collections import Wanted
from kotsukotsu.web.municipalities.models import Facility
from kotsukotsu.web.municipalities.selectors import department_names, facility_departments, facility_names


class OpenForm(forms.Form):
    """What is asked, until when."""

    due_on = DayField()
    message = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    items = forms.MultipleChoiceField()
    facilities = forms.MultipleChoiceField()

    def __init__(self, *args: object, proposal: Wanted, others: Sequence[str], **kwargs: object) -> None:
        items = _items(proposal)
        everything = {"facilities": list(proposal), "items": list(items)}
        super().__init__(*args, initial=everything, **kwargs)
        for name, field in self.fields.items():
            field.label = texts.label(f"web.collection.{name}")
        self.fields["facilities"].choices = [(key, key) for key in (*proposal, *others)]
        self.fields["items"].choices = [(item, item) for item in items]
        self.proposal = proposal

    def wanted(self) -> Wanted:
        """Lines of the facilities and items that are ticked; who has none of them is not asked.

        A facility for which nothing is proposed is asked where it is ticked: its people add the items.
        """
        items, ticked = set(self.cleaned_data["items"]), self.cleaned_data["facilities"]
        found = {
            key: {line: unit for line, unit in self.proposal.get(key, {}).items() if line[0] in items} for key in ticked
        }
        return {key: lines for key, lines in found.items() if lines or key not in self.proposal}


@dataclass(frozen=True, slots=True)
class Box:
    """Something to tick."""

    code: str
    name: str
    more: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The facilities of a department."""

    code: str
    name: str
    boxes: tuple[Box, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of them are ticked: nothing to look at, the list is closed."""
        return all(box.is_ticked for box in self.boxes)


@requires("collect")
def page(request: HttpRequest, fy: int) -> HttpResponse:
    """Open a collection: the lines are proposed from last year and the contracts."""
    proposal = collections.proposal(fy)
    others = collections.unasked(fy, proposal)
    form = OpenForm(request.POST or None, proposal=proposal, others=others)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        collections.collection_open(
            fy=fy, due_on=form.cleaned_data["due_on"], message=form.cleaned_data["message"], wanted=wanted,
            actor=request.user,
        )  # fmt: skip
        messages.success(request, texts.label("web.collection.opened", year=FiscalYear(fy).name, count=len(wanted)))
        return redirect("collection", fy=fy)
    shown = {
        "form": form, "fy": fy, "lines": sum(len(one) for one in proposal.values()), "groups": _groups(form),
        "others": [Box(key, facility_names()[key], "", key in _ticked(form, "facilities")) for key in others],
        "items": [
            Box(item, sheets.item_name(item), str(count), item in _ticked(form, "items"))
            for item, count in _items(proposal).items()
        ],
    }  # fmt: skip
    return render(request, "entries/opening.html", shown)


def _items(proposal: Wanted) -> Counter[str]:
    """Items with the number of facilities that are asked for them, the most frequent first."""
    found = Counter(item for lines in proposal.values() for item in {key[0] for key in lines})
    return Counter(dict(found.most_common()))


def _ticked(form: OpenForm, name: str) -> set[str]:
    return set(form[name].value() or ())


def _groups(form: OpenForm) -> list[Group]:
    today, ticked = timezone.localdate(), _ticked(form, "facilities")
    names, own = department_names(today), facility_departments(today)
    found: dict[str, list[Box]] = {}
    for one in Facility.objects.all():
        lines = form.proposal.get(one.facility_id)
        if lines:
            box = Box(one.facility_id, one.name, _said(key[0] for key in lines), one.facility_id in ticked)
            found.setdefault(own[one.facility_id], []).append(box)
    return [Group(code, names.get(code, code), tuple(boxes)) for code, boxes in found.items()]


def _said(items: Iterable[str]) -> str:
    return texts.listed(dict.fromkeys(sheets.item_name(item) for item in items))
