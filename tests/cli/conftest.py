"""Commands as a user gives them: arguments in; exit status, standard output and standard error out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from kotsukotsu.cli.main import main
from kotsukotsu.sessions.catalogues import catalogue


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


@pytest.fixture
def cli(monkeypatch, capsys):
    """Runs one command; `lang` is the language of its output, `updates` the folder of catalogue updates."""

    def run(*arguments: Any, lang: str | None = None, updates: Any = None) -> Done:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["kotsukotsu", *map(str, arguments)])
            if lang:
                patch.setenv("KOTSUKOTSU_LANG", lang)
            if updates:
                patch.setenv("KOTSUKOTSU_CATALOGUE", str(updates))
                catalogue.cache_clear()
            try:
                main()
                status = 0
            except SystemExit as end:
                status = int(end.code or 0)
            if updates:
                catalogue.cache_clear()
        return Done(status, *capsys.readouterr())

    return run
