"""The part of RESULTS.md on the pages of a large city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MOST = 1.0  # that a page may take [s]
WORKED = (200, 302)  # 302 where there is nothing to show and the reader is led back
KINDS = ("entered", "again")


def told(results: Mapping[str, Any], machine: Any) -> Iterable[str]:
    """A table for each database that was measured; a page that does not answer well is said so."""
    for part, title in ((f"web_pages_{name}", name) for name in ("SQLite", "PostgreSQL")):
        if found := results.get(part):
            rows = found["values"]
            late = sum(verdict(row) != "reached" for row in rows)
            yield f"## Every page of a city of 1,000 facilities over 13 fiscal years, {title}\n"
            yield machine(found["machine"])
            yield (
                f"Seconds until the last byte, one reader, at most {MOST:.0f} s asked for: {len(rows) - late} of "
                f"{len(rows)} pages reach it. First is\nthe first time after the start of the server, entered at once "
                "after a cell of the ledger was entered, again without a change.\nWhere the figures of a page are not "
                "there yet, it says so at once; figures is when they were. A page after an entry may\nshow the figures "
                "of a moment ago, with their time. Processor is what the server itself uses for one opening\nwithout a "
                "change; seconds far above it mean that others used the cores meanwhile.\n"
            )
            yield (
                "| page | opened by | kB | first | figures | entered: median | slowest | again: median | slowest | "
                "processor | |"
            )
            yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"
            yield from (_line(row) for row in rows)
            yield ""


def _line(row: Mapping[str, Any]) -> str:
    times = " | ".join(f"{row[kind][name]:.3f}" for kind in KINDS for name in ("median", "slowest"))
    start = f"| {row['page']} | {row['who']} | {row['kilobytes']} | {row['first']:.3f} | {row['figures']:.3f} "
    return f"{start}| {times} | {row['processor']:.2f} | {verdict(row)} |"


def verdict(row: Mapping[str, Any]) -> str:
    """Whether each opening of a page was quick enough."""
    if row["status"] not in WORKED:
        return f"answer {row['status']}"
    return "reached" if max(row["first"], *(row[kind]["slowest"] for kind in KINDS)) <= MOST else "missed"
