"""TOML of settings: what ``tomllib`` reads back as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def text(settings: Mapping[str, Any]) -> str:
    """Tables in their order, arrays of tables for dated changes, tables within them on one line.

    >>> print(text({"policy": {"gwp": "AR5", "change": [{"from_fy": 2024}]}}), end="")
    [policy]
    gwp = "AR5"
    <BLANKLINE>
    [[policy.change]]
    from_fy = 2024
    """
    blocks = [_lines({key: value for key, value in settings.items() if not isinstance(value, Mapping)})]
    for name, table in settings.items():
        if isinstance(table, Mapping):
            blocks += _table(_key(name), table)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _table(name: str, table: Mapping[str, Any]) -> Iterable[list[str]]:
    arrays = {key: value for key, value in table.items() if _is_tables(value)}
    yield [f"[{name}]", *_lines({key: value for key, value in table.items() if key not in arrays})]
    for key, entries in arrays.items():
        for entry in entries:
            yield [f"[[{name}.{_key(key)}]]", *_lines(entry)]


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _lines(values: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in values.items()]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_lines(value)) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
