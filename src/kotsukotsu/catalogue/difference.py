"""What an update changes, said by item, supplier and year before anything is installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal

from kotsukotsu.catalogue.model import Catalogue, Located

NOT_SAID = {"file", "line", "thirds", "conversion"}
Action = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is added, changed or removed.

    Attributes
    ----------
    table : str
        ``factors``, ``heat_values``, ``gwps`` and so on.
    key : str
        Which row: item, supplier, menu, kind, gas and year as far as the table has them.
    old, new : str
        The value before and after, empty where it stays or where there was or is none.
    others : tuple of str
        The other columns that differ in a changed row.
    row : Located
        The row as it will be, or as it was where it is removed.
    """

    action: Action
    table: str
    key: str
    item: str
    supplier: str
    year: str
    old: str
    new: str
    others: tuple[str, ...]
    row: Located


def compare(old: Catalogue, new: Catalogue) -> list[Change]:
    """Every row that differs, in the order of the tables."""
    return [change for table in _TABLES for change in _changes(table, old, new)]


def tally(changes: Iterable[Change]) -> dict[tuple[Action, str, str, str], int]:
    """How many rows are added, changed or removed, by action, table, item and year."""
    return dict(Counter((change.action, change.table, change.item, change.year) for change in changes))


_KEYS: Mapping[str, tuple[str, ...]] = {
    "factors": ("factor_id",),
    "heat_values": ("item", "regime", "kind", "valid_from"),
    "carbon": ("factor_id",),
    "gwps": ("regime", "gas", "set", "valid_from"),
    "conversions": ("conversion_id",),
    "gaps": ("item", "supplier", "menu", "kind", "from_fy", "regime"),
    "breaks": ("series", "from_fy"),
    "use_rows": ("item", "use"),
    "menu_series": ("contains",),
    "energy_act": ("key", "valid_from"),
    "energy_act_items": ("item",),
    "national_plan": ("key",),
    "items": ("item",),
    "suppliers": ("supplier_id",),
    "editions": ("edition",),
    "sources": ("source_id",),
    "statuses": ("status",),
    "rules": ("rule_id",),
    "exceptions": ("factor_id",),
}
_TABLES = tuple(_KEYS)


def _changes(table: str, old: Catalogue, new: Catalogue) -> Iterator[Change]:
    before, after = _rows(table, old), _rows(table, new)
    for key in (*before, *(key for key in after if key not in before)):
        one, other = before.get(key), after.get(key)
        if one is None and other is not None:
            yield _change("added", table, other, "", _value(other))
        elif one is not None and other is None:
            yield _change("removed", table, one, _value(one), "")
        elif one is not None and other is not None and _cells(one) != _cells(other):
            names = tuple(name for name, cell in _cells(one).items() if cell != _cells(other)[name])
            values = (_value(one), _value(other)) if "value" in names else ("", "")
            yield _change("changed", table, other, *values, tuple(name for name in names if name != "value"))


def _rows(table: str, catalogue: Catalogue) -> dict[tuple[str, ...], Located]:
    rows = getattr(catalogue, table)
    listed = rows.values() if isinstance(rows, Mapping) else rows
    return {_key(table, row): row for row in listed}


def _key(table: str, row: Any) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in _KEYS[table])


def _cells(row: Any) -> dict[str, str]:
    return {field.name: str(getattr(row, field.name)) for field in fields(row) if field.name not in NOT_SAID}


def _change(action: Action, table: str, row: Any, old: str, new: str, others: tuple[str, ...] = ()) -> Change:
    return Change(
        action=action,
        table=table,
        key=" ".join(part for part in _key(table, row) if part),
        item=getattr(row, "item", ""),
        supplier=getattr(row, "supplier", getattr(row, "supplier_id", "")),
        year=_year(row),
        old=old,
        new=new,
        others=others,
        row=row,
    )


def _year(row: Any) -> str:
    """The results year, the fiscal year or the day from which the row is in force."""
    for name in ("source_fy", "fiscal_year", "from_fy", "valid_from"):
        value = getattr(row, name, None)
        if value is not None:
            return str(value)
    return ""


def _value(row: Any) -> str:
    value = getattr(row, "value", None)
    return format(value, "f") if isinstance(value, Decimal) else ""
