"""Names and numbers of the entry forms."""

from __future__ import annotations

from decimal import Decimal

from django import template

from kotsukotsu import texts
from kotsukotsu.rounding import printed
from kotsukotsu.web.entries import sheets

register = template.Library()


@register.simple_tag
def item_name(item: str) -> str:
    """Name of an item."""
    return sheets.item_name(item)


@register.filter
def tenths(value: Decimal | None) -> str:
    """A number with one decimal; － where there is none."""
    return texts.none() if value is None else printed(value, 1)


@register.simple_tag
def figures_name(kind: str) -> str:
    """What a form is for."""
    return texts.label(f"web.figures.{kind}")
