"""``{% t "web.code" name=value %}``: a sentence of texts/*.csv in the language of the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kotsukotsu import schema, texts, units
from kotsukotsu.documents import html, printing
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.rounding import plain, printed
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.common import advice

register = template.Library()
register.filter("finding_place", advice.place)
register.filter("finding_message", advice.message)
register.filter("finding_advice", advice.advice)


@register.simple_tag
def t(code: str, **data: Any) -> str:
    """A sentence, its places filled, days and counts as an office writes them; Django escapes what is put in."""
    return texts.label(code, **{name: _written(name, value) for name, value in data.items()})


@register.filter
def or_none(value: Any) -> Any:
    """A value, or the sign that stands where there is none; 0 is one."""
    return texts.none() if value in (None, "") else value


def _written(name: str, value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return day_name(value)
    return commas(value) if name == "count" and isinstance(value, int) else value


@register.filter
def commas(count: int) -> str:
    """A count with a comma between thousands."""
    return f"{count:,}"


@register.filter(expects_localtime=True)
def day(value: date | Literal[""] | None) -> str:
    """令和8年4月1日; nothing for none, and for what a template does not find (an empty text)."""
    return day_name(value.date() if isinstance(value, datetime) else value or None)


@register.filter(expects_localtime=True)
def moment(value: datetime | None, precise: str = "minutes") -> str:
    """令和8年4月1日 10:32, or with ``seconds``; nothing for none."""
    return "" if value is None else f"{day(value)} {value.time().isoformat(precise)}"


@register.filter
def unbroken(said: str) -> SafeString:
    """A text in which the unit is not broken at the end of a line."""
    return mark_safe(html.unbroken(escape(said)))  # noqa: S308 - escaped on the line


@register.simple_tag
def verb(name: str) -> str:
    """What a log entry says was done."""
    return texts.label(f"web.verb.{name}")


# Under which texts the values of a field are said in a log entry.
SAID = {
    "state": ("look.state", "web.review.state", "publication.state"),
    "role": ("web.role",),
    "basis": ("see.basis",),
    "second_factor": ("web.second.kind",),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@register.simple_tag
def told(name: str, value: Any) -> str:
    """A value of a log entry in words."""
    if isinstance(value, list):
        return texts.listed(told(name, one) for one in value) or texts.none()
    if value is None or value == "":
        return texts.none()
    if isinstance(value, bool):
        return texts.label("register.choice.yes" if value else "register.choice.no")
    for prefix in SAID.get(name, ()):
        if f"{prefix}.{value}" in texts.entries():
            return texts.label(f"{prefix}.{value}")
    return _without_codes(str(value)) if name in ("cells", "item") else as_day(str(value))


@register.filter
def as_day(text: str) -> str:
    """A day as files and log entries keep it, for people; any other text as it is."""
    try:
        return day_name(date.fromisoformat(text)) if DAY.fullmatch(text) else text
    except ValueError:
        return text


def _without_codes(text: str) -> str:
    """Items by their names; codes of a line are parted by bars."""
    parts = text.replace("|", " ").split()
    items = catalogue().items
    japanese = texts.language() == "ja"
    names = [(items[part].name_ja if japanese else items[part].name_en) if part in items else part for part in parts]
    return " ".join(names)


@register.simple_tag
def subject(entry: Any, places: Mapping[str, str] | None = None) -> str:
    """What a log entry is about: a facility by its name, a row of a register, else its own key."""
    place = (places or {}).get(entry.facility_id, "")
    if place and entry.key.isdigit():  # a number of the database, of a sheet or a review
        return place
    said = [texts.entries().get(code) for code in (f"register.{entry.kind}", f"web.{entry.kind}.{entry.key}")]
    table, key = (one.says[texts.language()] if one else "" for one in said)
    parts = (place, table, key or entry.key.replace("|", " "))
    return " ".join(part for part in parts if part)


@register.simple_tag
def fate(kind: str) -> str:
    """What becomes of a row of a file."""
    return texts.label(f"fate.{kind}")


@register.simple_tag
def review_state(state: str) -> str:
    """State of a review."""
    return texts.label(f"web.review.state.{state}")


@register.filter
def unit_name(unit: str | None) -> str:
    """A unit as people write it, also one by another: 台・年, kg/台・年."""
    return "/".join(printing.unit_name(part) if units.is_known(part) else part for part in (unit or "").split("/"))


@register.filter
def field(name: str) -> str:
    """A column or field for people: its text, else what the schema says of it in a few words."""
    found = texts.entries().get(f"web.field.{name}")
    if found:
        return found.says[texts.language()]
    return _meaning(name) if texts.language() == "ja" else name.replace("_", " ").capitalize()


@cache
def _meaning(name: str) -> str:
    """What the first table with such a column says of it, without what stands in brackets."""
    for table in schema.tables():
        for column in schema.columns(table):
            if column.column == name and column.meaning:
                return column.meaning.partition("（")[0].partition("。")[0]
    return name


@register.filter
def year(number: int) -> str:
    """A fiscal year for people: 令和6（2024）年度."""
    return FiscalYear(int(number)).name


@register.filter
def amount(value: Decimal | None, digits: int = 0) -> str:
    """A number with commas; nothing where it is missing."""
    return "" if value is None else printed(value, int(digits))


@register.filter
def exactly(value: Decimal | None) -> str:
    """A number with all its digits; nothing where it is missing."""
    return "" if value is None else plain(value)


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """The value of a mapping under a key that a template computed."""
    return mapping.get(key)
