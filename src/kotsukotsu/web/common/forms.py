"""Forms with labels from texts/*.csv."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from kotsukotsu import texts
from kotsukotsu.importers import dates
from kotsukotsu.importers.model import Cell
from kotsukotsu.periods import day_name


class LabelledForm(forms.Form):
    """A form whose labels are the texts ``<texts_at>.<field>``."""

    texts_at: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = texts.entries()[f"{self.texts_at}.{name}"].says[texts.language()]


class DayInput(forms.DateInput):
    """A day as a text, with a calendar beside it: a browser's own field of days takes no 令和8年4月1日 and no paste."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the word of the button to the calendar."""
        own = {"data-day": texts.label("web.day.calendar"), "autocomplete": "off", **(attrs or {})}
        return super().get_context(name, value, own)

    def format_value(self, value: Any) -> str | None:
        """A day as an office writes it; what was typed as it was typed."""
        if not isinstance(value, date):
            return value or None
        return day_name(value) if texts.language() == "ja" else value.isoformat()


class DayField(forms.DateField):
    """A day, typed or pasted in any of the ways that an office writes it, or chosen."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """令和8年4月1日, R8.4.1, 2026-04-01, 2026/4/1, in full-width digits too."""
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        found = dates.day(Cell(str(value), "text"))
        if found is None:
            raise forms.ValidationError(texts.label("web.day.unread", text=value), code="invalid")
        return found
