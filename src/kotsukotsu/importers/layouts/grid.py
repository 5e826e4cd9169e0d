"""Reads one table of months, whatever its rows stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kotsukotsu.findings import Finding
from kotsukotsu.importers import dates, words
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.labels import Columns
from kotsukotsu.importers.layouts.months import Block, Period
from kotsukotsu.importers.layouts.sums import Down, check_across, total_columns
from kotsukotsu.importers.model import RawRow, Reading, Sheet, Table
from kotsukotsu.importers.values import figure, reading
from kotsukotsu.periods import FiscalYear

_NOTE = re.compile(r"^[※＊*]|^\(?注")
_REPEATS = ("〃", "″", "同上", "々", '"')
_CARRIED = ("facility_id", "facility", "item_id", "item", "unit")


@dataclass
class Grid:
    """A reader of one block.

    Attributes
    ----------
    facility : str
        The facility of the whole block, where its rows are items.
    codes : bool
        The rows carry codes (our own entry form), which go before names.
    """

    sheet: Sheet
    guide: Guide
    block: Block
    columns: Columns
    facility: str = ""
    codes: bool = False
    carried: dict[str, str] = field(default_factory=dict)
    above: dict[int, Reading] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    asides: set[int] = field(default_factory=set)
    down: Down = field(default_factory=Down)

    def __post_init__(self) -> None:
        self.sums = total_columns(self.sheet, self.block)
        self.title_item = self.guide.first_item((*self.block.titles, self.sheet.name, self.guide.file))
        headings = [self.sheet.label(self.block.header, column).text for column in self.block.periods]
        self.title_unit = next((unit for text in (*headings, *self.block.titles) if (unit := words.unit_in(text))), "")

    def table(self, layout: str) -> Table:
        """The block's rows, with what was doubtful about them."""
        if words.speaks_of_money(self.block.titles, self.guide.items.within):
            return Table(layout, self.sheet.name, self.block.header, (), findings=(Finding("IM-42", self._place, {}),))
        rows = [raw for row in range(self.block.header + 1, self.block.stop) for raw in self._row(row)]
        findings = (*self.block.findings, *self.findings)
        headings = tuple(
            (words.key(self.sheet.label(self.block.header, column).text), role) for role, column in self.columns.items()
        )
        return Table(
            layout, self.sheet.name, self.block.header, tuple(rows), frozenset(self.totals), frozenset(self.asides),
            findings, headings,
        )  # fmt: skip

    @property
    def _place(self) -> str:
        return self.sheet.place(self.block.header, 0)

    def _row(self, row: int) -> Iterator[RawRow]:
        labels = self._labels(row)
        texts = [self.sheet.label(row, column).text for column in range(self.block.left)]
        total = next((text for text in texts if words.is_total(text) and not self.guide.facility(text)), "")
        unit = self._unit(labels)
        figures = {column: figure(self.sheet.cell(row, column), unit) for column in self.block.periods}
        if total:
            self._total(row, total, labels)
            return
        if self._other_year(labels.get("part", "")):
            self.asides.add(row)
            return
        if self._is_aside(row, texts, labels, figures):
            return
        self._carry(labels)
        self.findings += check_across(self.sheet, self.block, row, self.sums, unit)
        self.down.add(self._item(labels), figures)
        yield from self._cells(row, labels)

    def _total(self, row: int, label: str, labels: dict[str, str]) -> None:
        self.totals.add(row)
        kind = self.guide.items.named(labels.get("item", "")) or labels.get("item_id", "")
        self.findings += self.down.check(self.sheet, row, label, kind, list(self.block.periods))

    def _labels(self, row: int) -> dict[str, str]:
        found = {}
        for role, column in self.columns.items():
            text = self.sheet.label(row, column).text
            found[role] = self.carried.get(role, "") if text in _REPEATS else text
        return found

    def _carry(self, labels: dict[str, str]) -> None:
        """An omitted label means that of the row above, if the row has another label."""
        named = bool(labels.get("item") or labels.get("facility"))
        for role in _CARRIED:
            if not labels.get(role) and named and role in self.carried and role in ("facility", "facility_id"):
                labels[role] = self.carried[role]
        self.carried.update({role: labels[role] for role in _CARRIED if labels.get(role)})

    def _is_aside(self, row: int, texts: list[str], labels: dict[str, str], figures: Mapping[int, object]) -> bool:
        """Notes, headings within the table, rows of money."""
        if any(words.is_ignored(text) for text in texts if not self.guide.facility(text)):
            return True
        blank = all(not self.sheet.cell(row, column).text for column in figures)
        known = self.guide.looks_like_facility(labels.get("facility", "")) or self.guide.items.named(
            labels.get("item", "")
        )
        texts_below = {words.roles().get(words.without_unit(self.sheet.cell(row, column).text)) for column in figures}
        if texts_below & {"quantity"}:
            return True
        outside = row > self.block.last_filled and self.block.stop < self.sheet.height
        is_note = any(_NOTE.match(text) for text in texts)
        return blank and (is_note or outside or not (known or labels.get("facility_id")))

    def _other_year(self, part: str) -> bool:
        years = dates.fiscal_years(part)
        own = {FiscalYear.of(period[0]).number for period in self.block.periods.values() if period}
        return bool(years and own and years[0] not in own)

    def _item(self, labels: dict[str, str]) -> str:
        code = labels.get("item_id", "") if self.codes else ""
        word = labels.get("item", "")
        part = labels.get("part", "")
        return code or self.guide.items.named(word) or self.guide.items.named(part) or word or self.title_item

    def _unit(self, labels: dict[str, str]) -> str:
        item, part = labels.get("item", ""), labels.get("part", "")
        return labels.get("unit") or words.unit_in(item) or words.unit_in(part) or self.title_unit

    def _cells(self, row: int, labels: dict[str, str]) -> Iterator[RawRow]:
        estimated = estimated_months(labels.get("estimated_months", ""))
        for column, period in self.block.periods.items():
            top, left, bottom, right = self.sheet.area(row, column)
            if (top, left) != (row, column):
                continue
            raw = self._cell(row, column, labels, self._span(period, right))
            if period and period[0].month in estimated and raw.reading.kind == "number":
                raw = replace(raw, basis="estimated")
            if bottom > row and raw.reading.kind != "blank":
                raw = replace(raw, problems=(*raw.problems, Finding("IM-31", raw.place, {"value": raw.reading.text})))
            yield raw

    def _span(self, period: Period | None, right: int) -> Period | None:
        """Joined month cells hold one quantity for all their months."""
        last = self.block.periods.get(right, period)
        return (period[0], last[1]) if period and last else None

    def _cell(self, row: int, column: int, labels: dict[str, str], period: Period | None) -> RawRow:
        found = reading(self.sheet.cell(row, column))
        place = self.sheet.place(row, column)
        if found.kind == "repeat" and self.above.get(column, found).kind == "number":
            found = self.above[column]
            self.findings.append(Finding("IM-30", place, {"value": found.value}))
        self.above[column] = found
        problems = () if period else (Finding("IM-21", place, {}),)
        return RawRow(
            self.sheet.name,
            row,
            column,
            found,
            facility=labels.get("facility") or self.facility,
            facility_id=labels.get("facility_id", "") if self.codes else "",
            item=self._item(labels),
            unit=self._unit(labels),
            start=period[0] if period else None,
            end=period[1] if period else None,
            meter=labels.get("meter", ""),
            use=words.use_in(labels.get("item", "")) or words.uses().get(words.key(labels.get("use", "")), ""),
            note=labels.get("note", ""),
            problems=problems,
            codes=self.codes,
        )


def estimated_months(text: str) -> frozenset[int]:
    """Months that a clerk marked as estimated.

    >>> sorted(estimated_months("8、9月"))
    [8, 9]
    """
    numbers = (int(number) for number in re.findall(r"\d{1,2}", dates.plain(text)))
    return frozenset(number for number in numbers if 1 <= number <= 12)
