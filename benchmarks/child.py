"""One measurement in a process of its own: ``python -m benchmarks.child ENGINE FILE SOURCE RUNS SECONDS OUT``."""

from __future__ import annotations

import json
import pickle
import re
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.law import published


def main(engine: str, file: str, source: str, runs: str, seconds: str, out: str) -> None:
    """Time `runs` runs, but only one where it takes longer than `seconds`; write the cells to `out`."""
    module = import_module(f"benchmarks.engines.{engine}")
    state, loading = _timed(module.load, Path(file), published(), source)
    times: list[float] = []
    while len(times) < int(runs) and not (times and times[0] > float(seconds)):
        result = None  # the last run's result must not stand beside the next one's
        result, elapsed = _timed(module.compute, state)
        times.append(elapsed)
    peak = peak_mb()
    Path(out).write_bytes(pickle.dumps(module.cells(result)))
    print(json.dumps({"loading": loading, "times": times, "peak_mb": peak}))


def peak_mb() -> int:
    """Most memory that this process ever held. [MB]"""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert found
    return int(found[1]) * 1024 // 10**6


def _timed(function: Any, *arguments: Any) -> tuple[Any, float]:
    start = time.perf_counter()
    result = function(*arguments)
    return result, time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
