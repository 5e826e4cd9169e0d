"""A year of half-hours matched to 23 schools, and the bill of one: ``python -m benchmarks.energy_match``.

The load and the wind are those of ``examples/energy/wind-and-schools``; making them is not in the times.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from benchmarks import report, results
from kotsukotsu.energy.contracts import billed
from kotsukotsu.energy.match.allocate import RULES, match
from kotsukotsu.energy.match.certificates import ledger
from kotsukotsu.energy.match.ladder import ladder
from kotsukotsu.sessions.energy_match import matched
from kotsukotsu.sessions.energy_match_files import columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store import match_ledger

SITE = Path(__file__).parents[1] / "examples" / "energy" / "wind-and-schools"
RUNS = 7


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.energy_match", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once, nothing is kept")
    options = parser.parse_args()
    values = measured(1 if options.quick else RUNS)
    for row in values:
        print(f"{row['what']:44} {row['median']:8.4f} s   aim {row['aim']}")
    if not options.quick:
        report.write(results.keep("energy_match", values))


def measured(runs: int) -> list[dict[str, object]]:
    """Each piece of work with its median, and the aim where there is one. [s]"""
    opened = EnergySite(SITE)
    found = matched(opened)
    old = found.ledger.matching
    loads = dict(zip(old.buildings, old.loads, strict=True))
    shares = {old.generators[0].generator_id: [Decimal("0.0434")] * len(loads)}
    half_hours = f"{len(old.calendar):,} x {len(loads)}"
    rows = [
        _row(f"match {half_hours}, {rule}", 0.1, runs,
             lambda rule=rule: match(old.calendar, old.generators, loads, rule, shares))
        for rule in RULES
    ]  # fmt: skip
    rows.append(_row("ladder of coverage, five levels", None, runs, lambda: ladder(old)))
    rows.append(_row("ledger of certificates", None, runs, lambda: ledger(old, found.certificates)))
    path = Path(results.FILE).with_name("data") / "match-ledger.parquet"
    rows.append(_row("ledger to Parquet", None, runs, lambda: match_ledger.write(path, columns(found.ledger))))
    meter = next(iter(opened.site.meters))
    load, calendar, contracts = opened.bought(meter), opened.site.calendar, opened.contracts(meter)
    rows.append(_row("bill of a year", None, runs, lambda: billed(opened.site.book, contracts, load, calendar)))
    return rows


def _row(what: str, aim: float | None, runs: int, work: Callable[[], object]) -> dict[str, object]:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return {"what": what, "median": round(statistics.median(times), 4), "runs": runs, "aim": aim}


if __name__ == "__main__":
    main()
