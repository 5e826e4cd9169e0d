"""What is asked of a writer of texts and of a reader of drafts."""

from __future__ import annotations

from typing import Any

from django import forms

from kotsukotsu import texts
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.papers.parts import every
from kotsukotsu.web.papers.prose import LONGEST


def _long(rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "prose-text"})
    return forms.CharField(required=False, max_length=LONGEST, strip=False, widget=area)


class Prose(LabelledForm):
    """A section's own text, and what follows the section."""

    text = _long(18)
    added = _long(6)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    texts_at = "papers.prose"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "added"):
            self.fields[name].help_text = texts.label(f"papers.prose.{name}.help")


class Comment(LabelledForm):
    """A comment on a section."""

    part = forms.ChoiceField()
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    texts_at = "papers.comment"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = part_choices()


def part_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections under the names of their documents."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in every().values():
        found.setdefault(texts.label(f"papers.document.{one.document}"), []).append((one.name, one.title or one.name))
    return list(found.items())
