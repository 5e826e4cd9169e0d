"""Figures as people read them: which way a change went, in a sign, a word and a colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kotsukotsu import texts
from kotsukotsu.documents.printing import Figure
from kotsukotsu.findings import SEVERITIES, Finding
from kotsukotsu.periods import last_day

register = template.Library()


@register.simple_tag
def change_of(figure: Figure, kind: str = "change") -> SafeString:
    """A change (↓ 減 in green, ↑ 増 in red), or a ``gap`` to a target; △ stands only before the number itself."""
    if figure.printed is None:
        return format_html("{}", figure.text)
    unit = format_html('<span class="unit">{}</span>', figure.unit)
    if not figure.printed:
        return format_html("{}{}", figure.text, unit)
    way = "less" if figure.printed < 0 else "more"
    word = texts.label(f"see.{kind}.{way}")
    return format_html('<span class="{}">{}{} <span class="way">{}</span></span>', way, figure.text, unit, word)


@register.simple_tag
def findings_counted(findings: Iterable[Finding]) -> str:
    """How many findings there are of each weight, the heaviest first."""
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return texts.label("see.quality.findings", count=0)
    return texts.label("sign.part").join(
        texts.label("see.quality.counted", kind=texts.label(f"doc.severity.{one}"), count=counts[one])
        for one in SEVERITIES
        if counts[one]
    )


@register.filter
def day_before(end: date) -> date:
    """The last day of a half-open period."""
    return last_day(end)
