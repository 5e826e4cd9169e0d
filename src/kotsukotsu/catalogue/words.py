"""What an update changes, in words that people read."""

from __future__ import annotations

from datetime import date

from kotsukotsu import texts
from kotsukotsu.catalogue.difference import Change
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.periods import FiscalYear, day_name


def table_name(table: str) -> str:
    """What a table of the catalogue holds."""
    return texts.label(f"catalogue.table.{table}")


def since(year: str) -> str:
    """The fiscal year or the first day of a change; nothing for none."""
    if not year:
        return ""
    return FiscalYear(int(year)).name if year.isdigit() else day_name(date.fromisoformat(year))


def said(change: Change, law: Catalogue) -> str:
    """Which row becomes what: its name, the value before and after, and what else of it changes."""
    value = texts.label("catalogue.becomes", old=change.old, new=change.new, unit=_unit(change)) if change.new else ""
    others = texts.label("an.and").join(dict.fromkeys(_word(f"column.{name}") for name in change.others))
    also = texts.label("catalogue.also", columns=others) if others else ""
    return texts.label(
        "catalogue.said",
        row=_named(change, law),
        changes=texts.label("sign.part").join(one for one in (value, also) if one),
    )


def _named(change: Change, law: Catalogue) -> str:
    """Item or title, supplier, menu, kind, gas, and since when."""
    row, language = change.row, texts.language()
    item, supplier = law.items.get(change.item), law.suppliers.get(change.supplier)
    titles = (getattr(row, name, "") for name in (f"name_{language}", f"title_{language}", "name", "title"))
    parts = (
        item.name if item else next(filter(None, titles), table_name(change.table)), supplier.name if supplier else "",
        getattr(row, "menu", ""), _word(f"kind.{getattr(row, 'kind', '')}", ""), getattr(row, "gas", ""),
        since(change.year),
    )  # fmt: skip
    return texts.label("sign.part").join(part for part in parts if part)


def _word(name: str, other: str | None = None) -> str:
    """A word for a column or a kind, else the other one."""
    code = f"catalogue.{name}"
    if code in texts.entries():
        return texts.label(code)
    return texts.label("catalogue.column.other") if other is None else other


def _unit(change: Change) -> str:
    """As the row has it: kg/L, GJ/t or a unit; nothing for none."""
    parts = [getattr(change.row, name, "") for name in ("mass", "energy", "unit", "per")]
    return "/".join(part for part in parts if part and part != "1")
