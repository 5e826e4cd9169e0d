"""A city opened for questions: its tables, the law, and the engine that adds its rows up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.completeness import MISSING, completeness
from kotsukotsu.accounting.contracts import contract_problems
from kotsukotsu.accounting.emissions import Emissions, Emitter, in_plan
from kotsukotsu.accounting.expand import ratio_to_base
from kotsukotsu.accounting.groups import (
    apportionments_table,
    groups_of,
    portions_table,
    scope_table,
    single_rows,
    supplies_table,
)
from kotsukotsu.accounting.inventory import Inventory, emissions_of, inventory
from kotsukotsu.accounting.model import Group, Line
from kotsukotsu.accounting.own_factors import own_factors
from kotsukotsu.accounting.queries import columns, sql
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.ledger import chain, rules
from kotsukotsu.ledger.checks import run
from kotsukotsu.ledger.checks.outcome import Outcome
from kotsukotsu.ledger.checks.view import View, view_of
from kotsukotsu.periods import JST, FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.sessions.items import item_facts
from kotsukotsu.sessions.source import Folder, Source, Trial
from kotsukotsu.store import duckdb

ACTIVITY = "activity"
YEARS, MONTHS = "years", "months"
COUNTING = f"""
    SELECT * REPLACE (NULL AS replaces, NULL AS posted_at) FROM {ACTIVITY}
    WHERE "end" > CAST($first AS DATE) AND "start" < CAST($stop AS DATE)
    AND (posted_at IS NULL OR posted_at <= $moment)
    AND activity_id NOT IN (
        SELECT replaces FROM {ACTIVITY} WHERE replaces IS NOT NULL AND (posted_at IS NULL OR posted_at <= $moment)
    )
"""
# Rows of the series that lack nothing in a fiscal year need no look: twelve rows of a whole month each, none of them
# empty or below zero.
DOUBTFUL = f"""
    WITH counted AS ({COUNTING}), whole AS (
        SELECT facility_id, item, coalesce(meter_id, '') AS meter FROM counted GROUP BY ALL
        HAVING 12 = count(DISTINCT "start") FILTER (
            "start" >= CAST($own AS DATE) AND day("start") = 1 AND "end" = "start" + INTERVAL 1 MONTH
        ) AND 0 = count(*) FILTER (quantity < 0 OR (quantity IS NULL AND basis IS DISTINCT FROM 'not_occurring'))
    )
    SELECT * FROM counted
    WHERE (facility_id, item, coalesce(meter_id, '')) NOT IN (SELECT (facility_id, item, meter) FROM whole)
"""
# Series in which a value may be ten or a thousand times another: the only ones that the check of units has to look at.
# Six is below the least tenfold that it tells (`slip_band_ten`), 300 below the least thousandfold.
WIDE = f"""
    WITH counted AS ({COUNTING}), used AS (
        SELECT facility_id, item, coalesce(meter_id, '') AS meter, unit, CAST("end" AS DATE) - INTERVAL 1 DAY AS last,
            "start", CAST(quantity AS DOUBLE) AS amount
        FROM counted WHERE quantity > 0
    ), slots AS (
        SELECT facility_id, item, meter, month(last) AS month, datediff('month', "start", last) AS months,
            year(last - INTERVAL 3 MONTH) AS fy, sum(amount) AS amount, count(DISTINCT unit) AS units,
            min(unit) AS unit
        FROM used GROUP BY ALL
    ), spread AS (
        SELECT facility_id, item, meter, min(amount) AS least, max(amount) AS most,
            max(units) + count(DISTINCT unit) > 2 AS is_mixed
        FROM slots GROUP BY facility_id, item, meter, month, months
    ), wide AS (
        SELECT facility_id, item, meter FROM spread GROUP BY ALL
        HAVING bool_or(most > 6 * least) OR max(most) > 300 * min(least) OR bool_or(is_mixed)
    )
    SELECT * FROM counted
    WHERE (facility_id, item, coalesce(meter_id, '')) IN (SELECT (facility_id, item, meter) FROM wide)
"""
EVER = {"first": date.min, "stop": date.max}
CORRECTED = f"SELECT count(replaces), count(*) - count(DISTINCT activity_id) FROM {ACTIVITY}"
CHAINS = f"SELECT activity_id, replaces FROM {ACTIVITY}"
LINKED = f"""
    {CHAINS} WHERE replaces IS NOT NULL
    OR activity_id IN (SELECT replaces FROM {ACTIVITY} WHERE replaces IS NOT NULL)
"""
DOUBTS, NEGATIVE = ("missing_months", "negatives"), "C-10"
REGISTERS = ("periods", "unknown_ids")
SLIPS = ("unit_slips",)
LONGEST = 366  # a fiscal year with a leap day
SPAN = f'SELECT min("start"), max("end") FROM {ACTIVITY} WHERE "end" > ? AND "start" < ?'
NAMED = f"SELECT DISTINCT facility_id, item FROM {ACTIVITY}"
REPLACED = f"SELECT replaces FROM {ACTIVITY} WHERE replaces IS NOT NULL"
LONG = f"""
    SELECT * FROM {ACTIVITY}
    WHERE "end" > CAST(? AS DATE) AND "end" <= CAST(? AS DATE) AND "end" - "start" > ?
    AND activity_id NOT IN ({REPLACED})
"""
CONTRADICTORY = f"""
    SELECT * FROM {ACTIVITY}
    WHERE ("end" <= "start" OR (basis = 'not_occurring' AND quantity IS NOT NULL))
    AND activity_id NOT IN ({REPLACED})
