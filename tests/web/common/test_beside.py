"""A function that runs in the process beside gives and raises the same as here, in the same language."""

from __future__ import annotations

import os
import sys

import pytest

from kotsukotsu import texts
from kotsukotsu.errors import FactorError, LedgerError
from kotsukotsu.findings import Finding
from kotsukotsu.web.common.beside import Beside

FOUND = Finding("C-01", {"facility": "f1"})


class OddError(Exception):
    """An error that cannot be made again of what it holds."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOTSUKOTSU_HOME", str(tmp_path_factory.mktemp("home")))
        made = Beside()
        yield made
        made.end()


def raises(error):
    raise error


def odd():
    raise OddError("one", "two")


def printed(text):
    sys.stdout.write(text)
    return text


def test_it_runs_in_another_process_in_the_language_spoken_here(beside):
    assert beside.run(os.getpid) != os.getpid()
    with texts.speaking("en"):
        assert beside.run(texts.language) == "en"
    assert beside.run(texts.language) == "ja"
    assert beside.run(printed, "なにか") == "なにか"


def test_errors_arrive_whole_and_it_goes_on(beside):
    with pytest.raises(FactorError) as factor:
        beside.run(raises, FactorError("F-01", [FOUND], year=2024))
    assert (factor.value.findings, factor.value.data) == ((FOUND,), {"year": 2024})
    with pytest.raises(LedgerError, match="P-03"):
        beside.run(raises, LedgerError("P-03"))
    with pytest.raises(RuntimeError, match="one and two"):
        beside.run(odd)
    assert beside.run(abs, -1) == 1


def test_one_that_ends_in_the_middle_is_begun_again_once_and_then_given_up(beside):
    first = beside.run(os.getpid)
    with pytest.raises(EOFError):
        beside.run(os._exit, 1)
    assert beside.run(os.getpid) != first
