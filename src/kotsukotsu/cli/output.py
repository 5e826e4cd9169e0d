"""Plain output for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any


def print_json(body: Mapping[str, Any]) -> None:
    """One JSON document on standard output, and nothing else."""
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=1) + "\n")
