"""The groups of findings, from ``finding_groups.csv``."""

from __future__ import annotations

import csv
from pathlib import Path

from markdown import table

from kotsukotsu import texts

HERE = Path(__file__).parent


def groups() -> str:
    """The beginnings of codes; one without a title is shown without one, and a test asks for it."""
    with (HERE / "finding_groups.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["prefix"]: row["title"] for row in csv.DictReader(file)}
    used = {prefix(code) for code, text in texts.entries().items() if text.severity}
    order = [*(name for name in titles if name in used), *sorted(used - titles.keys())]
    return table(("番号の始まり", "何のとき"), [(f"`{name}`", titles.get(name, "")) for name in order])


def prefix(code: str) -> str:
    """The letters that a code begins with.

    >>> prefix("L1-02"), prefix("C-01")
    ('L', 'C')
    """
    return code.split("-", maxsplit=1)[0].rstrip("0123456789")


MAKERS = {"finding groups": groups}
