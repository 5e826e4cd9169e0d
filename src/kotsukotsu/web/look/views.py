"""All parts of the look on one page, for those who build pages and for the tests; only in the demo."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.web.common.access import open_to_all
from kotsukotsu.web.look.signs import STATES
from kotsukotsu.web.look.sorting import in_order

FINDINGS = (
    Finding("C-01", "1", {"months": "4", "count": 1}),
    Finding("AN-04", "2", {"name": "2", "use": "3"}),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sample table."""

    name: str
    amount: int | None


class Sample(forms.Form):
    """Fields of each kind."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        said = texts.label("look.sample")
        self.fields["text"] = forms.CharField(label=said, help_text=said)
        self.fields["choice"] = forms.ChoiceField(label=said, choices=[("a", said)], required=False)
        self.fields["long"] = forms.CharField(label=said, widget=forms.Textarea, required=False)
        self.fields["sure"] = forms.BooleanField(label=said, required=False)


@open_to_all
def parts(request: HttpRequest) -> HttpResponse:
    """The page.

    Raises
    ------
    Http404
        Where this is no demo.
    """
    if not settings.DEMO:
        raise Http404
    if "panel" in request.GET:
        return render(request, "look/panel.html")
    said = texts.label("look.sample")
    lines = [Line(f"{said} {number}", number * 37 % 1000 if number % 50 else None) for number in range(1, 301)]
    steps = [{"name": said, "is_done": at < 2, "is_current": at == 2} for at in range(4)]
    shown = {
        "states": STATES,
        "kinds": ("success", "info", "warning", "error"),
        "form": Sample({"text": ""}),
        "lines": in_order(request, lines, {"name": lambda line: line.name, "amount": lambda line: line.amount}),
        "steps": steps,
        "tabs": [{"name": said, "address": "#tabs", "is_current": at == 0} for at in range(3)],
        "crumbs": [{"name": said, "address": "#crumbs"}, {"name": said}],
        "findings": FINDINGS,
        "said": said,
        "panel": "?panel=1",
    }
    return render(request, "look/parts.html", shown)
