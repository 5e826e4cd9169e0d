"""An inventory by one of its columns, beside the base year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory, InventoryRow
from kotsukotsu.accounting.model import Line
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.documents.groups import OTHER, chart_group
from kotsukotsu.documents.model import Names, Part
from kotsukotsu.documents.printing import Printer

Rows = Mapping[str, InventoryRow]


def parts(
    result: Inventory, by: str, names: Names, printer: Printer, *, largest_first: bool = False
) -> tuple[Part, ...]:
    """One line for each code of a column that has rows in the year or in the base year."""
    now = {row.keys[by]: row for row in result.rows((by,))}
    base = {row.keys[by]: row for row in result.rows((by,), result.base_lines)}
    codes = _by_size(now, base) if largest_first else sorted({**now, **base}, key=_usual(result, by))
    found, running = [], Decimal(0)
    for code in codes:
        row = now.get(code)
        running = exact.total((running, row.tonnes_co2e)) if row else running
        found.append(_part(result, by, code, (row, base.get(code)), running, names, printer))
    return tuple(found)


def apart(result: Inventory, names: Names, printer: Printer) -> tuple[Part, ...]:
    """Bodies that the total leaves out; the base year's are not compared."""
    return tuple(
        _part(result, "body", row.keys["body"], (row, None), row.tonnes_co2e, names, printer) for row in result.apart()
    )


def groups(result: Inventory, shown: Mapping[str, str], printer: Printer) -> tuple[Part, ...]:
    """The items by chart group, in the order of the names `shown`; what is not named there is in `OTHER`."""
    now, base = (_by_group(result, lines, shown) for lines in (result.lines, result.base_lines))
    found = []
    for code in shown:
        after, before = now.get(code, []), base.get(code, [])
        comparable = [row.comparable_tonnes_co2e for row in after]
        tonnes = [exact.total(row.tonnes_co2e for row in rows) if rows else None for rows in (after, before)]
        found.append(
            Part(
                code=code, name=shown[code], belongs=code, quantity=printer.quantity(None, ""),
                tonnes=printer.emission(tonnes[0]), share=printer.share(tonnes[0], result.total),
                cumulative=printer.share(None, None), base=printer.emission(tonnes[1]),
                change=printer.change(tonnes[0], tonnes[1]), rate=printer.rate(tonnes[0], tonnes[1]),
                comparable=printer.emission(
                    None if None in comparable else exact.total(value for value in comparable if value is not None)
                ),
            )
        )  # fmt: skip
    return tuple(found)


def _by_group(result: Inventory, lines: Iterable[Line], shown: Iterable[str]) -> dict[str, list[InventoryRow]]:
    found: dict[str, list[InventoryRow]] = {}
    for row in result.rows(("item",), lines):
        group = chart_group(result.law.catalogue.items[row.keys["item"]])
        found.setdefault(group if group in shown else OTHER, []).append(row)
    return found


def status_name(result: Inventory, code: str) -> str:
    """What people call a status of factors."""
    status = result.law.catalogue.statuses.get(code)
    if status is None:
        return ""
    return status.name_ja if texts.language() == "ja" else status.name_en


def _by_size(now: Rows, base: Rows) -> list[str]:
    gone = [code for code in base if code not in now]
    return [
        *sorted(now, key=lambda code: (-now[code].tonnes_co2e, code)),
        *sorted(gone, key=lambda code: (-base[code].tonnes_co2e, code)),
    ]


def _usual(result: Inventory, by: str) -> Callable[[str], tuple[int, str]]:
    """The order of lines: of the catalogue, of the decree, else by code."""
    items = result.law.catalogue.items
    if by == "item":
        return lambda code: (items[code].order, code)
    if by == "sector":
        return lambda code: (ORDER.index(code), code)
    return lambda code: (0, code)


def _part(
    result: Inventory,
    by: str,
    code: str,
    rows: tuple[InventoryRow | None, InventoryRow | None],
    running: Decimal,
    names: Names,
    printer: Printer,
) -> Part:
    now, before = ((row.tonnes_co2e if row else None) for row in rows)
    row = rows[0]
    shown = row or rows[1]
    return Part(
        code=code,
        name=names[by](code),
        belongs=_belongs(result, by, code, names),
        quantity=printer.quantity(row.quantity if row else None, shown.unit if shown and by == "item" else ""),
        tonnes=printer.emission(now, status_name(result, row.status) if row else ""),
        share=printer.share(now, result.total),
        cumulative=printer.share(running if row else None, result.total),
        base=printer.emission(before),
        change=printer.change(now, before),
        rate=printer.rate(now, before),
        comparable=printer.emission(row.comparable_tonnes_co2e if row else None),
    )


def _belongs(result: Inventory, by: str, code: str, names: Names) -> str:
    if by == "item":
        return chart_group(result.law.catalogue.items[code])
    if by != "facility":
        return ""
    return names["department"](result.department_of(code))
