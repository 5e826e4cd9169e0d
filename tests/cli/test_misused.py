"""A command typed wrongly is answered in the language of the interface, and the help pages are read to the end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

SAID = "import sys; sys.argv[0] = 'kotsukotsu'; from kotsukotsu.cli.main import main; main()"
# A process of its own reads the program once and answers one command line after the other.
ANSWERS = """
import contextlib, io, json, sys
from kotsukotsu.cli.main import main
answers = []
for words in json.loads(sys.argv[1]):
    sys.argv, out, err = ["kotsukotsu", *words], io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            answers.append((words, (end.code or 0, out.getvalue(), err.getvalue())))
print(json.dumps(answers))
"""
WRONG = {
    "inventory": "「city」がありません。",
    "inventory x --fy abc": "「--fy」が正しくありません。書けるもの：整数（1990～2100）。",
    "inventory x --fy 99": "「--fy」が正しくありません。書けるもの：整数（1990～2100）。",
    "inventory x --fy": "「--fy」の後に値が要ります。",
    "inventory x --fy 2024 --outt z": "「--outt」という指定はありません。似たもの：--out。",
    "inventory x more --fy 2024": "余分な言葉があります：more。",
    "inventory x --fy 2024 --by zz": "「--by」が正しくありません。使える列は",
    "energy bill x --last 2024-13": "「--last」が正しくありません。書けるもの：月（2024-08 の形）。",
    "energy dispatch x --day 8/1": "「--day」が正しくありません。書けるもの：日（2024-08-01 の形）。",
    "bogus": "「bogus」という命令はありません。",
}
HELP = [
    "--help",
    *(f"{name} --help" for name in ("inventory", "publish", "serve", "catalogue", "energy", "energy dispatch")),
]


def python(program, *words, language="ja"):
    environment = {**os.environ, "KOTSUKOTSU_LANG": language, "COLUMNS": "80"}
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def answers():
    """Command line to its exit status, standard output and standard error."""
    done = python(ANSWERS, json.dumps([line.split() for line in (*WRONG, *HELP)]))
    return {" ".join(words): answer for words, answer in json.loads(done.stdout)}


@pytest.mark.parametrize(("line", "sentence"), WRONG.items())
def test_what_is_wrong_and_where_to_read_is_said_in_japanese(answers, line, sentence):
    status, _, err = answers[line]
    said = err.replace("\n", "").replace(" ", "")
    assert status == 2
    assert sentence.replace(" ", "") in said
    assert "--helpで見られます。" in said
    assert not re.search(r"[Uu]sage|Error|Missing|No such|Input", err)


def test_the_english_interface_says_it_in_english():
    done = python(SAID, "inventory", "x", "--fy", "99", language="en")
    assert done.returncode == 2
    assert " ".join(done.stderr.split()) == (
        "× “--fy” is wrong. It takes whole number (1990 to 2100). kotsukotsu inventory --help says how to use it."
    )


@pytest.mark.parametrize("line", HELP)
def test_no_line_of_help_is_cut_and_none_is_english(answers, line):
    status, page, _ = answers[line]
    assert status == 0
    assert "使い方：" in page
    assert not re.search(r"使い方：[^\n]*[{}]", page)
    assert not re.search(r"…\s*│|Usage|OPTIONS|Options|Commands|Arguments|Show this|default|required|%Y|list\[", page)
