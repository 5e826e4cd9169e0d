"""The interface's description (OpenAPI) as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kotsukotsu.web.api.described import summary
from kotsukotsu.web.api.interface import api

METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True, slots=True)
class Entry:
    """An address and a method.

    Attributes
    ----------
    parameters : tuple of tuple
        Name, where it stands (``path`` or ``query``), whether it must be given.
    sent, answered : str
        Names of the shapes; empty where there is none.
    """

    method: str
    address: str
    summary: str
    parameters: tuple[tuple[str, str, bool], ...]
    sent: str
    answered: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of what is sent or answered: name, kind, whether it must be given."""

    name: str
    fields: tuple[tuple[str, str, bool], ...]


def entries() -> list[Entry]:
    """Every address, in the order of the interface."""
    found = _described()["paths"]
    return [_entry(address, name, one) for address, ways in found.items() for name, one in ways.items()]


def shapes() -> list[Shape]:
    """Every shape that a caller needs."""
    found = _described()["components"]["schemas"]
    return [Shape(name, tuple(_fields(one))) for name, one in found.items()]


@cache
def _described() -> dict[str, Any]:
    """The description; it is as the program is, and takes long to put together."""
    return dict(api.get_openapi_schema())


def _entry(address: str, method: str, one: Mapping[str, Any]) -> Entry:
    given = tuple((each["name"], each["in"], bool(each.get("required"))) for each in one.get("parameters", ()))
    good = next(answer for status, answer in one["responses"].items() if str(status).startswith("2"))
    return Entry(
        method.upper(), address, summary(one["operationId"]), given, _shape(one.get("requestBody", {})), _shape(good)
    )  # fmt: skip


def _shape(part: Mapping[str, Any]) -> str:
    """Name of the shape of a body; ``[]`` where there are several."""
    return _named(part.get("content", {}).get("application/json", {}).get("schema", {}))


def _named(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"{_named(schema['items'])}[]"
    either = [_named(each) for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return " | ".join(either) or str(schema.get("type", ""))


def _fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    needed = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield name, _named(one), name in needed
