"""What the people of the demo city have done by now: vehicles entered one by one, bills attached.

No total changes: what single vehicles say adds up to the row of all of them that was taken back, digit by digit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.utils import timezone

from kotsukotsu.accounting import exact
from kotsukotsu.documents.render.fonts import find
from kotsukotsu.periods import last_day
from kotsukotsu.rounding import Rounding, plain
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries import fleet, ledger
from kotsukotsu.web.entries.grid import key_of, month_of
from kotsukotsu.web.entries.models import Asked, Entered, Sheet
from kotsukotsu.web.entries.posting import rows_post
from kotsukotsu.web.entries.services.evidence import evidence_add
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.registers import Vehicle
from kotsukotsu.web.municipalities.selectors import facility_names

GARAGE, FUEL, CLERK = "f300", "diesel", "zaisan"
SCHOOL, ITEM, PORTER, BILLS = "f009", "electricity", "shogakko", 3
TEMPLATE = Path(__file__).parent / "demo_bill.typ"
REASON = "車両ごとに入れるため、合計を取り消しました"
PARTS = {"km": 0, "L": 1}  # digits that a log of trips and a slip of fuel have


def work(fiscal_year: int) -> None:
    """Enter the diesel vehicles one by one, and attach a school's first bills, where they are asked for."""
    sheets = Sheet.objects.select_related("collection").filter(collection__fiscal_year=fiscal_year)
    for sheet in sheets.filter(facility_id__in=(GARAGE, SCHOOL)):
        enter = _vehicles if sheet.facility_id == GARAGE else _bills
        enter(sheet, User.objects.get(username=CLERK if sheet.facility_id == GARAGE else PORTER))


def _vehicles(sheet: Sheet, actor: User) -> None:
    driven = [one for one in fleet.vehicles_of(sheet) if one.fuel == FUEL and fleet.items_of(one)]
    classes = {one.vehicle_class for one in driven}
    rows = ledger.of_years(sheet.facility_id, sheet.fiscal_year, sheet.fiscal_year, [*classes, FUEL])
    whole = [row for row in rows if row["quantity"] and key_of(row)[1:] == ("", "") and month_of(row)]
    taken = [
        {**row, "quantity": None, "cost_yen": None, "basis": "not_occurring", "note": REASON,
         "replaces": row["activity_id"]}
        for row in whole
    ]  # fmt: skip
    single = [one for row in whole for one in _single(row, driven)]
    rows_post(rows=[*taken, *single], now=timezone.now(), actor=actor)
    Asked.objects.bulk_create(
        Asked(sheet=sheet, item=item, meter_id=meter, unit=unit)
        for item, meter, unit in dict.fromkeys((row["item"], row["meter_id"], row["unit"]) for row in single)
    )
    Entered.objects.get_or_create(sheet=sheet, user=actor)
    log(
        actor=actor, verb="take_in", kind="sheet", key=sheet.pk, facility_id=sheet.facility_id,
        after={"vehicles": len(driven), "rows": len(single)}, reason=REASON,
    )  # fmt: skip


def _single(row: Row, driven: Iterable[Vehicle]) -> Iterator[Row]:
    own = [one for one in driven if row["item"] in (one.vehicle_class, one.fuel)]
    amounts = shared(row["quantity"], len(own), PARTS[row["unit"]])
    costs = shared(row["cost_yen"], len(own), 0) if row["cost_yen"] is not None else [None] * len(own)
    for vehicle, amount, cost in zip(own, amounts, costs, strict=True):
        yield {**row, "meter_id": vehicle.vehicle_id, "quantity": amount, "cost_yen": cost, "replaces": None}


def shared(whole: Decimal, count: int, digits: int) -> list[Decimal]:
    """An amount in uneven parts that add up to it.

    >>> [str(part) for part in shared(Decimal(100), 3, 0)]
    ['30', '33', '37']
    """
    weights = range(10, 10 + count)
    cut = Rounding(unit="", digits=digits)
    parts = [
        cut.figure(exact.quotient(exact.product(whole, Decimal(one)), Decimal(sum(weights)))) for one in weights[:-1]
    ]
    return [*parts, exact.difference(whole, exact.total(parts))]


def _bills(sheet: Sheet, actor: User) -> None:
    rows = ledger.of_years(sheet.facility_id, sheet.fiscal_year, sheet.fiscal_year, [ITEM])
    for row in rows[:BILLS]:
        month = str(month_of(row))
        evidence_add(
            sheet=sheet, name=f"電気料金請求書_{month}.pdf", content=bill(row), line="|".join(key_of(row)), first=month,
            actor=actor,
        )  # fmt: skip


def bill(row: Row) -> bytes:
    """A bill that says what a row says, as PDF."""
    font = find()
    told = {
        "font": font.family, "city": str(Municipality.objects.get()), "facility": facility_names()[row["facility_id"]],
        "lines": _told(row),
    }  # fmt: skip
    with TemporaryDirectory(prefix="kotsukotsu-") as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        made: bytes = typst.compile(folder / TEMPLATE.name, root=folder, font_paths=[font.folder], format="pdf")
    return made


def _told(row: Row) -> Sequence[tuple[str, str]]:
    first, last = row["start"], last_day(row["end"])
    return (
        ("ご使用期間", f"{first:%Y年%m月%d日} から {last:%Y年%m月%d日} まで"),
        ("ご使用量", f"{row['quantity']:,f} {row['unit']}"),
        ("ご請求金額", f"{plain(row['cost_yen'])} 円"),
    )
