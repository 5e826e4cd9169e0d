"""The forms of table that offices send, one module each: ``detect`` and ``read``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts import (
    bills,
    city_folder,
    entry_form,
    facility_months,
    facility_sheets,
    long_list,
)
from kotsukotsu.importers.model import Sheet, Table

# From the most particular to the most general: the first that recognises a sheet reads it.
_ORDER: Mapping[str, ModuleType] = {
    module.NAME: module
    for module in (city_folder, entry_form, facility_months, facility_sheets, bills, long_list)
}


def recognise(sheet: Sheet, guide: Guide) -> str:
    """The layout of a sheet, empty if none fits."""
    return next((name for name, module in _ORDER.items() if module.detect(sheet, guide)), "")


def read(sheet: Sheet, guide: Guide, layout: str) -> Iterator[Table]:
    """The tables of a sheet in a layout."""
    tables: Iterator[Table] = _ORDER[layout].read(sheet, guide)
    return tables
