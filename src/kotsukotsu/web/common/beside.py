"""A process beside the server that runs a function at a time: ``python -m kotsukotsu.web.common.beside``.

Requests and answers are pickles on its standard input and output; nobody but the server that has started it can
write there.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from threading import Lock
from traceback import format_exception
from typing import Any, BinaryIO

import django
from django.db import connections

from kotsukotsu import texts

NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
GARBAGE = 100_000  # objects made before one looks for circles among them: figures are many objects and no circles
POLITE = 10  # steps behind the server where both want the processor


class Beside:
    """The process, begun when first asked and again where it has ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """What `function` gives or raises there, in the language spoken here.

        Raises
        ------
        EOFError
            If the process ends each time before it answers.
        """
        request = pickle.dumps((texts.language(), function, args))
        with self._lock:
            try:
                is_good, found = self._answer(request)
            except (OSError, EOFError):
                self.end()
                is_good, found = self._answer(request)
        if not is_good:
            raise found
        return found

    def _answer(self, request: bytes) -> tuple[bool, Any]:
        if self._process is None:
            command = [sys.executable, "-m", __name__]
            self._process = subprocess.Popen(  # noqa: S603  # this program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=NO_WINDOW
            )
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise EOFError
        to.write(request)
        to.flush()
        is_good, found = pickle.load(back)  # noqa: S301  # what our own process says
        return is_good, pickle.loads(found)  # noqa: S301

    def end(self) -> None:
        """Stop it; the next request begins another one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def main() -> None:
    """Answer until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when
    if hasattr(os, "nice"):
        os.nice(POLITE)
    django.setup()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    out = sys.stdout.buffer
    with redirect_stdout(sys.stderr):  # what somebody prints is no answer
        while answer(sys.stdin.buffer, out):
            connections.close_all()


def answer(source: BinaryIO, out: BinaryIO) -> bool:
    """Answer one request; False where there is none any more."""
    try:
        language, function, args = pickle.load(source)  # noqa: S301  # what our own server says
    except EOFError:
        return False
    with texts.speaking(language):
        pickle.dump(_answered(function, args), out)
    out.flush()
    return True


def _answered(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, bytes]:
    try:
        return True, pickle.dumps(function(*args))
    except Exception as error:  # noqa: BLE001  # the server raises it where it was asked for
        return False, _sent(error)


def _sent(error: Exception) -> bytes:
    """The error, or what it says where it cannot be sent as it is."""
    try:
        sent = pickle.dumps(error)
        pickle.loads(sent)  # noqa: S301  # as the server will
    except Exception:  # noqa: BLE001  # an error may refuse in any way
        return pickle.dumps(RuntimeError("".join(format_exception(error))))
    return sent


if __name__ == "__main__":
    main()
