"""Every body of the country at once: ``python -m benchmarks.national``.

1,788 bodies (47 prefectures, 1,741 municipalities) x 300 facilities x 5 items x 12 months x 12 fiscal years, generated
to Parquet, then emissions per body x item x fiscal year. ``--engine spark`` runs the same on Spark, by
``spark-submit``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import dataset, report, results, watch
from benchmarks.law import ITEMS, YEARS
from kotsukotsu.store import duckdb

BODIES, MONTHS = 1788, 12
SPARK_MEMORY = "6g"
SECONDS, MEGABYTES = 3600, 16_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.national", description=__doc__)
    parser.add_argument("--bodies", type=int, default=BODIES)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    options = parser.parse_args()
    folder, out = generate(options.bodies), dataset.FOLDER / f"national-{options.bodies}-{options.engine}.csv"
    command = [*_command(options.engine), str(folder), str(out)]
    outcome = watch.run(command, dataset.FOLDER, SECONDS, MEGABYTES)
    shown = " ".join(Path(part).name if part.startswith("/") else part for part in command)
    values = {"bodies": options.bodies, "command": shown, **_facts(folder), **_measured(outcome)}
    print(json.dumps(values, ensure_ascii=False, indent=1))
    if options.bodies == BODIES:
        report.write(results.keep(f"national_{options.engine}", values))


def generate(bodies: int) -> Path:
    """The folder with one Parquet file for each fiscal year, made if it is not there."""
    folder = dataset.FOLDER / f"nation-{bodies}"
    folder.mkdir(parents=True, exist_ok=True)
    per_year = bodies * dataset.PER_BODY * len(ITEMS) * MONTHS
    for number, fy in enumerate(YEARS):
        path = folder / f"fy{fy}.parquet"
        if not path.exists():
            start, partial = time.perf_counter(), path.with_suffix(".partial")
            rows = dataset.select(bodies * dataset.PER_BODY, MONTHS, number * per_year, (number + 1) * per_year)
            dataset.write(partial, rows)
            partial.replace(path)
            print(f"FY{fy}: {per_year:,} rows in {time.perf_counter() - start:.0f} s", flush=True)
    return folder


def _command(engine: str) -> list[str]:
    script = str(Path(__file__).parent / "national_emissions.py")
    if engine == "duckdb":
        return [sys.executable, script, "duckdb"]
    submit = str(Path(sys.executable).parent / "spark-submit")
    return [submit, "--master", "local[*]", "--driver-memory", SPARK_MEMORY, script, "spark"]


def _facts(folder: Path) -> dict[str, Any]:
    connection = duckdb.connect()
    duckdb.view_of_parquet(connection, "supplied", folder / "*.parquet")
    rows = duckdb.run(connection, "SELECT count(*) FROM supplied")[0][0]
    size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
    return {"rows": f"{rows:,}", "Parquet": f"{size / 10**9:.2f} GB"}


def _measured(outcome: watch.Outcome) -> dict[str, Any]:
    if outcome.failure:
        return {"outcome": outcome.failure}
    printed = json.loads(outcome.output.strip().splitlines()[-1])
    whole = {"whole command": f"{outcome.seconds:.1f} s", "peak memory of all processes": f"{outcome.peak_mb} MB"}
    return printed | whole


if __name__ == "__main__":
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    main()
