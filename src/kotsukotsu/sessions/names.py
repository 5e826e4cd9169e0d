"""Names for people in place of codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kotsukotsu import texts
from kotsukotsu.accounting.membership import OWN
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema.city import City
from kotsukotsu.schema.organisation import departments_at


def namers(city: City, catalogue: Catalogue, fy: int | None = None) -> Mapping[str, Callable[[str], str]]:
    """For each column of the inventory, what to write for a code of it.

    Parameters
    ----------
    fy : int, optional
        The fiscal year whose figures are named: departments have the names that they had on its last day. Without
        one, their last.
    """
    japanese = texts.language() == "ja"
    facilities = {row["facility_id"]: row["name"] for row in city.table("facilities")}
    day = None if fy is None else last_day(FiscalYear(fy).end)
    departments = {key: row["name"] for key, row in departments_at(city.table("departments"), day).items()}
    bodies = {row["body_id"]: row["name"] for row in city.table("bodies")} | {OWN: texts.label("body.own")}
    items = {key: item.name_ja if japanese else item.name_en for key, item in catalogue.items.items()}
    suppliers = {key: supplier.name for key, supplier in catalogue.suppliers.items()}
    return {
        "item": lambda code: items.get(code, code),
        "gas": str,
        "facility": lambda code: facilities.get(code, code),
        "department": lambda code: departments.get(code, code) or texts.label("none"),
        "sector": lambda code: texts.label(f"sector.{code}"),
        "month": lambda code: code or texts.label("month.none"),
        "body": lambda code: bodies.get(code, code),
        "use": lambda code: code or texts.label("none"),
        "supplier": lambda code: suppliers.get(code, code) or texts.label("none"),
    }
