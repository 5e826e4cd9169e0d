"""How long the analysis takes: ``python -m benchmarks.analysis``.

The decomposition of all bodies of the country over twelve years, on made sums; and the whole command
``kotsukotsu analyse`` on the demo city, plain and with everything that can be asked for.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import report, results
from kotsukotsu.analysis.batch_benchmark import BODIES, YEARS, measured

COMMAND = str(Path(sys.executable).parent / "kotsukotsu")
DEMO = Path(__file__).parents[1] / "examples" / "kotsukotsu-shi"
PLAIN = ("analyse", str(DEMO), "--fy", "2024", "--against", "2013")
COMMANDS = {"plain": (), "weather and unusual values": ("--weather", "--unusual")}
RUNS = 5


def main() -> int:
    rows = [decomposition(), *(command(name, more) for name, more in COMMANDS.items())]
    for row in rows:
        print(row)
    report.write(results.keep("analysis", rows))
    return 0


def decomposition(bodies: int = BODIES, years: int = YEARS) -> dict[str, Any]:
    before = os.getloadavg()[0]
    found = measured(bodies, years)
    what = (
        f"decomposition of {bodies:,} bodies × {years} years ({found.sums:,} sums), rest at most {found.worst_rest:.0e}"
    )
    return {"what": what, "seconds": found.seconds, "limit": 60, "load_before": before}


def command(name: str, more: tuple[str, ...], runs: int = RUNS) -> dict[str, Any]:
    """Median of the whole command, a process of its own each time."""
    before, taken, processor = os.getloadavg()[0], [], []
    for _ in range(runs):
        start, used = time.perf_counter(), _children()
        subprocess.run([COMMAND, *PLAIN, *more], stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - start)
        processor.append(_children() - used)
    return {
        "what": f"kotsukotsu analyse on the demo city, {name}", "seconds": statistics.median(taken),
        "cpu_seconds": statistics.median(processor), "limit": None if more else 5, "load_before": before,
    }  # fmt: skip


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
