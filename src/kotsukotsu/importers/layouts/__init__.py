"""The forms of table that offices send, one module each: ``detect`` and ``read``."""

from __future__ import annotations

from collections.abc import Iterator
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
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import Sheet, Table

# From the most particular to the most general: the first that recognises a sheet reads it.
_ORDER: tuple[ModuleType, ...] = (city_folder, entry_form, facility_months, facility_sheets, bills, long_list)


def read(sheet: Sheet, guide: Guide) -> Iterator[Table]:
    """The tables of a sheet, in the first layout that recognises it; none if no layout does."""
    subject = Subject(sheet, guide)
    for module in _ORDER:
        if module.detect(subject):
            yield from module.read(subject)
            return
