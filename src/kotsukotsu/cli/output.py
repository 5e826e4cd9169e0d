"""Plain output for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
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
