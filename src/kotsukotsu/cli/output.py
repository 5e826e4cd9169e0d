"""Plain output for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from kotsukotsu import texts

FIRST_FY, LAST_FY = 1990, 2100


def print_json(body: Mapping[str, Any]) -> None:
    """One JSON document on standard output, and nothing else."""
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=1) + "\n")


def check_format(asked: str, choices: Sequence[str] = ("table", "json")) -> None:
    """Refuse a form of output that the command does not have."""
    if asked not in choices:
        raise typer.BadParameter(texts.label("cli.format.wrong", choices=", ".join(choices)), param_hint="--format")


TO_A_FILE = ("xlsx", "html")


def check_out(asked: str, out: Path | None) -> None:
    """Refuse a form of output that there is not, a file without a name, and a name that nothing is written to."""
    check_format(asked, ("table", "json", *TO_A_FILE))
    if (asked in TO_A_FILE) != (out is not None):
        code = "cli.out.needed" if out is None else "cli.out.unused"
        raise typer.BadParameter(texts.label(code), param_hint="--out")
