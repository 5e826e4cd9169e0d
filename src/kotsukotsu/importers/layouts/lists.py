"""Reads a long list, one or several quantities in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from kotsukotsu.findings import Finding
from kotsukotsu.importers import dates, words
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.columns import Heading
from kotsukotsu.importers.layouts.months import table_year
from kotsukotsu.importers.model import Cell, RawRow, Reading, Sheet, Table
from kotsukotsu.importers.values import figure, reading
from kotsukotsu.periods import FiscalYear

_REPEATS = ("〃", "″", "同上", "々", '"', "同")
_CARRIED = ("facility", "facility_id", "item", "month", "year", "unit", "meter", "customer")
_LONGEST_EXACT = 15
_LONGEST_DAYS = 10_000
_SUM_LIMIT = Decimal(10) ** 40


@dataclass(frozen=True, slots=True)
class When:
    """What a row says about its time."""

    start: date | None = None
    end: date | None = None
    reading_date: date | None = None
    days: int | None = None
    as_written: bool = False


@dataclass
class List:
    """A reader of one long list."""

    sheet: Sheet
    guide: Guide
    heading: Heading
    facility: str = ""
    carried: dict[str, str] = field(default_factory=dict)
    above: dict[int, Reading] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    since: dict[int, Decimal] = field(default_factory=dict)
    every: dict[int, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        titles = tuple(text for above in range(self.heading.row - 1, -1, -1) for _, text in self.sheet.texts(above))
        self.year, doubts = table_year(self.sheet, self.guide, titles)
        self.findings += doubts
        self.title_item = self.guide.first_item((*titles, self.sheet.name, self.guide.file))
        self.title_unit = next((unit for text in titles if (unit := words.unit_in(text))), "")

    def table(self, layout: str) -> Table:
        """The list's rows, with what was doubtful about them."""
        rows = [raw for row in range(self.heading.row + 1, self.sheet.height) for raw in self._row(row)]
        return Table(
            layout,
            self.sheet.name,
            self.heading.row,
            tuple(rows),
            frozenset(self.totals),
            findings=tuple(self.findings),
            columns=self.heading.used,
        )

    def _row(self, row: int) -> Iterator[RawRow]:
        labels = {role: self.sheet.label(row, column).text for role, column in self.heading.roles.items()}
        texts = [text for column, text in self.sheet.texts(row) if column not in self.heading.quantities]
        if any(words.is_total(text) and not self.guide.facility(text) for text in texts):
            self._total(row)
            return
        values = [self.sheet.cell(row, column) for column in self.heading.quantities]
        if not any(cell.text or cell.kind == "uncomputed" for cell in values) and not self._is_entry(labels):
            return
        self._fill(labels)
        if any(words.is_ignored(labels.get(role, "")) for role in ("item", "part")):
            return
        when = self._when(row, labels)
        for column, item in self.heading.quantities.items():
            yield self._cell(row, column, item, labels, when)

    def _is_entry(self, labels: dict[str, str]) -> bool:
        """A row without quantity is an entry only if it says where and when."""
        where = any(labels.get(role) for role in ("facility", "facility_id", "meter", "customer"))
        when = any(labels.get(role) for role in ("month", "start", "period", "reading_date", "year"))
        return when and (where or "facility" not in self.heading.roles)

    def _fill(self, labels: dict[str, str]) -> None:
        for role in _CARRIED:
            text = labels.get(role)
            if text in _REPEATS or (text == "" and role in ("facility", "facility_id", "item", "month", "year")):
                labels[role] = self.carried.get(role, "")
            elif text:
                self.carried[role] = text

    def _total(self, row: int) -> None:
        self.totals.add(row)
        for column in self.heading.quantities:
            stated = figure(self.sheet.cell(row, column))
            sums = (self.since.get(column, Decimal(0)), self.every.get(column, Decimal(0)))
            if stated is not None and self.every and stated not in sums:
                data = {"label": self.heading.headings[column], "stated": stated, "computed": sums[0] or sums[1]}
                self.findings.append(Finding("IM-40", self.sheet.place(row, column), data))
        self.since.clear()

    def _when(self, row: int, labels: dict[str, str]) -> When:
        count = self._figure(row, "days")
        number = int(count) if count is not None and 0 < count < _LONGEST_DAYS else None
        first, last = self._day(row, "start"), self._day(row, "end")
        if span := dates.day_range(labels.get("period", "")):
            first, last = span
        read_on = self._day(row, "reading_date")
        if first and last:
            return When(first, last, read_on, number, as_written=True)
        if month := self._month(row, labels):
            return When(*month)
        if last and number and not first:
            return When(_before(last, number - 1), last, as_written=True)
        return When(first, last, read_on, number)

    def _month(self, row: int, labels: dict[str, str]) -> tuple[date, date] | None:
        """Whole months are half-open at once; days of bills are read by the period rule later."""
        written = labels.get("year", "")
        calendar = self.heading.headings.get(self.heading.roles.get("year", -1), "")
        fiscal = dates.calendar_year(dates.plain(written).removesuffix(".0")) if written else None
        if fiscal is not None and "度" not in calendar and "度" not in written:
            return self._calendar_month(row, labels, fiscal)
        year = fiscal if fiscal is not None else self.year
        if "month" not in self.heading.roles:
            whole = FiscalYear(year) if written and year is not None and not self._has_days() else None
            return (whole.start, whole.end) if whole else None
        mark = self._mark(row, labels)
        month = mark.at(year) if mark else None
        return (month.start, month.end) if month and month.year < date.max.year else None

    def _has_days(self) -> bool:
        return bool({"start", "end", "period", "reading_date"} & self.heading.roles.keys())

    def _calendar_month(self, row: int, labels: dict[str, str], year: int) -> tuple[date, date] | None:
        mark = self._mark(row, labels) if "month" in self.heading.roles else None
        month = dates.MonthMark(mark.month, mark.year or year).at(None) if mark else None
        return (month.start, month.end) if month else None

    def _mark(self, row: int, labels: dict[str, str]) -> dates.MonthMark | None:
        cell = self.sheet.label(row, self.heading.roles["month"])
        if isinstance(cell.value, date):
            return dates.MonthMark(cell.value.month, cell.value.year)
        return dates.month_mark(cell if cell.kind == "number" else Cell(labels["month"], "text"))

    def _day(self, row: int, role: str) -> date | None:
        column = self.heading.roles.get(role)
        return None if column is None else dates.day(self.sheet.label(row, column))

    def _figure(self, row: int, role: str) -> Decimal | None:
        column = self.heading.roles.get(role)
        return None if column is None else figure(self.sheet.cell(row, column))

    def _cell(self, row: int, column: int, item: str, labels: dict[str, str], when: When) -> RawRow:
        found = reading(self.sheet.cell(row, column))
        place = self.sheet.place(row, column)
        if found.kind == "repeat" and self.above.get(column, found).kind == "number":
            found = self.above[column]
            self.findings.append(Finding("IM-30", place, {"value": found.value}))
        self.above[column] = found
        for sums in (self.since, self.every):
            sums[column] = min(sums.get(column, Decimal(0)) + (found.value or Decimal(0)), _SUM_LIMIT)
        problems = self._meter_problems(row)
        word = labels.get("item", "")
        return RawRow(
            self.sheet.name,
            row,
            column,
            found,
            facility=labels.get("facility") or (self.facility if "facility" not in self.heading.roles else ""),
            facility_id=labels.get("facility_id", ""),
            item=item or self.guide.items.named(word) or word or self.title_item,
            unit=labels.get("unit") or self.heading.unit(column) or words.unit_in(word) or self.title_unit,
            start=when.start,
            end=when.end,
            reading_date=when.reading_date,
            days=when.days,
            as_written=when.as_written,
            meter=re.sub(r"[\s\-]", "", words.key(labels.get("meter") or labels.get("customer", ""))),
            use=words.use_in(word) or words.uses().get(words.key(labels.get("use", "")), ""),
            cost=self._figure(row, "cost"),
            basis=_basis(labels.get("basis", "")),
            note=labels.get("note", ""),
            problems=problems,
        )

    def _meter_problems(self, row: int) -> tuple[Finding, ...]:
        """A supply-point number of 22 digits that Excel took for a number has lost its last digits."""
        for role in ("meter", "customer"):
            if role in self.heading.roles:
                cell = self.sheet.label(row, self.heading.roles[role])
                if isinstance(cell.value, Decimal) and cell.value.adjusted() >= _LONGEST_EXACT:
                    place = self.sheet.place(row, self.heading.roles[role])
                    return (Finding("IM-33", place, {"value": cell.text}),)
        return ()


def _before(day: date, count: int) -> date | None:
    return day - timedelta(days=count) if (day - date.min).days > count else None


def _basis(text: str) -> str:
    plain = words.key(text)
    if plain in ("推計", "推定", "概算", "見込み", "estimated"):
        return "estimated"
    return "not_occurring" if plain in ("使用なし", "なし", "not_occurring") else ""
