"""How long the documents of the invented city take: ``python -m benchmarks.documents``.

The plan alone in its three forms, and the full set of ``publish``: plan, summary, report, a sheet for each of 300
facilities, answers, site and proof. Each is a process of its own, as a person starts it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import report, results

CITY = Path(__file__).parents[1] / "examples" / "kotsukotsu-shi"
COMMAND = str(Path(sys.executable).parent / "kotsukotsu")
WORK = (
    ("plan-document: Word, PDF and HTML", "plan-document", 15.0, 5),
    ("publish: the full set, 300 facilities", "publish", 120.0, 3),
)  # name, command, limit [s], runs


def main() -> None:
    rows = [measured(*work) for work in WORK]
    for row in rows:
        print(row)
    report.write(results.keep("documents", rows))


def measured(what: str, command: str, limit: float, runs: int, city: Path = CITY) -> dict[str, Any]:
    """The median of some runs of one command, and the processor time of the run that it was. [s]"""
    before = os.getloadavg()[0]
    times = sorted(_run(command, city) for _ in range(runs))
    seconds, processor = times[len(times) // 2]
    return {
        "what": f"{what} (median of {runs})", "seconds": seconds, "cpu_seconds": processor,
        "load_before": before, "limit": limit,
    }  # fmt: skip


def _run(command: str, city: Path) -> tuple[float, float]:
    with TemporaryDirectory() as folder:
        asked = [COMMAND, command, str(city), "--fy", "2024", "--out", str(Path(folder) / "out")]
        used, start = _processor(), time.perf_counter()
        subprocess.run(asked, check=True, capture_output=True)
        return round(time.perf_counter() - start, 2), round(_processor() - used, 2)


def _processor() -> float:
    """Processor time of the processes that have ended. [s]"""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
