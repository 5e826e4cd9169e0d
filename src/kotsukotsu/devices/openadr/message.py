"""Messages: written with the prefixes that everybody uses, read with distrust.

An answer may be anything: entities and document types are refused unread, and every number, time and duration is held
to the form of the schema and to limits within which it can be reckoned with.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml.ElementTree import fromstring

from kotsukotsu.devices.openadr.errors import VtnError

NAMES = {
    "oadr": "http://openadr.org/oadr-2.0b/2012/07",
    "ei": "http://docs.oasis-open.org/ns/energyinterop/201110",
    "pyld": "http://docs.oasis-open.org/ns/energyinterop/201110/payloads",
    "emix": "http://docs.oasis-open.org/ns/emix/2011/06",
    "power": "http://docs.oasis-open.org/ns/emix/2011/06/power",
    "scale": "http://docs.oasis-open.org/ns/emix/2011/06/siscale",
    "xcal": "urn:ietf:params:xml:ns:icalendar-2.0",
    "strm": "urn:ietf:params:xml:ns:icalendar-2.0:stream",
}
PROFILE = "2.0b"
DURATION = re.compile(r"P(?:(\d{1,5})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", re.ASCII)
WEEKS = re.compile(r"P(\d{1,3})W", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
COUNT = re.compile(r"\d{1,10}", re.ASCII)
YEARS = range(2000, 2100)  # of a moment that can be meant
LONGEST = 500  # of a text [characters]
DIGITS = 12  # before and behind the point that a number can have
for _prefix, _space in NAMES.items():
    register_namespace(_prefix, _space)


def node(name: str, *inside: Element | str) -> Element:
    """An element ``prefix:name`` with elements or a text in it."""
    made = Element(_full(name))
    for one in inside:
        if isinstance(one, str):
            made.text = one
        else:
            made.append(one)
    return made


def message(name: str, *inside: Element) -> Element:
    """A message of the profile."""
    made = node(f"oadr:{name}", *inside)
    made.set(_full("ei:schemaVersion"), PROFILE)
    return made


def encode(given: Element) -> bytes:
    """A message in its envelope."""
    payload = node("oadr:oadrPayload", node("oadr:oadrSignedObject", given))
    made: bytes = tostring(payload, encoding="utf-8", xml_declaration=True)
    return made


def decode(data: bytes) -> Element:
    """The message in an envelope.

    Raises
    ------
    VtnError
        DV-31 no XML, or XML with a document type or entities; DV-30 another envelope.
    """
    try:
        payload: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        raise VtnError("DV-31", answer=data[:80].decode("utf-8", "replace")) from error
    signed = payload if payload.tag == _full("oadr:oadrSignedObject") else payload.find("oadr:oadrSignedObject", NAMES)
    if signed is None or len(signed) != 1:
        raise VtnError("DV-30", element="oadrSignedObject", answer=name_of(payload))
    return signed[0]


def name_of(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element, path: str) -> Element:
    """The element that stands there; DV-30 if none does."""
    found = element.find(path, NAMES)
    if found is None:
        raise VtnError("DV-30", element=_plain(path), answer="")
    return found


def text(element: Element, path: str) -> str:
    """What stands there; DV-30 if nothing does, or more than anybody would write."""
    found = optional(element, path)
    if not 0 < len(found) <= LONGEST:
        raise VtnError("DV-30", element=_plain(path), answer=found)
    return found


def optional(element: Element, path: str) -> str:
    """What stands there, empty if nothing does."""
    return (element.findtext(path, "", NAMES) or "").strip()


def count(element: Element, path: str) -> int:
    """A whole number that is not negative."""
    found = text(element, path)
    if not COUNT.fullmatch(found):
        raise VtnError("DV-30", element=_plain(path), answer=found)
    return int(found)


def number(element: Element, path: str) -> Decimal:
    """A finite number of no more digits than anybody would mean."""
    found = text(element, path)
    value = Decimal(found) if NUMBER.fullmatch(found) else None
    if value is None or (value and abs(value.adjusted()) > DIGITS):
        raise VtnError("DV-30", element=_plain(path), answer=found)
    return value


def moment(element: Element, path: str) -> datetime:
    """A moment with its zone; without one nobody knows when it is."""
    found = text(element, path)
    try:
        at = datetime.fromisoformat(found)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or at.year not in YEARS:
        raise VtnError("DV-30", element=_plain(path), answer=found)
    return at.astimezone(UTC)


def duration(element: Element, path: str) -> timedelta:
    """Weeks, or days, hours, minutes and seconds; years and months have no length.

    The schema lets ``P`` alone be written for nothing, and some do.
    """
    found = text(element, path).removeprefix("+")
    weeks, parts = WEEKS.fullmatch(found), DURATION.fullmatch(found)
    if weeks:
        return timedelta(weeks=int(weeks[1]))
    if not parts:
        raise VtnError("DV-30", element=_plain(path), answer=found)
    days, hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def written(given: datetime | timedelta | Decimal) -> str:
    """A moment in UTC, a duration in seconds, or a number, as the schema has it."""
    if isinstance(given, datetime):
        return f"{given.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(given, timedelta):
        return f"PT{int(given.total_seconds())}S"
    return f"{given:f}"


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def _plain(path: str) -> str:
    return path.rpartition(":")[2]
