"""What the figures of one printed table claim about each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kotsukotsu.planning.verify_claims import Claim, Figure, Formula, claim
from kotsukotsu.planning.verify_interval import Interval, exactly, total
from kotsukotsu.planning.verify_print import SUBTOTALS, Cells, Column, Print, Table

HUNDRED = exactly(100)
FIGURES = ("sum", "count")
PARTS = ("table", "where", "column", "figure")
PAIR = ("column", "value")


def claims_of(table: Table, whole: Figure | None) -> Iterator[Claim]:
    """Every claim inside a table.

    Parameters
    ----------
    whole : Figure, optional
        What its shares are shares of; the table's own total if left out.
    """
    found: list[Claim | None] = [*_sums(table)]
    for index in range(len(table.rows)):
        found += [*_changes(table, index), *_rates(table, index), *_remains(table, index)]
    found += [*_shares(table, whole), *_cumulated(table, whole)]
    return (one for one in found if one is not None)


def subtotals(print_: Print) -> Iterator[Claim]:
    """Sums and counts printed below the tables."""
    printed = print_.table(SUBTOTALS)
    if not all(printed.has(name) for name in (*PARTS, "value")):
        return
    for index, row in enumerate(printed.rows):
        figure, parts = printed.figure(index, "value"), chosen(print_, row)
        if figure is None or parts is None or row["figure"] not in FIGURES:
            continue
        if row["figure"] == "count":
            counted = Fraction(len(parts))
            yield Claim("count", Figure(figure.value, figure.where, exact=True), counted, exactly(counted), ())
        elif found := claim("sum", figure, total, parts):
            yield found


def percent(part: Interval, whole: Interval) -> Interval | None:
    """A part in per cent of a whole; None if the whole may be zero."""
    inverse = whole.inverse()
    return None if inverse is None else part * inverse * HUNDRED


def chosen(print_: Print, row: Cells) -> list[Figure] | None:
    """The figures that a subtotal is of; None if it points at a table, a column or rows that are not there."""
    table, pairs = print_.table(row["table"]), [pair.split("=", 1) for pair in row["where"].split(";") if pair]
    if not table.has(row["column"]) or any(len(pair) < len(PAIR) for pair in pairs):
        return None
    wanted = {key: value for key, value in pairs}  # noqa: C416
    found = [
        figure
        for index, cells in enumerate(table.rows)
        if all(cells.get(key) == value for key, value in wanted.items())
        and (figure := table.figure(index, row["column"]))
    ]
    return found or None


def _figures(table: Table, rows: Sequence[int], column: str) -> list[Figure]:
    return [figure for index in rows if (figure := table.figure(index, column))]


def _sums(table: Table) -> Iterator[Claim | None]:
    at = table.total()
    if at is None:
        return
    for column in table.columns:
        printed = table.figure(at, column.name)
        if printed and column.unit != "pct":
            yield claim("sum", printed, total, _figures(table, table.parts(), column.name))


def _changes(table: Table, index: int) -> Iterator[Claim | None]:
    for column in table.columns:
        years = table.year_columns("tco2" if column.unit == "pct" else column.unit)
        if column.words != {"change"} or len(years) < 2:
            continue
        printed, before, after = (table.figure(index, name.name) for name in (column, years[0], years[-1]))
        if printed and before and after:
            yield claim(*_change(column, printed), [before, after])


def _change(column: Column, printed: Figure) -> tuple[str, Figure, Formula]:
    if column.unit == "pct":
        return "rate", printed, lambda pair: percent(pair[1] - pair[0], pair[0])
    return "difference", printed, lambda pair: pair[1] - pair[0]


def _rates(table: Table, index: int) -> Iterator[Claim | None]:
    """A rate of reduction is the reduction of the same year and words over the first year's value."""
    for column in table.columns:
        if column.unit != "pct" or column.year is None:
            continue
        reduction = _reduction_of(table, column)
        bases = table.year_columns(reduction.unit) if reduction else []
        if not reduction or not bases:
            continue
        printed, part, base = (table.figure(index, name.name) for name in (column, reduction, bases[0]))
        if printed and part and base:
            yield claim("rate", printed, lambda pair: percent(pair[0], pair[1]), [part, base])


def _reduction_of(table: Table, rate: Column) -> Column | None:
    words = rate.words - {"reduction"}
    return next(
        (
            column
            for column in table.columns
            if column.unit != "pct" and column.year == rate.year
            and "reduction" in column.words and column.words - {"reduction"} == words
        ),
        None,
    )  # fmt: skip


def _remains(table: Table, index: int) -> Iterator[Claim | None]:
    """A year's value is the first year's minus the reduction."""
    for column in table.columns:
        years = table.year_columns(column.unit)
        own = [year for year in years if year.year == column.year]
        if column.words != {"reduction"} or not own or own[0] is years[0]:
            continue
        printed, base, part = (table.figure(index, name.name) for name in (own[0], years[0], column))
        if printed and base and part:
            yield claim("difference", printed, lambda pair: pair[0] - pair[1], [base, part])


def whole_of(table: Table) -> Figure | None:
    """The last year's total of a table."""
    at, years = table.total(), table.year_columns("tco2")
    return table.figure(at, years[-1].name) if at is not None and years else None


def _shares(table: Table, whole: Figure | None) -> Iterator[Claim | None]:
    whole, years = whole or whole_of(table), table.year_columns("tco2")
    if whole is None or not years:
        return
    for index in range(len(table.rows)):
        printed, part = table.figure(index, "share_pct"), table.figure(index, years[-1].name)
        if printed and part:
            yield claim("share", printed, lambda pair: percent(pair[0], pair[1]), [part, whole])


def _cumulated(table: Table, whole: Figure | None) -> Iterator[Claim | None]:
    """A cumulative share is the sum so far over the whole, and the share on top of the one above."""
    whole, years = whole or whole_of(table), table.year_columns("tco2")
    parts = table.parts()
    for index in parts:
        printed = table.figure(index, "cumulative_share_pct")
        so_far = _figures(table, [i for i in parts if i <= index], years[-1].name) if years else []
        if printed and whole and so_far:
            yield claim("cumulative", printed, lambda all_: percent(total(all_[1:]), all_[0]), [whole, *so_far])
        above = table.figure(index - 1, "cumulative_share_pct") if index else None
        share = table.figure(index, "share_pct")
        if printed and above and share:
            yield claim("cumulative", printed, total, [above, share])
