"""Corrections form chains: each row names at most one row that it replaces, and none is replaced twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row


def faults(rows: Sequence[Row]) -> list[Finding]:
    """What is wrong with the chains of corrections; nothing if all is well.

    Parameters
    ----------
    rows : sequence of Row
        The whole ledger, rows that no longer count included.

    Returns
    -------
    list of Finding
        LG-14 an id given twice, LG-11 a `replaces` that names no row, LG-12 two rows that replace the same
        row, LG-13 rows that replace each other in a circle. `rows` counts from the top, the first row is 1.
    """
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows, start=1):
        places.setdefault(row["activity_id"], []).append(place)
    found = [
        Finding("LG-14", activity_id, {"activity_id": activity_id, "rows": _listed(where)})
        for activity_id, where in places.items()
        if len(where) > 1
    ]
    targets = {row["activity_id"]: row["replaces"] for row in rows if row.get("replaces")}
    found += _unknown(targets, places)
    found += _forks(rows, places)
    found += [_circle(members, places) for members in _circles(targets)]
    return found


def _unknown(targets: Mapping[str, str], places: Mapping[str, list[int]]) -> Iterator[Finding]:
    for activity_id, target in targets.items():
        if target not in places:
            data = {"activity_id": activity_id, "replaces": target, "rows": _listed(places[activity_id])}
            yield Finding("LG-11", activity_id, data)


def _forks(rows: Sequence[Row], places: Mapping[str, list[int]]) -> Iterator[Finding]:
    replacing: dict[str, list[str]] = {}
    for row in rows:
        if target := row.get("replaces"):
            replacing.setdefault(target, []).append(row["activity_id"])
    for target, ids in replacing.items():
        if len(ids) > 1:
            where = [place for one in dict.fromkeys(ids) for place in places[one]]
            yield Finding("LG-12", target, {"replaces": target, "ids": _listed(ids), "rows": _listed(where)})


def _circles(targets: Mapping[str, str]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in targets:
        path: dict[str, None] = {}
        current: str | None = start
        while current is not None and current not in done and current not in path:
            path[current] = None
            current = targets.get(current)
        if current is not None and current in path:
            members = list(path)
            yield members[members.index(current) :]
        done.update(path)


def _circle(members: Sequence[str], places: Mapping[str, list[int]]) -> Finding:
    where = sorted(place for one in members for place in places[one])
    return Finding("LG-13", members[0], {"ids": _listed(members), "rows": _listed(where)})


def _listed(values: Sequence[object]) -> str:
    return ", ".join(str(value) for value in values)
