"""The columns beside the months: which of them holds facility, item, unit."""

from __future__ import annotations

import re
from collections.abc import Callable

from kotsukotsu import units
from kotsukotsu.importers import words
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.months import Block
from kotsukotsu.importers.model import Sheet

Columns = dict[str, int]
_LABELS = ("facility_id", "facility", "item_id", "item", "unit", "meter", "use", "part", "note", "estimated_months")
_PARTS = re.compile(r"[\\/／＼|・]")


def label_columns(sheet: Sheet, guide: Guide, block: Block) -> Columns:
    """Role to column, by the headings, else by what stands below them."""
    found: Columns = {}
    for column in range(sheet.width):
        if column in block.periods:
            continue
        role = _role(guide, sheet.label(block.header, column).text)
        if role in _LABELS:
            found.setdefault(role, column)
    tests: dict[str, Callable[[str], bool]] = {
        "facility": guide.looks_like_facility,
        "item": lambda text: bool(guide.items.named(text)),
        "unit": units.is_known,
    }
    for role, test in tests.items():
        if role not in found:
            _infer(sheet, block, found, role, test)
    if "facility" not in found and "item" not in found:
        _default(sheet, guide, block, found)
    return found


def _role(guide: Guide, heading: str) -> str:
    for part in (heading, *_PARTS.split(words.key(heading))):
        if (role := guide.role(part)) and not role.startswith("item:"):
            return role
    return ""


def _infer(sheet: Sheet, block: Block, found: Columns, role: str, test: Callable[[str], bool]) -> None:
    hits = {
        column: sum(test(sheet.label(row, column).text) for row in range(block.header + 1, block.last_filled + 1))
        for column in range(block.left)
        if column not in found.values()
    }
    best = max(hits, key=lambda column: hits[column], default=None)
    if best is not None and hits[best]:
        found[role] = best


def _default(sheet: Sheet, guide: Guide, block: Block, found: Columns) -> None:
    """A table whose words nobody knows yet: its first column of words is what the title does not say."""
    for column in range(block.left):
        rows = range(block.header + 1, block.last_filled + 1)
        if column not in found.values() and any(sheet.label(row, column).kind == "text" for row in rows):
            has_facility = guide.looks_like_facility(sheet.name)
            found["item" if has_facility else "facility"] = column
            return
