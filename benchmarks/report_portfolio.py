"""The part of RESULTS.md on the choice of measures: every search, and how many seeds reached the gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

FORMS = {"cost": "least cost for a target", "saving": "most saved within budgets"}
# A gap asked for, and the time for it with a little for the clock. [1], [s]
GAP, SECONDS = 0.001, 10.5
Row = Mapping[str, Any]


def told(results: Mapping[str, Any], machine: Callable[[Mapping[str, Any]], str]) -> Iterable[str]:
    if part := results.get("portfolio"):
        yield "## Choosing measures: 10 years, at most 10 s, a gap of 0.1 % asked for\n"
        yield machine(part["machine"])
        yield "Processor seconds far below twice the seconds mean that others used the cores meanwhile.\n"
        yield "| form | measures | seed | proved gap | seconds | processor s | load before | |"
        yield "|---|---:|---:|---:|---:|---:|---:|---|"
        yield from (line(row) for row in part["values"])
        yield ""
        yield from counted(part["values"])
        yield ""


def line(row: Row) -> str:
    """One search."""
    start = f"| {FORMS[row['form']]} | {row['size']:,} | {row['seed']} "
    if row["gap"] is None:
        return f"{start}| no plan | {row['seconds']:.1f} | | | missed |"
    return (
        f"{start}| {row['gap']:.3%} | {row['seconds']:.1f} | {row['cpu_seconds']:.1f} | {row['load_before']:.1f} "
        f"| {'reached' if reached(row) else 'missed'} |"
    )


def reached(row: Row) -> bool:
    return row["gap"] is not None and row["gap"] <= GAP and row["seconds"] <= SECONDS


def counted(rows: Sequence[Row]) -> Iterable[str]:
    """For each form and number of measures: how many seeds reached the gap, which did not, and the widest gap."""
    for form, size in sorted({(row["form"], row["size"]) for row in rows}):
        theirs = [row for row in rows if (row["form"], row["size"]) == (form, size)]
        missed = [str(row["seed"]) for row in theirs if not reached(row)]
        gaps = [row["gap"] for row in theirs if row["gap"] is not None]
        yield (
            f"- {FORMS[form]}, {size:,} measures: {len(theirs) - len(missed)} of {len(theirs)} seeds reached it"
            + (f", not {', '.join(missed)}" if missed else "")
            + (f"; the widest gap was {max(gaps):.3%}." if gaps else ".")
        )
