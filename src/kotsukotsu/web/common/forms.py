"""Forms with labels from texts/*.csv."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from kotsukotsu import texts


class LabelledForm(forms.Form):
    """A form whose labels are the texts ``<texts_at>.<field>``."""

    texts_at: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = texts.entries()[f"{self.texts_at}.{name}"].says[texts.language()]


def day_field(**more: Any) -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **more)
