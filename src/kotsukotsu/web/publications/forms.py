"""What is asked when a version is prepared, returned, remarked upon or decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear


class Labelled(forms.Form):
    """A form whose labels are texts of the product."""

    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, code in self.labels.items():
            self.fields[name].label = texts.label(code)


class Prepare(Labelled):
    """Which year; why, where it corrects a published one."""

    fiscal_year = forms.TypedChoiceField(coerce=int)
    reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    labels = {"fiscal_year": "publication.fiscal_year", "reason": "publication.reason"}

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].choices = [(fy, FiscalYear(fy).label()) for fy in sorted(years, reverse=True)]
        self.fields["reason"].help_text = texts.label("publication.reason.help")


class Words(Labelled):
    """A remark."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    labels = {"text": "publication.remark"}


class GiveBack(Words):
    """The reason of a return."""

    labels = {"text": "publication.return.reason"}


class Decide(Labelled):
    """Day and number of the decision."""

    decided_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    document_number = forms.CharField(required=False, max_length=64)
    labels = {"decided_on": "publication.decided_on", "document_number": "publication.document_number"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate
