"""A city folder as the setting of a choice of measures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.effects import ELECTRICITY
from kotsukotsu.planning.measures import planned, refuse
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.planning.portfolio_model import Programme
from kotsukotsu.planning.setting import Setting, path_through
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.measure_sites import sites_of
from kotsukotsu.sessions.plan_data import assumptions_of
from kotsukotsu.sessions.session import Session

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+[万億]?円?")
SIZES = {"億": Decimal(10**8), "万": Decimal(10**4)}
GRID = "grid_factor"
HUNDRED, KWH_PER_MWH = Decimal(100), Decimal(1000)
AHEAD, SPAN = 2, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    budget: str
    target_fy: int | None
    target_pct: Decimal | None
    years: str | None
    fy: int | None
    grid: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Base:
    """The year of the use, the base year's total, and the factor of electricity now and in years to come."""

    inventory: Inventory
    base_total: Decimal | None
    grid_now: Decimal
    grid: tuple[tuple[int, Decimal], ...]
    grid_source: str


def setting_of(session: Session, asked: Asked, today: date) -> tuple[Setting, Base]:
    """The setting, and what it was made from.

    Raises
    ------
    PlanningError
        PO-07 no measures.csv; PO-08 budget or years that cannot be read; PO-09 no complete year; PO-10 no emission of
        the base year; PO-13 a programme whose numbers cannot be, PO-14 one given twice; PO-11 a target's year without
        its percentage, or the other way round.
    PlanError
        TG-46, TG-47 values of assumptions.csv that contradict each other.
    """
    rows = session.city.table("measures")
    if not rows:
        raise PlanningError("PO-07", folder=session.path.resolve().name)
    if (asked.target_fy is None) != (asked.target_pct is None):
        raise PlanningError("PO-11")
    inventory = session.inventory(_year(session, today) if asked.fy is None else asked.fy)
    years = years_of(asked, inventory.fy)
    base = _base(inventory, asked)
    sites = sites_of(session, inventory)
    programmes = _programmes(session, len(years))
    measures = tuple(planned(rows))
    last = years[-1] + max(each.measure.life_years for each in measures)  # the last start works within the plan
    path = path_through(base.grid_now, base.grid, range(years[0], last + 1), inventory.fy)
    made = Setting(
        first_fy=years[0],
        use=sites.use,
        factors=sites.factors,
        heat=sites.heat,
        burnt=sites.burnt,
        path=path[: len(years)],
        beyond=path[len(years) :],
        measures=measures,
        budgets=budgets_of(asked.budget, len(years)),
        programmes=programmes,
        closed=_closed(session.city),
        target_fy=asked.target_fy,
        target=_target(base, asked.target_pct),
        discount_rate=asked.rate,
    )
    return made, base


def years_of(asked: Asked, fy: int) -> range:
    """The plan's years: as asked, or from the year after next to the target."""
    if asked.years is None:
        last = asked.target_fy or fy + AHEAD + SPAN - 1
        return range(fy + AHEAD, last + 1)
    first, _, last_text = asked.years.partition("-")
    try:
        found = range(int(first), int(last_text or first) + 1)
    except ValueError:
        found = range(0)
    if not found or found[0] <= fy:
        raise PlanningError("PO-08", value=asked.years, fy=fy)
    return found


def budgets_of(text: str, years: int) -> tuple[Decimal, ...]:
    """Yearly budgets: one for all years, or one for each, parted by commas; 5000万 and 1.2億 are understood. [yen]

    Commas between threes of digits are part of one amount.

    >>> budgets_of("5,000万", 2), budgets_of("5000万,60000000", 2)
    ((Decimal('50000000'), Decimal('50000000')), (Decimal('50000000'), Decimal('60000000')))
    """
    parts = [text.replace(",", "")] if _GROUPED.fullmatch(text) else [part.strip() for part in text.split(",")]
    found = tuple(_yen(part) for part in parts)
    if len(found) not in (1, years):
        raise PlanningError("PO-02", name="--budget", years=years, given=len(found))
    return found * years if len(found) == 1 else found


def _yen(text: str) -> Decimal:
    number = text.removesuffix("円")
    for name, size in SIZES.items():
        if number.endswith(name):
            return exact.product(number_of(number.removesuffix(name)), size)
    return number_of(number)


def number_of(text: str, most: Decimal | None = None) -> Decimal:
    """A number from 0, at most to `most`; 4% is 4.

    Raises
    ------
    PlanningError
        PO-08 if it is none.
    """
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        raise PlanningError("PO-08", value=text, fy="") from None
    if not value.is_finite() or value < 0 or (most is not None and value > most):
        raise PlanningError("PO-08", value=text, fy="")
    return value


def _year(session: Session, today: date) -> int:
    """The latest year whose months are all there and whose inventory can be computed."""
    for fy in range(FiscalYear.of(today).number, session.city.base_fy - 1, -1):
        try:
            if session.has_rows(fy) and not session.lacking(fy):
                return fy
        except FactorError:
            continue
    raise PlanningError("PO-09")


def _base(inventory: Inventory, asked: Asked) -> Base:
    row = next((row for row in inventory.rows(("item",)) if row.keys["item"] == ELECTRICITY), None)
    now = exact.quotient(row.tonnes_co2e, row.quantity) if row and row.quantity else Decimal(0)
    return Base(inventory, inventory.base_total, now, *_grid(inventory, asked))


def _grid(inventory: Inventory, asked: Asked) -> tuple[tuple[tuple[int, Decimal], ...], str]:
    """Future factors that were asked for or that the city assumes, with their source; none where today's stays."""
    if asked.grid is not None:
        year = max(asked.target_fy or 0, inventory.fy + 1)
        return ((year, exact.exact_quotient(asked.grid, KWH_PER_MWH)),), "--grid"
    rows = [row for row in assumptions_of(inventory.city)[GRID] if row.fiscal_year > inventory.fy]
    points = tuple((row.fiscal_year, exact.exact_quotient(row.value, KWH_PER_MWH)) for row in rows)
    return points, texts.listed(dict.fromkeys(row.source for row in rows))


def _programmes(session: Session, years: int) -> tuple[Programme, ...]:
    rows = session.city.table("subsidies")
    wrong = [row for row in rows if not 0 <= row["rate"] <= 1 or row["yearly_limit_yen"] < 0]
    names = ("programme", "rate", "yearly_limit_yen")
    counts = Counter(row["programme"] for row in rows)
    twice = [Finding("PO-14", data={"programme": key, "count": count}) for key, count in counts.items() if count > 1]
    refuse([*twice, *(Finding("PO-13", data={name: row[name] for name in names}) for row in wrong)])
    return tuple(Programme(row["programme"], row["rate"], (row["yearly_limit_yen"],) * years) for row in rows)


def _closed(city: City) -> dict[str, int]:
    """First whole fiscal year in which a facility is closed."""
    found = {}
    for row in city.table("facilities"):
        if row["closed_on"] is not None:
            year = FiscalYear.of(row["closed_on"])
            found[row["facility_id"]] = year.number + (row["closed_on"] > year.start)
    return found


def _target(base: Base, pct: Decimal | None) -> Decimal | None:
    if pct is None:
        return None
    if base.base_total is None or base.base_total <= 0:
        raise PlanningError("PO-10")
    return exact.product(base.base_total, exact.difference(HUNDRED, pct), Decimal("0.01"))
