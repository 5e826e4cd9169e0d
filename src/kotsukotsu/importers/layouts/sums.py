"""Totals and subtotals: recognised, checked against their parts, never read as quantities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from kotsukotsu.findings import Finding
from kotsukotsu.importers import words
from kotsukotsu.importers.layouts.months import Block
from kotsukotsu.importers.model import Sheet
from kotsukotsu.importers.values import figure

_EXACT = Context(prec=60)
_MEANS = ("平均",)
_OTHER_YEARS = ("前年", "昨年", "前々年")


def total_columns(sheet: Sheet, block: Block) -> list[int]:
    """Columns right of the first month whose heading is that of a sum."""
    return [
        column
        for column in range(block.left, sheet.width)
        if column not in block.periods and _is_own_total(sheet.label(block.header, column).text)
    ]


def _is_own_total(heading: str) -> bool:
    return words.is_total(heading) and not heading.startswith(_OTHER_YEARS)


def check_across(sheet: Sheet, block: Block, row: int, totals: Sequence[int], unit: str) -> list[Finding]:
    """Compare the totals of a row with its months."""
    findings: list[Finding] = []
    after = -1
    for total in totals:
        stated = figure(sheet.cell(row, total), unit)
        heading = sheet.label(block.header, total).text
        if stated is not None and not heading.endswith(_MEANS):
            every = [column for column in block.periods if column < total]
            since = [column for column in every if column > after]
            sums = [_sum(sheet, row, columns, unit) for columns in (since, every)]
            if stated not in sums:
                data = {"label": heading, "stated": stated, "computed": sums[0]}
                findings.append(Finding("IM-40", sheet.place(row, total), data))
        after = total
    return findings


def _sum(sheet: Sheet, row: int, columns: Sequence[int], unit: str) -> Decimal:
    total = Decimal(0)
    for column in columns:
        total = _EXACT.add(total, figure(sheet.cell(row, column), unit) or Decimal(0))
    return total


@dataclass
class Down:
    """Running sums down a table, by item, so that a total row can be checked."""

    since: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    every: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)

    def add(self, kind: str, figures: Mapping[int, Decimal | None]) -> None:
        """Count a row of parts."""
        self.kinds.add(kind)
        for column, value in figures.items():
            for sums in (self.since, self.every):
                sums[kind, column] = _EXACT.add(sums.get((kind, column), Decimal(0)), value or Decimal(0))

    def check(self, sheet: Sheet, row: int, label: str, kind: str, columns: Sequence[int]) -> list[Finding]:
        """Compare a total row with the parts since the last total, and with all parts."""
        wanted = kind or (next(iter(self.kinds)) if len(self.kinds) == 1 else "")
        findings = []
        if wanted and not words.brackets(label)[0].endswith(_MEANS):
            for column in columns:
                stated = figure(sheet.cell(row, column))
                since = self.since.get((wanted, column), Decimal(0))
                every = self.every.get((wanted, column), Decimal(0))
                if stated is not None and stated not in (since, every):
                    near = since if "小計" in label and since else every
                    data = {"label": label, "stated": stated, "computed": near}
                    findings.append(Finding("IM-40", sheet.place(row, column), data))
        self.since = {key: value for key, value in self.since.items() if kind and key[0] != kind}
        return findings
