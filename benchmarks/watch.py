"""Run a command within limits of time and memory, and see how much memory it took with all its children."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.2  # [s]
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Outcome:
    """What a command printed, or why it did not finish."""

    output: str
    failure: str
    seconds: float
    peak_mb: int


def run(command: Sequence[str], folder: Path, seconds: float, megabytes: int) -> Outcome:
    """Run a command; it is ended where it takes longer, or holds more memory, than said."""
    start, peak, failure = time.perf_counter(), 0, ""
    log = folder / f"watch-{os.getpid()}.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        while not failure and process.poll() is None:
            held = sum(_resident(pid) for pid in _family(process.pid)) // 10**6
            peak = max(peak, held)
            if time.perf_counter() - start > seconds:
                failure = f"did not finish within {seconds:.0f} s"
            elif held > megabytes:
                failure = f"did not finish within {megabytes / 1000:.0f} GB of memory"
            time.sleep(PAUSE)
        if failure:
            process.kill()
        output = process.stdout.read() if process.stdout else ""
        process.wait()
    if process.returncode and not failure:
        failure = f"failed: {log.read_text(encoding='utf-8').strip().splitlines()[-1:]}"
    log.unlink()
    return Outcome(output, failure, time.perf_counter() - start, peak)


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(below for child in children for below in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except OSError:
        return 0
