"""Names of the entry forms."""

from __future__ import annotations

from django import template

from kotsukotsu import texts

register = template.Library()


@register.simple_tag
def figures_name(kind: str) -> str:
    """What a form is for."""
    return texts.label(f"web.figures.{kind}")
