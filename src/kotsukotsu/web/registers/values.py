"""Between what people write and what a column holds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from kotsukotsu import schema, texts
from kotsukotsu.importers import dates
from kotsukotsu.importers.model import Cell
from kotsukotsu.importers.values import reading
from kotsukotsu.periods import FiscalYear, day_name, parse_year
from kotsukotsu.rounding import minus, plain
from kotsukotsu.schema import Column
from kotsukotsu.web.errors import WebError

# Columns that hold several choices, parted by a semicolon.
SEVERAL = {"scopes": ("plan", "energy_act", "shk", "ordinance")}
PARTING = re.compile("[;；、,，]")


def value(column: Column, cell: Cell) -> object:
    """What a cell holds: full-width digits, commas, Japanese dates and the words of a choice are understood.

    Raises
    ------
    WebError
        WR-01 the cell is not of the column's kind, WR-13 it is none of the column's choices.
    """
    text = cell.text
    if not text:
        return None
    try:
        found = _value(column, cell, text)
    except (ValueError, InvalidOperation):
        found = None
    if found is None and (offered := _offered(column)):
        name = texts.label(f"register.column.{column.column}")
        raise WebError("WR-13", column=name, value=text, choices=texts.listed(offered))
    if found is None:
        raise WebError("WR-01", column=texts.label(f"register.column.{column.column}"), value=text)
    return found


def _value(column: Column, cell: Cell, text: str) -> object:
    if column.type == "decimal":
        found = reading(cell)
        return found.value if found.kind == "number" and not (found.estimated or found.unit) else None
    if column.type == "date":
        return dates.day(cell)
    if column.type == "integer":
        return _whole(column, unicodedata.normalize("NFKC", text))
    if column.column in SEVERAL:
        return _several(column, text)
    if column.choices:
        said = {word: choice for choice in column.choices for word in (choice, choice_name(choice))}
        return said.get(text)
    return text


def _offered(column: Column) -> list[str]:
    """What can be written, in words; nothing where anything can."""
    several = SEVERAL.get(column.column, ())
    return [several_name(code) for code in several] or [choice_name(one) for one in column.choices]


def _several(column: Column, text: str) -> str | None:
    """Codes in their order, from codes or words parted by ; 、 or a comma; None where one is not known."""
    said = {word: code for code in SEVERAL[column.column] for word in (code, several_name(code))}
    found = {said.get(part.strip()) for part in PARTING.split(text) if part.strip()}
    return None if None in found else ";".join(code for code in SEVERAL[column.column] if code in found)


def several_name(code: str) -> str:
    """One of several choices in words."""
    return texts.label(f"see.scheme.{code}")


def _whole(column: Column, text: str) -> object:
    if is_year(column):
        return parse_year(text)
    return schema.value_of(text.removesuffix(".0"), "integer")


def choice_name(choice: str) -> str:
    """A choice in words."""
    return texts.label(f"register.choice.{choice}")


def is_year(column: Column) -> bool:
    """Whether a column holds fiscal years."""
    return column.unit == "FY" or column.column.endswith(("fiscal_year", "_fy"))


def told(column: Column, value: object) -> str:
    """A value as people read it: days and years as an office writes them, numbers with commas and △ for minus."""
    text = shown(column, value)
    if not text:
        return ""
    if column.type == "date":
        return day_name(date.fromisoformat(text))
    if is_year(column):
        return FiscalYear(int(text)).short_name
    return _number(Decimal(text)) if column.type in ("decimal", "integer") else text


def _number(value: Decimal) -> str:
    return f"{Decimal(plain(value)):,f}".replace("-", minus())


def shown(column: Column, value: object) -> str:
    """A value in a file or a field; `value` reads it back."""
    if value is None:
        return ""
    if column.column in SEVERAL:
        known = SEVERAL[column.column]
        return texts.listed(several_name(code) if code in known else code for code in str(value).split(";"))
    return choice_name(str(value)) if column.choices else schema.cell(value)
