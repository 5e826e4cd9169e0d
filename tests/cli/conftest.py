"""Commands as a user gives them: arguments in; exit status, standard output and standard error out."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest

from kotsukotsu.cli.main import main
from kotsukotsu.sessions.catalogues import catalogue
from tests.devices.nodes import node, vtn

__all__ = ["node", "vtn"]


@dataclass(frozen=True)
class Done:
    """What a command left."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return [*self.out.splitlines(), *self.err.splitlines()]


def run(*arguments: Any, lang: str | None = None, updates: Any = None) -> Done:
    """Run one command; `lang` is the language of its output, `updates` the folder of catalogue updates."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["kotsukotsu", *map(str, arguments)])
        if lang:
            patch.setenv("KOTSUKOTSU_LANG", lang)
        if updates:
            patch.setenv("KOTSUKOTSU_CATALOGUE", str(updates))
            catalogue.cache_clear()
        with redirect_stdout(out), redirect_stderr(err):
            status = _status()
        if updates:
            catalogue.cache_clear()
    return Done(status, _written(out), _written(err))


def _status() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@pytest.fixture(scope="session")
def cli():
    """Runs one command in this process; a fixture of a module may run one for all its tests."""
    return run
