"""The use expected in another year's weather, by this library and by eemeter: ``python -m benchmarks.opendsm``.

Both fit twelve bills of FY2022 of the demo city and expect FY2023 by its weather. eemeter gets an environment of its
own beside the data of the benchmarks, made when it is first asked for from ``requirements.txt``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from benchmarks import dataset, report, results
from benchmarks.opendsm.cases import cases

HERE = Path(__file__).parent
ENVIRONMENT = dataset.FOLDER / "opendsm"
TOLERANCE = 0.02  # two programs with forms of their own; measured 0.5 %
SECONDS = 900


def main() -> int:
    asked = cases()
    python = environment()
    done = subprocess.run(
        [python, HERE / "referee.py"], input=json.dumps([case.given for case in asked]), capture_output=True,
        text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return 1
    theirs = json.loads(done.stdout.strip().splitlines()[-1])
    rows = [_row(case, other) for case, other in zip(asked, theirs, strict=True)]
    for row in rows:
        print(row)
    report.write(results.keep("opendsm", {"eemeter": _version(python), "rows": rows}))
    return 0 if all(row["agrees"] for row in rows) else 1


def _row(case: Any, other: float) -> dict[str, Any]:
    deviation = abs(other - case.expected) / other
    return {
        "facility": case.facility, "item": case.item, "form": case.form, "expected": round(case.expected),
        "eemeter": round(other), "deviation": deviation, "agrees": deviation <= TOLERANCE,
    }  # fmt: skip


def environment() -> str:
    """The Python of the environment, made if it is not there or the list has changed."""
    wanted, mark = (HERE / "requirements.txt").read_text(encoding="utf-8"), ENVIRONMENT / "requirements.txt"
    python = ENVIRONMENT / "bin" / "python"
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]
        subprocess.run([*command, HERE / "requirements.txt"], check=True)
        mark.write_text(wanted, encoding="utf-8")
    return str(python)


def _version(python: str) -> str:
    code = "from importlib.metadata import version; print(version('eemeter'))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
