"""What is asked when a version is prepared, returned, remarked upon or decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.common.forms import DayField, LabelledForm


class Prepare(LabelledForm):
    """Which year; why, where it corrects a published one."""

    fiscal_year = forms.TypedChoiceField(coerce=int)
    reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    texts_at = "publication"

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].choices = [(fy, FiscalYear(fy).label()) for fy in sorted(years, reverse=True)]
        self.fields["reason"].help_text = texts.label("publication.reason.help")


class Words(LabelledForm):
    """A remark."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    texts_at = "publication.remark"


class GiveBack(Words):
    """The reason of a return."""

    texts_at = "publication.return"


class Decide(LabelledForm):
    """Day and number of the decision."""

    decided_on = DayField()
    document_number = forms.CharField(required=False, max_length=64)
    texts_at = "publication"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate
