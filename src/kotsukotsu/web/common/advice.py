"""What a finding says where it is read on a page: registers by their names, no files, columns or commands.

A code has advice of its own for pages where a text ``web.advice.CODE`` stands; in every text ``supplies.csv`` is the
register of supply contracts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kotsukotsu import schema, texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.findings import Finding

FILE = {"ja": re.compile(r" ?\b([a-z_]+)\.csv\b ?"), "en": re.compile(r"\b([a-z_]+)\.csv\b")}
PRINTED = re.compile(r" ?[（(]printed/totals\.csv[）)]")  # beside the words that say it
COLUMN = re.compile(r"（([a-z_]+)）")
LATELY = 4096  # findings
_told: dict[tuple[Any, ...], dict[str, Any]] = {}


def message(finding: Finding) -> str:
    """What is doubtful."""
    return named(finding.message())


def advice(finding: Finding) -> str:
    """What to do about it."""
    own = f"web.advice.{finding.code}"
    return texts.label(own, **finding.data) if own in texts.entries() else named(finding.advice())


def place(finding: Finding) -> str:
    """Where it is."""
    return named(finding.where)


def as_dict(finding: Finding) -> dict[str, Any]:
    """For a page's script, which changes nothing of it; what was told lately is at hand."""
    data = finding.plain_data()
    key = (texts.language(), finding.code, finding.where, *data.items())
    told = _told.get(key)
    if told is None:
        if len(_told) >= LATELY:
            _told.clear()
        told = _told[key] = {
            "code": finding.code, "severity": finding.severity, "where": place(finding), "message": message(finding),
            "advice": advice(finding), "data": data,
        }  # fmt: skip
    return told


def error(wrong: KotsukotsuError) -> str:
    """What stands in the way, and what to do about it."""
    own = f"web.advice.{wrong.code}"
    if own not in texts.entries():
        return named(wrong.text())
    return f"{named(texts.statement(wrong.code, wrong.data))} {texts.label(own, **wrong.data)}"


def named(text: str) -> str:
    """A text in which registers go by their names."""
    named = FILE[texts.language()].sub(_register, PRINTED.sub("", text)) if ".csv" in text else text
    return COLUMN.sub(_column, named) if "（" in named else named


def _column(found: re.Match[str]) -> str:
    return "" if found[1] in _columns() else found[0]


@cache
def _columns() -> frozenset[str]:
    """Names of columns as the files say them; people read the words before."""
    return frozenset(column.column for table in schema.tables() for column in schema.columns(table))


def _register(found: re.Match[str]) -> str:
    register = texts.entries().get(f"register.{found[1]}")
    return texts.label("web.advice.register", name=register.says[texts.language()]) if register else found[0]
