"""How long the plan of the invented city takes in all its forms: ``python -m benchmarks.plan_document``.

A process of its own, as a person starts it; the limit is that of the issue.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

CITY = Path(__file__).parents[1] / "examples" / "kotsukotsu-shi"
LIMIT = 15.0  # [s]
RUNS = 3


def main() -> int:
    seconds = min(_run() for _ in range(RUNS))
    print(f"plan-document, docx + pdf + html: {seconds:.1f} s (limit {LIMIT:.0f} s), load {os.getloadavg()[0]:.1f}")
    return int(seconds > LIMIT)


def _run() -> float:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from kotsukotsu.cli.main import main; main()", "plan-document", str(CITY)]
        before = time.perf_counter()
        subprocess.run([*command, "--fy", "2024", "--out", folder], check=True, capture_output=True)
        return time.perf_counter() - before


if __name__ == "__main__":
    raise SystemExit(main())
