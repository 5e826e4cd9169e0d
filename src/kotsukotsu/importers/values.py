"""What a cell of quantities says: a number, or which of the ways of not being one."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from kotsukotsu import units
from kotsukotsu.importers.model import Cell, Reading, ReadingKind
from kotsukotsu.importers.tables import table

# Longer numbers are slips (a customer number in the wrong column) and would not fit the tables.
MAX_WHOLE_DIGITS = 15
MAX_DECIMALS = 12
_NUMBER = re.compile(
    r"(?P<minus>[△▲+\-]?)\s*(?P<open>\(?)\s*(?P<inner>[△▲\-]?)\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?\s*(?P<close>\)?)\s*(?P<unit>\D.*)?"
)
_ESTIMATED = re.compile(r"^(?:約|推計|概算)\s*|\s*\(?(?:推計|推定|概算|見込み?)\)?$")
_ERROR_SIGNS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "Err:")
_NO_NUMBER = {"error": "IM-32", "date": "IM-36", "time": "IM-36", "uncomputed": "IM-37", "boolean": "IM-39"}
_MINUS_SIGNS = "△▲-"


@cache
def sign_words() -> dict[str, ReadingKind]:
    """Words and signs that stand where a quantity could, and what they say."""
    kinds: dict[str, ReadingKind] = {
        "not_occurring": "not_occurring",
        "missing": "missing",
        "repeat": "repeat",
    }
    return {_plain(row["word"]): kinds[row["kind"]] for row in table("sign_words")}


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("\u200b", "")
    return plain.strip()


def reading(cell: Cell) -> Reading:
    """What a cell says.

    Examples
    --------
    >>> reading(Cell("△１，２３４．５kWh", "text"))
    Reading(kind='number', value=Decimal('-1234.5'), unit='kWh', text='△１，２３４．５kWh', estimated=False, code='')
    >>> [reading(Cell(text, "text")).kind for text in ("－", "…", "〃", "#REF!", "去年並み", "1,23")]
    ['not_occurring', 'missing', 'repeat', 'error', 'text', 'text']
    """
    text = cell.text
    if isinstance(cell.value, Decimal):
        return _checked(cell.value, "", text, False)
    if cell.kind == "empty" or (not _plain(text) and cell.kind != "uncomputed"):
        return Reading("blank")
    if text.startswith(_ERROR_SIGNS):
        return Reading("error", text=text, code="IM-32")
    if cell.kind != "text":
        return Reading("error", text=text, code=_NO_NUMBER[cell.kind])
    plain = _plain(text)
    if sign := sign_words().get(plain):
        return Reading(sign, text=text)
    return _number(plain, text)


def _number(plain: str, text: str) -> Reading:
    stripped = _ESTIMATED.sub("", plain)
    found = _NUMBER.fullmatch(stripped)
    if not found or bool(found["open"]) != bool(found["close"]):
        return Reading("text", text=text, code="IM-39")
    signs = [sign for sign in (found["minus"], found["inner"]) if sign in _MINUS_SIGNS and sign]
    # An office writes a negative figure as (12), △12 or (△12): one minus, never two.
    negative = bool(signs or (found["open"] and not found["minus"]))
    if found["unit"] and not _is_unit(found["unit"]):
        return Reading("text", text=text, code="IM-39")
    value = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    return _checked(-value if negative else value, found["unit"] or "", text, stripped != plain)


def _is_unit(text: str) -> bool:
    return text.strip() == "円" or units.is_known(text)


def _checked(value: Decimal, unit: str, text: str, estimated: bool) -> Reading:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MAX_DECIMALS or value.adjusted() >= MAX_WHOLE_DIGITS:
        return Reading("error", text=text, code="IM-38")
    return Reading("number", value + 0 if value else abs(value), unit.strip(), text, estimated)


def figure(cell: Cell, unit: str = "") -> Decimal | None:
    """The number of a cell if it holds one, for sums and costs; a unit in the cell is converted to that of the row.

    >>> figure(Cell("1.5千kWh", "text"), "kWh")
    Decimal('1500.0')
    """
    found = reading(cell)
    if found.kind != "number" or found.value is None:
        return None
    if found.unit and unit and units.same_dimension(found.unit, unit):
        return found.value * units.ratio(found.unit, unit)
    return found.value
