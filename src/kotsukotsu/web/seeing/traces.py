"""A number led back: the city to items and facilities, those to bills, each bill to its factor and article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kotsukotsu.accounting import exact, waste
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import Line
from kotsukotsu.accounting.trace import entry, trace
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.municipalities.figures import opened
from kotsukotsu.web.seeing import results
from kotsukotsu.web.seeing.listing import item_name
from kotsukotsu.web.seeing.scope import FACILITY, Scope

DIGITS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a sum that can be opened further.

    Attributes
    ----------
    thirds : str
        Three times the emission, with every digit. [t-CO2e]
    tonnes : Decimal
        The emission. [t-CO2e]
    """

    code: str
    name: str
    quantity: Decimal | None
    unit: str
    thirds: str
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class Traced:
    """A total with its lines: `steps` where they open further, else `rows` of the ledger.

    Attributes
    ----------
    thirds : str
        Three times the total, with every digit. [t-CO2e]
    """

    thirds: str
    total: Decimal
    steps: tuple[Step, ...]
    rows: tuple[Mapping[str, Any], ...]
    factors: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A trace, or why there is none.

    Attributes
    ----------
    is_computed : bool
        Whether the year could be computed.
    agrees : bool
        Whether the lines add up to the inventory's own total.
    """

    traced: Traced | None
    is_computed: bool
    item_name: str = ""
    agrees: bool = True
    findings: tuple[Finding, ...] = ()
    error: KotsukotsuError | None = None


def told(scope: Scope, fy: int, item: str) -> Told:
    """The trace of a part's year, of all items or of one; none of an item that it does not have."""
    year = results.result(fy)
    if (inventory := year.inventory) is None:
        return Told(None, is_computed=False, findings=year.findings, error=year.error)
    if scope.facilities is not None:
        inventory = inventory.part(scope.facilities)
    if item and item not in {line.item for line in inventory.lines}:
        return Told(None, is_computed=True)
    if is_row_level(scope, item):
        found = rows(scope, fy, item)
    else:
        with opened() as session:
            found = by(inventory, session, "facility" if item else "item", item)
    name = item_name(inventory, item) if item else ""
    return Told(found, is_computed=True, item_name=name, agrees=found.thirds == whole_of(inventory, item))


def by(inventory: Inventory, session: Session, column: str, item: str) -> Traced:
    """The lines of a part by ``item`` or ``facility``."""
    lines = [line for line in inventory.lines if not item or line.item == item]
    name = namers(session.city, session.law.catalogue, inventory.fy)[column]
    found = []
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.item if column == "item" else line.group.facility_id, []).append(line)
    for row in inventory.rows((column,), lines):
        code = row.keys[column]
        thirds = _thirds(grouped[code])
        found.append(Step(code, name(code), row.quantity, row.unit, plain(thirds), exact.whole(thirds)))
    found.sort(key=lambda step: -step.tonnes)
    whole = _thirds(lines)
    return Traced(plain(whole), exact.whole(whole), tuple(found), (), ())


def rows(scope: Scope, fy: int, item: str) -> Traced:
    """The bills of an item of a facility."""
    with opened() as session:
        wanted = [group for group in session.single_rows(fy, scope.code) if _asked(group.item, item)]
        lines = [line for line in trace(session.city, session.law, fy, wanted).lines if line.item == item]
        told = [_row(line, session) for line in lines]
    _posted(told)
    cited = {row["factor"]["factor_id"]: row["factor"] for row in told}
    for row in told:
        row["cited"] = list(cited).index(row["factor"]["factor_id"]) + 1
    whole = _thirds(lines)
    return Traced(plain(whole), exact.whole(whole), (), tuple(told), tuple(cited.values()))


def whole_of(inventory: Inventory, item: str) -> str:
    """Three times the inventory's own total of a part, with every digit, to hold a trace against. [t-CO2e]"""
    return plain(_thirds(line for line in inventory.lines if not item or line.item == item))


def is_row_level(scope: Scope, item: str) -> bool:
    """Whether the next step are the bills themselves."""
    return scope.kind == FACILITY and bool(item)


def _asked(own: str, item: str) -> bool:
    return own == item or (item in (waste.PLASTIC, waste.FIBRE) and own in waste.BURNT)


def _thirds(lines: Iterable[Line]) -> Decimal:
    return exact.total(line.thirds_co2e for line in lines)


def _row(line: Line, session: Session) -> dict[str, Any]:
    told = entry(line, session.law, {})
    tonnes = exact.whole(line.thirds_co2e)
    return {**told, "thirds": plain(line.thirds_co2e), "shown": tonnes.quantize(DIGITS), "amount_is": line.amount,
            "quantity_is": line.group.quantity, "start_on": line.group.row["start"], "last_on": line.group.row["end"],
            "is_shared": line.share != 1}  # fmt: skip


def _posted(told: Iterable[dict[str, Any]]) -> None:
    """Who entered each row, and when."""
    found = list(told)
    ids = [row["activity_id"] for row in found]
    known = {
        one.activity_id: (one.posted_by or "", one.posted_at)
        for one in Activity.objects.filter(activity_id__in=ids).only("activity_id", "posted_by", "posted_at")
    }
    for row in found:
        by_whom, at = known.get(row["activity_id"], ("", None))
        row["posted_by"], row["posted_on"] = by_whom, timezone.localdate(at) if at else None
