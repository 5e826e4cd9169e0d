"""A year of half-hours planned, beside PyPSA and linopy: ``python -m benchmarks.energy_dispatch``.

The site is the synthetic one of `benchmarks.energy_made`. Every piece is measured in a process of its own and kept as
soon as it is there. What was interrupted goes on on the same day with what is missing; what is complete begins anew, so
that no old figure stands under a new date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks import dataset, report, results, watch

PART = "energy_dispatch"
# Name of the work in `benchmarks.energy_pieces`: what it is, aim [s], aim [MB].
PIECES: Mapping[str, tuple[str, float | None, int | None]] = {
    "dispatch": ("dispatch by the half-hour", 3.5, 400),
    "pypsa": ("the same in PyPSA", None, None),
    "linopy": ("the same in linopy", None, None),
    "subset": ("sizes from some weeks, judged by all days", 8.0, None),
    "full": ("the same and the optimum over all half-hours", None, None),
    "rolling": ("a rolling plan at each midnight", 5.0, None),
    "survival": ("survival from every half-hour", 0.3, None),
}
SECONDS, MEGABYTES = 120, 8_000
QUICK_DAYS, DAYS = 28, 365


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.energy_dispatch", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four weeks, nothing is kept")
    options = parser.parse_args()
    rows = {} if options.quick else kept(results.read().get(PART), results.machine()["date"])
    for name in PIECES:
        if name not in rows:
            rows[name] = measured(name, QUICK_DAYS if options.quick else DAYS)
            print(said(rows[name]), flush=True)
        if not options.quick:
            report.write(results.keep(PART, list(rows.values())))
    return 1 if any("failure" in row for row in rows.values()) else 0


def kept(part: Mapping[str, Any] | None, today: str) -> dict[str, dict[str, Any]]:
    """What was measured today and did not fail, if something is missing."""
    if part is None or part["machine"]["date"] != today:
        return {}
    rows = {row["name"]: row for row in part["values"] if "failure" not in row}
    return {} if set(rows) == set(PIECES) else rows


def measured(name: str, days: int) -> dict[str, Any]:
    """A piece of work in a process of its own: seconds, peak memory, cost where there is one."""
    what, seconds, megabytes = PIECES[name]
    row: dict[str, Any] = {"name": name, "what": what, "days": days, "aim_s": seconds, "aim_mb": megabytes}
    dataset.FOLDER.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.energy_pieces", name, str(days)]
    outcome = watch.run(command, dataset.FOLDER, SECONDS, MEGABYTES)
    if outcome.failure:
        return row | {"failure": outcome.failure}
    return row | json.loads(outcome.output.strip().splitlines()[-1])


def said(row: Mapping[str, Any]) -> str:
    """A line for the terminal."""
    what = f"{row['what']}, {row['days']} days"
    if "failure" in row:
        return f"{what:52} {row['failure']}"
    return f"{what:52} {row['seconds']:8.3f} s {row['peak_mb']:6} MB   aim {row['aim_s']}"


if __name__ == "__main__":
    sys.exit(main())