"""


class Session:
    """One city, opened once.

    Parameters
    ----------
    home : Path or Source
        The city folder, or another home of a city such as the web application's database.
    moment : datetime, optional
        The ledger as it stood then (Japan time); now if left out.
    tried : Catalogue, optional
        Another catalogue than the installed one, to see what it would change.
    """

    def __init__(self, home: Path | Source, moment: datetime | None = None, tried: Catalogue | None = None) -> None:
        self._source: Source = Folder(home) if isinstance(home, Path) else home
        self.moment = moment.replace(tzinfo=JST) if moment and moment.tzinfo is None else moment
        self._tried = tried
        self._groups: dict[tuple[str, int], list[Group]] = {}
        self._bases: dict[str, Emissions] = {}
        self._inventories: dict[tuple[int, bool], Inventory] = {}
        self._doubts: dict[tuple[int, str], tuple[Finding, ...]] = {}  # by year and language
        self._lines: dict[int, Sequence[Line] | None] = {}

    def trying(self, other: Catalogue) -> Session:
        """The same city with another catalogue."""
        return Session(self._source, self.moment, other)

    def with_settings(self, settings: Mapping[str, Any]) -> Session:
        """The same city with other settings."""
        return Session(Trial(self._source, settings), self.moment, self._tried)

    def after(self, source: Source, years: Collection[int]) -> Session:
        """The same city when rows have been added to its ledger; what they cannot have changed is not computed again.

        Parameters
        ----------
        source : Source
            Its home with the new rows; its registers are the same.
        years : collection of int
            Every fiscal year that a new row, or one that it replaces, touches with a day.
        """
        later = Session(source, self.moment, self._tried)
        later.__dict__.update({name: value for name, value in self.__dict__.items() if name in ("city", "law")})
        later._groups = {key: found for key, found in self._groups.items() if key[1] not in years}
        later._lines = {fy: found for fy, found in self._lines.items() if fy not in years}
        base = self.city.base_fy
        later._bases = {} if base in years else dict(self._bases)
        later._inventories = {
            (fy, by_month): found for (fy, by_month), found in self._inventories.items()
            if fy not in years and base not in years
        }  # fmt: skip
        later._doubts = {
            (fy, said): found for (fy, said), found in self._doubts.items()
            if fy not in years and fy - 1 not in years
        }  # fmt: skip
        return later

    @property
    def path(self) -> Path:
        """Folder of its plain files."""
        return self._source.path

    @cached_property
    def city(self) -> City:
        """The city's tables, without the ledger's rows."""
        return self._source.city(activities=False)

    @cached_property
    def law(self) -> Law:
        """The catalogue with the city's own factors."""
        law = self._tried or catalogue()
        return Law(law, own_factors(self.city, law))

    @cached_property
    def _connection(self) -> Any:
        connection = duckdb.connect()
        self._source.attach(connection, ACTIVITY, columns(ACTIVITY))
        duckdb.put(connection, "supplies", columns("supplies"), supplies_table(self.city))
        duckdb.put(connection, "apportionments", columns("apportionments"), apportionments_table(self.city))
        return connection

    def groups(self, fy: int, of: str = YEARS) -> list[Group]:
        """Exact sums of a fiscal year, over the whole year or by month."""
        if (of, fy) not in self._groups:
            self._groups[of, fy] = groups_of(self._query(of, fy), self.law.catalogue)
        return self._groups[of, fy]

    def single_rows(self, fy: int, facility_id: str | None = None) -> list[Group]:
        """Every row of a fiscal year, or those of one facility."""
        return single_rows(self._query("identified", fy, facility_id), self.law.catalogue)

    def inventory(self, fy: int, *, by_month: bool = False) -> Inventory:
        """The inventory of a fiscal year, computed once."""
        key = (fy, by_month)
        if self.faults() or key not in self._inventories:
            self._inventories[key] = self._computed(fy, by_month=by_month)
        return self._inventories[key]

    def _computed(self, fy: int, *, by_month: bool) -> Inventory:
        """The inventory of a fiscal year.

        Sums over the year are enough, and ten times fewer, where each factor serves the whole year; where one
        changes within it, the months are looked at one by one.
        """
        if faults := [*self.faults(), *self._longer_than_a_year(fy)]:
            raise FactorError("A-00", faults, count=len(faults), fiscal_year=fy)
        if not by_month:
            try:
                result = self._inventory(fy, YEARS)
            except FactorError:
                return self._inventory(fy, MONTHS)
            if not result.base_problems:
                return result
        return self._inventory(fy, MONTHS)

    def _inventory(self, fy: int, of: str) -> Inventory:
        years = dict.fromkeys((fy, self.city.base_fy))
        groups = [group for year in years for group in self.groups(year, of)]
        return inventory(self.city, self.law, fy, groups, lambda: self._base(of))

    def _base(self, of: str) -> Emissions:
        """The base year, with which every year is compared; computed once."""
        if of not in self._bases:
            base = self.city.base_fy
            self._bases[of] = emissions_of(self.city, self.law, base, self.groups(base, of))
        return self._bases[of]

    def lines(self, fy: int) -> Sequence[Line] | None:
        """Lines of a year in a series, whatever its base year is; None where a row cannot be computed."""
        if fy not in self._lines:
            self._lines[fy] = self._lines_of(fy)
        return self._lines[fy]

    def _lines_of(self, fy: int) -> Sequence[Line] | None:
        for of in (YEARS, MONTHS):
            groups = self.groups(fy, of)
            emissions = Emitter(self.city, self.law, fy).emissions(groups)
            if groups and not emissions.problems and not contract_problems(self.city, self.law, groups, fy):
                return in_plan(emissions.lines)
        return None

    def faults(self) -> list[Finding]:
        """Why it is not clear which rows count, or what one says: broken chains of corrections, C-31, C-34."""
        return list(self._faults)

    @cached_property
    def _faults(self) -> list[Finding]:
        corrected, repeated = duckdb.run(self._connection, CORRECTED)[0]
        if repeated or (corrected and chain.faults(duckdb.rows(self._connection, LINKED, ()))):
            return chain.faults(duckdb.rows(self._connection, CHAINS, ()))  # told by their places in the whole ledger
        wrong = duckdb.rows(self._connection, CONTRADICTORY, ())
        pairs = ((rules.period_fault(row, _place(row)), rules.quantity_fault(row, _place(row))) for row in wrong)
        return [fault for pair in pairs for fault in pair if fault]

    def _longer_than_a_year(self, fy: int) -> list[Finding]:
        """A-25: rows of more than a year that the policy would give to one fiscal year whole."""
        if policy_at(self.city.settings, fy).month_of == "days":
            return []
        rows = duckdb.rows(self._connection, LONG, (FiscalYear(fy).start, FiscalYear(fy).end, LONGEST))
        return [Finding("A-25", _place(row), {"start": row["start"], "end": row["end"]}) for row in rows]

    def activities(self) -> list[Row]:
        """Every row of the ledger, typed."""
        return self._source.activities()

    def in_base_unit(self, row: Row) -> Decimal:
        """A row's quantity in the base unit of its item. [base unit]"""
        fy = FiscalYear.of(last_day(row["end"])).number
        policy = policy_at(self.city.settings, fy)
        ratio = ratio_to_base(self.law.catalogue, policy, row["item"], row["unit"], fy)
        return exact.product(row["quantity"], ratio)

    def has_rows(self, fy: int) -> bool:
        """Whether the ledger has a row of a fiscal year."""
        return bool(self.groups(fy))

    def years(self) -> range:
        """Fiscal years from the base year to that of the ledger's last day."""
        ((last,),) = duckdb.run(self._connection, f'SELECT max("end") FROM {ACTIVITY}')
        end = self.city.base_fy if last is None else FiscalYear.of(last_day(last)).number
        return range(self.city.base_fy, end + 1)

    def check(self, fy: int | None, today: date, names: Iterable[str] | None = None) -> list[Outcome]:
        """Outcomes of the checks for one fiscal year, or for all that have rows."""
        view = self.ledger_view(None if fy is None else [FiscalYear(fy)], today)
        return run(view, names)

    def errors(self, fy: int, today: date) -> tuple[Finding, ...]:
        """What the checks of a fiscal year call an error, by the rows that can bear on it.

        The whole ledger is looked through only where something in it is at fault whatever the year.
        """
        if self.moment or self.faults() or self._names_what_is_not_there():
            outcomes = self.check(fy, today)
        else:
            # No error hangs on what a row replaces, which may lie in another year.
            rows = [{**row, "replaces": None} for row in self._near(FiscalYear(fy))]
            city = replace(self.city, tables={**self.city.tables, "activities": rows})
            items = item_facts(self.law.catalogue)
            outcomes = run(view_of(city, items, fiscal_years=[FiscalYear(fy)], today=today))
        return tuple(one for outcome in outcomes for one in outcome.findings if one.severity == "error")

    def _near(self, year: FiscalYear) -> list[Row]:
        """Rows of a fiscal year, and all that have a day in the time from the first to the last day of these."""
        ((start, end),) = duckdb.run(self._connection, SPAN, (year.start, year.end))
        return [] if start is None else self._source.counting(start, end)

    def _names_what_is_not_there(self) -> bool:
        """Whether the ledger names a facility or an item that is not known."""
        named = duckdb.run(self._connection, NAMED)
        facilities = {row["facility_id"] for row in self.city.table("facilities")}
        return any(facility not in facilities or item not in self.law.catalogue.items for facility, item in named)

    def ledger_view(self, years: Sequence[FiscalYear] | None, today: date) -> View:
        """The rows that count, as checks and the search for unusual values look at them.

        Parameters
        ----------
        years : sequence of FiscalYear or None
            The years to look at; all that have rows if None.
        """
        city = self._whole
        if years is None:
            numbers = {FiscalYear.of(last_day(row["end"])).number for row in city.table("activities")}
            years = [FiscalYear(number) for number in sorted(numbers)]
        return view_of(city, item_facts(self.law.catalogue), fiscal_years=years, today=today, moment=self.moment)

    def weather(self) -> list[Row]:
        """Daily temperatures, typed; none if the city has none."""
        return self._whole.table("weather")

    @cached_property
    def _whole(self) -> City:
        """All tables, the long ones too."""
        return self._source.city(activities=True)

    def doubts(self, fy: int) -> tuple[Finding, ...]:
        """C-01 months without a quantity, by the rows of this fiscal year and the one before; C-10 negative ones."""
        key = (fy, texts.language())
        if key not in self._doubts:
            self._doubts[key] = self._doubted(fy)
        return self._doubts[key]

    def negatives(self, fy: int) -> tuple[Finding, ...]:
        """C-10: quantities of a fiscal year that are below zero."""
        return tuple(finding for finding in self.doubts(fy) if finding.code == NEGATIVE)

    def slips(self, years: Collection[int]) -> tuple[Finding, ...]:
        """C-09: quantities of some fiscal years that are about 10 or 1000 times the facility's own, or a part of it."""
        (_, _, moment) = scope_table(min(years), max(years), self.moment)[0]
        rows = duckdb.rows(self._connection, WIDE, {**EVER, "moment": moment})
        looked_at = [FiscalYear(year) for year in sorted(years)]
        return self._found(rows, looked_at, SLIPS)

    def contradictions(self) -> tuple[Finding, ...]:
        """C-19 to C-22, C-35: registers that name what is not there, or say that something ended before it began."""
        city = replace(self.city, tables={**self.city.tables, "activities": []})
        view = view_of(city, item_facts(self.law.catalogue), fiscal_years=(), today=datetime.now(tz=JST).date())
        return tuple(finding for outcome in run(view, REGISTERS) for finding in outcome.findings)

    def lacking(self, fy: int) -> tuple[Finding, ...]:
        """Findings that say which quantities of a fiscal year are missing; none where it is complete (A-15, C-01).

        Raises
        ------
        FactorError
            As `inventory`.
        """
        found = (*completeness(self.inventory(fy)), *self.doubts(fy))
        return tuple(finding for finding in found if finding.code in MISSING)

    def _doubted(self, fy: int) -> tuple[Finding, ...]:
        (_, _, moment) = scope_table(fy, fy, self.moment)[0]
        year = FiscalYear(fy)
        window = {"first": year.before.start, "own": year.start, "stop": year.end, "moment": moment}
        return self._found(duckdb.rows(self._connection, DOUBTFUL, window), [year], DOUBTS)

    def _found(self, rows: Sequence[Row], years: Sequence[FiscalYear], names: Iterable[str]) -> tuple[Finding, ...]:
        """What some checks find in fiscal years by the rows that they have to look at."""
        city = replace(self.city, tables={**self.city.tables, "activities": list(rows)})
        view = view_of(city, item_facts(self.law.catalogue), fiscal_years=years, today=years[-1].end)
        return tuple(finding for outcome in run(view, names) for finding in outcome.findings)

    def _query(self, expression: str, fy: int, facility_id: str | None = None) -> list[tuple[Any, ...]]:
        month_of = policy_at(self.city.settings, fy).month_of
        duckdb.put(self._connection, "scope", columns("scope"), scope_table(fy, fy, self.moment))
        if month_of == "days":
            duckdb.put(self._connection, "portions", columns("portions"), portions_table(self._periods()))
        asked = sql("duckdb", f"{expression}_{month_of}")
        if facility_id is None:
            return duckdb.run(self._connection, asked)
        return duckdb.run(self._connection, f"SELECT * FROM ({asked}) WHERE facility_id = ?", [facility_id])

    def _periods(self) -> Sequence[tuple[date, date]]:
        rows = duckdb.run(
            self._connection, f'SELECT DISTINCT "start", "end" FROM {ACTIVITY} WHERE "end" > "start" ORDER BY 1, 2'
        )
        return [(row[0], row[1]) for row in rows]


def _place(row: Row) -> str:
    return f"activities.csv {row['activity_id']}"
