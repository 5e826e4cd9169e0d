"""Parts of pages as tags: signs, chips, the year, headings that sort, numbers that open their trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kotsukotsu import texts
from kotsukotsu.web.look.paging import query_without_page
from kotsukotsu.web.look.signs import SIGNS
from kotsukotsu.web.look.sorting import asked

register = template.Library()
UP, DOWN = "M4 5 8 0l4 5z", "M4 11l4 5 4-5z"


@register.filter
def words(names: str) -> list[str]:
    """The words of a text, for a loop over a few names."""
    return names.split()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign; the word beside it says the same, so it is not read out."""
    return format_html(
        '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2.5" '
        'aria-hidden="true"><path d="{}"/></svg>',
        SIGNS[name],
    )


@register.simple_tag
def brand_mark() -> SafeString:
    """Small steps, one above the other."""
    return format_html(
        '<svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true"><path fill="#0017c1" d="{}"/></svg>',
        "M3 20h7v9H3zM12.5 12h7v17h-7zM22 3h7v26h-7z",
    )


@register.simple_tag
def kind_name(kind: str) -> str:
    """What the colour of a banner says."""
    return texts.label(f"look.kind.{kind}")


@register.simple_tag
def chip(state: str) -> SafeString:
    """The state of a sheet: word, sign and colour."""
    return _chip(state, texts.label(f"look.state.{state}"))


@register.simple_tag
def severity(name: str) -> SafeString:
    """How much a finding weighs."""
    return _chip(name, texts.label(f"doc.severity.{name}"))


def _chip(kind: str, said: str) -> SafeString:
    return format_html('<span class="chip chip-{}">{}{}</span>', kind, icon(kind), said)


@register.simple_tag
def traced(text: str, address: str, unit: str = "") -> SafeString:
    """A figure that opens the panel with its trace; without scripts, the page with it."""
    unit_part = format_html('<span class="unit">{}</span>', unit) if unit else ""
    if not address:
        return format_html("{}{}", text, unit_part)
    return format_html('<a class="traced" href="{}" data-drawer>{}{}</a>', address, text, unit_part)


@register.inclusion_tag("look/parts/pages.html", takes_context=True)
def page_links(context: Mapping[str, Any], page: Page, anchor: str = "") -> dict[str, Any]:
    """Links to the other pages of a list, with whatever else the address asks for.

    Parameters
    ----------
    anchor : str
        The part of the page that the list stands in.
    """
    query, hash_part = query_without_page(context["request"]), f"#{anchor}" if anchor else ""

    def address(number: int) -> str:
        return f"?{query}{'&' if query else ''}page={number}{hash_part}"

    asked_for = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    numbers = [(one, address(one)) if isinstance(one, int) else (None, "") for one in asked_for]
    return {
        "page": page, "numbers": numbers, "before": address(page.number - 1), "after": address(page.number + 1),
        "language": context.get("language"),
    }  # fmt: skip


@register.simple_tag(takes_context=True)
def sort_heading(
    context: Mapping[str, Any], name: str, said: str, *, number: bool = False, anchor: str = ""
) -> SafeString:
    """A heading of a table that sorts it: an address, so that it works without scripts and can be sent on."""
    request: HttpRequest = context["request"]
    column, descending = asked(request)
    current = column == name
    query = request.GET.copy()
    query.pop("page", None)  # another order has another first page
    query["sort"] = f"-{name}" if current and not descending else name
    way = ("descending" if descending else "ascending") if current else "none"
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a class="sort" href="?{}{}">{}<svg viewBox="0 0 16 16" '
        'aria-hidden="true"><path class="up" d="{}"/><path class="down" d="{}"/></svg></a></th>',
        "number" if number else "", way, query.urlencode(), f"#{anchor}" if anchor else "", said, UP, DOWN,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def nav_year(context: Mapping[str, Any]) -> int | None:
    """The year that other pages open with: this page's, else the latest of the ledger."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is not None and "fy" in match.kwargs:
        return int(match.kwargs["fy"])
    years = _years(context)
    return years[-1] if years else None


def _years(context: Mapping[str, Any]) -> tuple[int, ...]:
    offered = context.get("fiscal_years", ())
    return tuple(offered() if callable(offered) else offered)


@register.inclusion_tag("look/parts/year.html", takes_context=True)
def year_choice(context: Mapping[str, Any]) -> dict[str, Any]:
    """The years of the same page: the year is part of the address (``fy``), and chosen here alone."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or "fy" not in match.kwargs:
        return {}
    fy = int(match.kwargs["fy"])
    years = _years(context)
    choices = [
        {"fy": year, "address": reverse(match.view_name, kwargs={**match.kwargs, "fy": year})}
        for year in sorted({*years, fy}, reverse=True)
    ]
    place = next(index for index, choice in enumerate(choices) if choice["fy"] == fy)
    before = choices[place + 1] if place + 1 < len(choices) else None
    return {"fy": fy, "choices": choices, "before": before, "after": choices[place - 1] if place else None}
