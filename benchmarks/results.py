"""The results file, and the machine that they were measured on."""

from __future__ import annotations

import json
import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "results.json"
PACKAGES = (
    "duckdb", "pandas", "polars", "numpy", "pyarrow", "bw2calc", "openfisca-core", "pyspark", "kotsukotsu",
)  # fmt: skip


def read() -> dict[str, Any]:
    """What was measured so far."""
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def keep(part: str, value: Any) -> dict[str, Any]:
    """Store one part with the machine's facts; the other parts stay."""
    results = read() | {part: {"machine": machine(), "values": value}}
    FILE.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return results


def machine() -> dict[str, Any]:
    """Cores, memory, versions and date."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "processor": model[1] if model else platform.processor(),
        "memory_gb": round(int(memory[1]) / 1024**2, 1) if memory else None,
        "load_at_end": round(os.getloadavg()[2], 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
