"""The name of an operation, and what it is called in the interface's description."""

from __future__ import annotations

from typing import Any

from kotsukotsu import texts

CODE = "web.api.do"


def described(name: str) -> dict[str, Any]:
    """Its id and its summary, which is Japanese whoever asks."""
    return {"operation_id": name, "summary": texts.entries()[f"{CODE}.{name}"].says["ja"]}


def summary(name: str) -> str:
    """The same in the language of the reader."""
    return texts.label(f"{CODE}.{name}")
