"""How near the optimiser comes to the best plan in ten seconds: ``python -m benchmarks.portfolio``.

Both forms, several seeds, from the invented choices of `portfolio_made`. A gap is proved: no plan is better by more.
"""

from __future__ import annotations

import os
from typing import Any

from benchmarks import portfolio_made, report, results
from kotsukotsu.planning.portfolio import GAP, SECONDS, optimal
from kotsukotsu.planning.portfolio_model import COST, SAVING, Form

SIZES, YEARS, SEEDS = (200, 1000), 10, tuple(range(1, 21))


def main() -> int:
    rows = [measured(size, seed, form) for form in (COST, SAVING) for size in SIZES for seed in SEEDS]
    report.write(results.keep("portfolio", rows))
    return 0


def measured(size: int, seed: int, form: Form, seconds: float = SECONDS) -> dict[str, Any]:
    """One search; its plan must keep every limit, computed apart from the solver."""
    before = os.getloadavg()[0]
    found = optimal(portfolio_made.problem(size, YEARS, seed, form), gap=GAP, seconds=seconds)
    if found.portfolio is None or found.gap is None or found.portfolio.broken():
        return {"size": size, "seed": seed, "form": form, "gap": None, "seconds": found.seconds}
    row = {"size": size, "seed": seed, "form": form, "gap": found.gap, "seconds": found.seconds}
    print(row, f"cpu {found.cpu_seconds:.1f} s")
    return row | {"cpu_seconds": found.cpu_seconds, "load_before": before}


if __name__ == "__main__":
    raise SystemExit(main())
