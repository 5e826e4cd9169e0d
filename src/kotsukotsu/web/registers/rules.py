"""What a row of a register must hold, beside the kinds of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kotsukotsu import texts
from kotsukotsu.schema import Row
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.registers.kinds import Register
from kotsukotsu.web.registers.references import Names

PERIODS = (("valid_from", "valid_to"), ("opened_on", "closed_on"), ("acquired_on", "disposed_on"))


def problems(register: Register, row: Row, known: Mapping[str, Names]) -> Iterator[WebError]:
    """Everything that is wrong with a row: WR-02 empty, WR-03 names nothing, WR-04 ends before it begins."""
    for column in register.columns:
        name = texts.label(f"register.column.{column.column}")
        given = row.get(column.column)
        if column.required and given is None:
            yield WebError("WR-02", column=name)
        if given is not None and column.column in known and given not in known[column.column]:
            yield WebError("WR-03", column=name, value=given)
    for first, last in PERIODS:
        begin, end = row.get(first), row.get(last)
        if begin is not None and end is not None and end <= begin:
            yield WebError("WR-04", begin=begin, end=end)
