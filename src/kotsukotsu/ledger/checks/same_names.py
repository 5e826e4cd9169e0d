"""Two facilities that a person cannot tell apart, and an id given twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.schema import Row


def check(view: View) -> Outcome:
    """C-18 the same name at the same time, C-36 the same id.

    Names are compared in NFKC form without spaces. A facility that opened when its namesake had closed is no
    doubt.
    """
    return outcome("same_names", [*_names(view), *_ids(view)])


def plain(name: str) -> str:
    """A name as it is compared.

    >>> plain("中央 小学校（ﾌﾟｰﾙ）") == plain("中央小学校(プール)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _names(view: View) -> Iterator[Finding]:
    for same in _groups(view, lambda row: plain(row["name"])):
        for one, other in combinations(same, 2):
            if one["facility_id"] != other["facility_id"] and _together(one, other):
                data = {"facility_id": one["facility_id"], "other": other["facility_id"], "name": one["name"]}
                yield Finding("C-18", str(one["name"]), data)


def _ids(view: View) -> Iterator[Finding]:
    for same in _groups(view, lambda row: row["facility_id"]):
        if len(same) > 1:
            names = "・".join(str(row["name"]) for row in same)
            yield Finding("C-36", same[0]["facility_id"], {"facility_id": same[0]["facility_id"], "names": names})


def _groups(view: View, key: Callable[[Row], str]) -> Iterable[list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in view.city.table("facilities"):
        found.setdefault(key(row), []).append(row)
    return found.values()


def _together(one: Row, other: Row) -> bool:
    latest = max(one.get("opened_on") or date.min, other.get("opened_on") or date.min)
    return latest < min(one.get("closed_on") or date.max, other.get("closed_on") or date.max)
