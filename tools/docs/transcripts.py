"""Run the commands that a page shows, in an empty folder, and give the page with what they print.

Blocks are taken in their order. A block with ``title=PATH`` writes that file. In a ``console`` block a line that
begins with ``$ `` is a command, before which ``NAME=value`` may stand; the lines below it are what it prints,
trailing spaces aside. With ``add`` the rows are put below the table as it stood at the start and need not name all its
columns. Marks of a console block: ``exit=1`` the exit status of its last command, ``head=N`` and ``tail=N`` show only
that many lines of each output. A block with ``norun`` is only shown, one with ``hidden`` only
run: what it prints is not kept, but must not name the finding that the page is called after.
``<!-- start: PATH -->`` begins with what another page leaves behind (``.md``), or with a copy of a folder of the
repository.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import runpy
import shlex
import shutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from itertools import count, takewhile
from pathlib import Path
from unittest.mock import patch

import markdown

from kotsukotsu.cli.main import main
from kotsukotsu.sessions import catalogues

ROOT = Path(__file__).parents[2]
PROMPT, CUT = "$ ", "…"
SETTING = re.compile(r"[A-Z_]+=")
PROGRAMS = ("kotsukotsu", "python")


class TranscriptError(Exception):
    """A command of a page ended otherwise than the page says."""


class Transcripts:
    """Runs pages; what a page leaves behind is kept for those that begin with it.

    Parameters
    ----------
    work : Path
        An empty folder.
    """

    def __init__(self, work: Path) -> None:
        self._work = work
        self._done: dict[Path, Path] = {}
        self._numbers = count(1)
        catalogues.catalogue.cache_clear()

    def page(self, path: Path) -> str:
        """The page with what its commands print now.

        Raises
        ------
        TranscriptError
            If a command's exit status is not the one the page names.
        """
        text = path.read_text(encoding="utf-8")
        folder = self._work / f"page{next(self._numbers)}"
        folder.mkdir()
        self._start(text, path, folder)
        own = self._work / f"{folder.name}-own"
        with patch.dict(os.environ, _variables(own, self._work / "cache")):
            bodies = [(block, _play(block, folder, path)) for block in markdown.blocks(text)]
        if own.exists():  # an update was installed; reading the shipped catalogue anew for every page takes long
            catalogues.catalogue.cache_clear()
        self._done[path.resolve()] = folder
        return markdown.with_bodies(text, bodies)

    def _start(self, text: str, path: Path, folder: Path) -> None:
        for match in markdown.START.finditer(text):
            source = (path.parent / match["path"]).resolve()
            if source.suffix != ".md":
                shutil.copytree(source, folder / source.name)
                continue
            if source not in self._done:
                self.page(source)
            shutil.copytree(self._done[source], folder, dirs_exist_ok=True)


@contextlib.contextmanager
def environment(own: Path, cache: Path) -> Iterator[None]:
    """Japanese, the shipped catalogue, and no file of this PC's user; a cache is named by content and can be shared."""
    catalogues.catalogue.cache_clear()
    with patch.dict(os.environ, _variables(own, cache)):
        yield
    catalogues.catalogue.cache_clear()


def _variables(own: Path, cache: Path) -> dict[str, str]:
    return {
        "KOTSUKOTSU_LANG": "ja",
        "KOTSUKOTSU_CATALOGUE": str(own / "catalogue"),
        "XDG_CACHE_HOME": str(cache),
    }


def _play(block: markdown.Block, folder: Path, path: Path) -> Sequence[str]:
    if "title" in block.marks:
        file = folder / block.marks["title"]
        file.parent.mkdir(parents=True, exist_ok=True)
        written = _added(block.body, path.parent / block.marks["title"]) if "add" in block.marks else block.body
        file.write_text("\n".join(written) + "\n", encoding="utf-8")
    if block.language != "console" or "norun" in block.marks:
        return block.body
    commands = [line.removeprefix(PROMPT) for line in block.body if line.startswith(PROMPT)]
    wanted = [0] * (len(commands) - 1) + [int(block.marks.get("exit", "0"))]
    shown: list[str] = []
    for command, status in zip(commands, wanted, strict=True):
        printed, ended = run(command, folder)
        if ended != status:
            raise TranscriptError(f"{path}: {command}: exit status {ended}, the page says {status}\n{printed}")
        if "hidden" in block.marks and path.stem in printed:
            raise TranscriptError(f"{path}: {command}: still says {path.stem}\n{printed}")
        shown += [PROMPT + command, *([] if "hidden" in block.marks else _cut(printed, block))]
    return shown


def _added(rows: Sequence[str], start: Path) -> list[str]:
    """A table of the folder that the page begins with, and under it rows that name only some of its columns."""
    lines = start.read_text(encoding="utf-8").splitlines()
    columns = next(csv.reader(lines[:1]))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writerows(csv.DictReader(rows))
    return [*lines, *text.getvalue().splitlines()]


def _cut(printed: str, block: markdown.Block) -> list[str]:
    # A bar that has gone leaves an empty line where there is no terminal.
    lines = [line.rstrip() for line in printed.strip("\n").rstrip().splitlines()]
    head, tail = (int(block.marks.get(name, "0")) for name in ("head", "tail"))
    if not (head or tail) or len(lines) <= head + tail + 1:
        return lines
    return [*lines[:head], CUT, *(lines[-tail:] if tail else [])]


def run(command: str, folder: Path) -> tuple[str, int]:
    """What a command prints in a folder, and its exit status.

    Raises
    ------
    TranscriptError
        If it is another program's command; such a block is marked ``norun``.
    """
    words = shlex.split(command)
    settings = dict(word.split("=", 1) for word in takewhile(SETTING.match, words))
    words = words[len(settings) :]
    if words[0] not in PROGRAMS:
        raise TranscriptError(f"only {' and '.join(PROGRAMS)} can be run: {command}")
    if "KOTSUKOTSU_CATALOGUE" in settings:
        catalogues.catalogue.cache_clear()
    printed = io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        patch.object(sys, "argv", words),
        patch.dict(os.environ, settings),
    ):
        status = _status(words)
    if words[1:3] == ["catalogue", "update"] or "KOTSUKOTSU_CATALOGUE" in settings:
        catalogues.catalogue.cache_clear()
    return printed.getvalue(), status


def _status(words: Sequence[str]) -> int:
    try:
        if words[0] == "python":
            runpy.run_path(words[1], run_name="__main__")
        else:
            main()
    except SystemExit as ended:
        return int(ended.code or 0)
    except Exception:  # noqa: BLE001 - whatever breaks, the command has failed and the page is to say so
        traceback.print_exc()
        return 1
    return 0
