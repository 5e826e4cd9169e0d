"""The engine's part of the inventory, written once as relational expressions.

Engines only select, join and add decimals up: sums of decimals are identical on DuckDB, PostgreSQL and Spark,
products and quotients are not. Shares stay keys of the groups, as text, and are multiplied in Python.
``python -m kotsukotsu.accounting.compile`` writes each expression as SQL for each engine to ``sql/``; commands run
that SQL on the engine's own connection, so that nobody waits for Ibis to load.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis import Table, _

from kotsukotsu.periods import LONG_DAYS

QUANTITY = "decimal(18, 6)"

ACTIVITY: Mapping[str, str] = {
    "activity_id": "string",
    "facility_id": "string",
    "item": "string",
    "start": "date",
    "end": "date",
    "quantity": QUANTITY,
    "unit": "string",
    "basis": "string",
    "source": "string",
    "note": "string",
    "meter_id": "string",
    "use": "string",
    "replaces": "string",
    "posted_at": "timestamp",
}
SUPPLIES: Mapping[str, str] = {
    "facility_id": "string",
    "item": "string",
    "meter_id": "string",
    "supplier": "string",
    "menu": "string",
    "share": "string",
    "valid_from": "date",
    "valid_to": "date",
}
APPORTIONMENTS: Mapping[str, str] = {
    "facility_id": "string",
    "item": "string",
    "meter_id": "string",
    "to_facility_id": "string",
    "share": "string",
    "valid_from": "date",
    "valid_to": "date",
}
PORTIONS: Mapping[str, str] = {
    "start": "date",
    "end": "date",
    "fiscal_year": "int32",
    "month": "int32",
    "last_day": "date",
    "share": "string",
}
SCOPE: Mapping[str, str] = {"first_fy": "int32", "last_fy": "int32", "moment": "timestamp"}
SUPPLIED: Mapping[str, str] = {
    "municipality": "string",
    "facility_id": "string",
    "item": "string",
    "supplier": "string",
    "menu": "string",
    "use": "string",
    "unit": "string",
    "day": "date",
    "quantity": QUANTITY,
}
TABLES: Mapping[str, Mapping[str, str]] = {
    "activity": ACTIVITY,
    "supplies": SUPPLIES,
    "apportionments": APPORTIONMENTS,
    "portions": PORTIONS,
    "scope": SCOPE,
    "supplied": SUPPLIED,
}
KEYS = (
    "facility_id",
    "item",
    "supplier",
    "menu",
    "use",
    "unit",
    "basis",
    "fiscal_year",
    "month",
    "supply_share",
    "apportionment_share",
    "period_share",
)


def table(name: str) -> Table:
    """An unbound table of the engine."""
    return ibis.table(TABLES[name], name=name)


def counting(activity: Table, scope: Table) -> Table:
    """The rows that count at a moment: posted by then, and not replaced by a row posted by then."""
    posted = activity.cross_join(scope).filter(_.posted_at.isnull() | (_.posted_at <= _.moment))
    replaced = posted.filter(_.replaces.notnull()).select(replaced_id=_.replaces)
    return posted.anti_join(replaced, posted.activity_id == replaced.replaced_id)


def assigned_to_last_day(rows: Table) -> Table:
    """Each row in the month of the last day used (検針月); a long row in its fiscal year only."""
    last = rows.mutate(last_day=_.end - ibis.interval(days=1))
    april = last.mutate(fiscal_year=(_.last_day.year() - (_.last_day.month() < 4).cast("int32")).cast("int32"))
    return april.mutate(
        month=ibis.ifelse(
            _.end.delta(_.start, unit="day") > LONG_DAYS,
            ibis.null("int32"),
            (_.last_day.year() * 12 + _.last_day.month() - 1).cast("int32"),
        ),
        period_share=ibis.literal("1"),
    )


def assigned_by_day(rows: Table, portions: Table) -> Table:
    """Each row split over months and fiscal years by the shares of its days; a contract is that of the portion."""
    renamed = portions.rename(portion_start="start", portion_end="end", period_share="share")
    return rows.join(renamed, [rows.start == renamed.portion_start, rows.end == renamed.portion_end])


def supplied(rows: Table, supplies: Table) -> Table:
    """Each row, or portion of one, with the supplier, menu and share of the contract on its last day."""
    contract = supplies.rename(
        s_facility="facility_id", s_item="item", s_meter="meter_id", supply_share="share", s_from="valid_from",
        s_to="valid_to",
    )  # fmt: skip
    joined = rows.left_join(
        contract,
        [
            rows.facility_id == contract.s_facility,
            rows.item == contract.s_item,
            contract.s_from <= rows.last_day,
            rows.last_day < contract.s_to,
            (contract.s_meter == "") | (contract.s_meter == rows.meter_id.fill_null("")),
        ],
    )
    return joined.mutate(
        supplier=_.supplier.fill_null(""), menu=_.menu.fill_null(""), supply_share=_.supply_share.fill_null("1")
    )


def apportioned(rows: Table, apportionments: Table) -> Table:
    """Each row shared among the facilities behind its meter (按分)."""
    key = apportionments.rename(
        a_facility="facility_id", a_item="item", a_meter="meter_id", apportionment_share="share", a_from="valid_from",
        a_to="valid_to",
    )  # fmt: skip
    joined = rows.left_join(
        key,
        [
            rows.facility_id == key.a_facility,
            rows.item == key.a_item,
            key.a_from <= rows.last_day,
            rows.last_day < key.a_to,
            (key.a_meter == "") | (key.a_meter == rows.meter_id.fill_null("")),
        ],
    )
    return joined.mutate(
        facility_id=_.to_facility_id.fill_null(_.facility_id),
        apportionment_share=_.apportionment_share.fill_null("1"),
    )


def identified(by_day: bool) -> Table:
    """Every counting row of the fiscal years in scope with all that picks its factor.

    Returns
    -------
    Table
        The keys `KEYS`, and `activity_id`, `start`, `end`, `quantity`, `source`, `note`, `meter_id`.
    """
    rows = counting(table("activity"), table("scope"))
    assigned = assigned_by_day(rows, table("portions")) if by_day else assigned_to_last_day(rows)
    in_scope = assigned.filter((_.fiscal_year >= _.first_fy) & (_.fiscal_year <= _.last_fy))
    joined = apportioned(supplied(in_scope, table("supplies")), table("apportionments"))
    return joined.mutate(use=_.use.fill_null("")).select(
        "activity_id", "start", "end", "quantity", "source", "note", "meter_id", *KEYS
    )


def sums(by_day: bool, by_month: bool) -> Table:
    """Exact sums of quantity over everything that picks a factor.

    Parameters
    ----------
    by_month : bool
        Whether months are kept apart; if not, `month` is null, as for a row that covers a fiscal year.

    Returns
    -------
    Table
        The keys `KEYS`; `quantity`, the sum in `unit`; `rows`, how many; `missing`, how many without a quantity.
    """
    rows = identified(by_day)
    keyed = rows if by_month else rows.mutate(month=ibis.null("int32"))
    return keyed.group_by(list(KEYS)).agg(quantity=_.quantity.sum(), rows=_.count(), missing=_.quantity.isnull().sum())


def portfolio_sums(keys: tuple[str, ...]) -> Table:
    """Exact sums of many bodies' rows that already name supplier, menu and use (schema `SUPPLIED`), by fiscal year.

    Returns
    -------
    Table
        `keys`, item, supplier, menu, use, unit, fiscal_year; `quantity`, the sum in `unit`; `missing`, how many
        rows have no quantity.
    """
    year = table("supplied").mutate(fiscal_year=(_.day.year() - (_.day.month() < 4).cast("int32")).cast("int32"))
    return year.group_by([*keys, "item", "supplier", "menu", "use", "unit", "fiscal_year"]).agg(
        quantity=_.quantity.sum(), missing=_.count() - _.quantity.count()
    )


def expressions() -> Mapping[str, Table]:
    """Every expression that is compiled, by the name of its file."""
    return {
        "identified_end": identified(by_day=False),
        "identified_days": identified(by_day=True),
        "years_end": sums(by_day=False, by_month=False),
        "years_days": sums(by_day=True, by_month=False),
        "months_end": sums(by_day=False, by_month=True),
        "months_days": sums(by_day=True, by_month=True),
        "portfolio_facility": portfolio_sums(("facility_id",)),
        "portfolio_municipality": portfolio_sums(("municipality",)),
    }
