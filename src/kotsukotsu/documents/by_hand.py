"""Numbers that a city typed into its texts although a figure gives them: they would stay when the figure changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from kotsukotsu.documents.prose import Part
from kotsukotsu.documents.registry import Number, Registry
from kotsukotsu.findings import Finding

_NAMES = re.compile(r"\{\{.*?\}\}")
_NUMBER = re.compile(
    r"(?<![\d.,０-９A-Za-z])(△|−|-|－)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d.,]*\d)\s*(%|％|t)?(-CO2e?)?"
)
LEAST_DIGITS = 3  # a number of one or two digits is too often something else


def by_hand(parts: Iterable[Part], registry: Registry) -> list[Finding]:
    """DC-11 for a number that a figure gives, DC-12 for an emission that none gives; of the city's own texts."""
    known = _known(registry)
    return [finding for part in parts if part.is_own for finding in _of(part, known)]


def _known(registry: Registry) -> dict[tuple[Decimal, str], str]:
    """Printed value and kind of unit to the first name that prints it."""
    found: dict[tuple[Decimal, str], str] = {}
    for key, number in registry.numbers.items():
        if number.figure.printed is not None:
            found.setdefault((abs(number.figure.printed), _kind(number)), key)
    return found


def _kind(number: Number) -> str:
    unit = number.figure.unit
    return "%" if unit == "%" else "t" if "CO2" in unit else ""


def _of(part: Part, known: dict[tuple[Decimal, str], str]) -> Iterator[Finding]:
    for index, line in enumerate(part.text.splitlines(), 1):
        for found in _NUMBER.finditer(_NAMES.sub(" ", line)):
            finding = _judged(found, known)
            if finding:
                code, data = finding
                yield Finding(code, f"{part.file} {index}", data)


def _judged(found: re.Match[str], known: dict[tuple[Decimal, str], str]) -> tuple[str, dict[str, str]] | None:
    whole, decimals, sign, gas = found[2], found[3] or "", (found[4] or "").replace("％", "%"), found[5]
    try:
        value = Decimal(whole.replace(",", "") + decimals)
    except InvalidOperation:
        return None
    kind = "t" if sign == "t" and gas else "%" if sign == "%" else ""
    text = found[0].strip()
    if name := known.get((value, kind)):
        return "DC-11", {"text": text, "name": name}
    is_long = len((whole + decimals).replace(",", "").replace(".", "")) >= LEAST_DIGITS
    if not kind and is_long and (name := known.get((value, "t"))):
        return "DC-11", {"text": text, "name": name}
    return ("DC-12", {"text": text}) if kind == "t" else None
