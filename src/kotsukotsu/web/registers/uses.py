"""Where a row of a register is named by others: it then keeps its code, and ends instead of being removed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from kotsukotsu import schema, texts
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts.models import Role
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.tabled import field_name
from kotsukotsu.web.registers.kinds import Register
from kotsukotsu.web.registers.references import LEADS, OWN

# Which column of a register others name.
NAMED = {table: column for table, column in OWN if table != column}


def refuse_used(register: Register, pk: int | None, old: Row, new: Row | None) -> None:
    """Refuse to remove or to rename what others name.

    Raises
    ------
    WebError
        WR-12 with where it is named.
    """
    column = NAMED.get(register.table)
    code = old.get(column) if column else None
    if not column or not code or (new or {}).get(column) == code:
        return
    others = register.model._default_manager.filter(**{field_name(column): code}).exclude(pk=pk)  # noqa: SLF001
    if others.exists():  # the same department under another name or in another time
        return
    places = [name for name, found in _naming(register.table, code) if found.exists()]
    if places:
        raise WebError("WR-12", code=code, places=texts.listed(dict.fromkeys(places)))


def _naming(table: str, code: object) -> Iterator[tuple[str, QuerySet]]:
    """What could name it, each with the rows that do."""
    for other, model in tables.MODELS.items():
        for column in schema.columns(other):
            if LEADS.get(column.column) == table and (other, column.column) not in OWN:
                name = texts.label("register.ledger" if other == "activities" else f"register.{other}")
                yield name, model._default_manager.filter(**{field_name(column.column): code})  # noqa: SLF001
    own = NAMED[table]
    if own in ("facility_id", "department_id"):
        yield texts.label("web.demo.role"), Role.objects.filter(**{own: code})
    if own == "facility_id":
        yield texts.label("web.nav.collections"), Sheet.objects.filter(facility_id=code)
