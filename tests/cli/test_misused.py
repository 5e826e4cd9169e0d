"""A command typed wrongly is answered in the language of the interface, and the help pages are read to the end."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

SAID = "import sys; sys.argv[0] = 'kotsukotsu'; from kotsukotsu.cli.main import main; main()"


def kotsukotsu(*words, language="ja", columns="80"):
    command = [sys.executable, "-c", SAID, *words]
    environment = {**os.environ, "KOTSUKOTSU_LANG": language, "COLUMNS": columns}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["inventory"], "「city」がありません。"),
        (["inventory", "x", "--fy", "abc"], "「--fy」が正しくありません。書けるもの：整数（1990～2100）。"),
        (["inventory", "x", "--fy", "99"], "「--fy」が正しくありません。書けるもの：整数（1990～2100）。"),
        (["inventory", "x", "--fy"], "「--fy」の後に値が要ります。"),
        (["inventory", "x", "--fy", "2024", "--outt", "z"], "「--outt」という指定はありません。似たもの：--out。"),
        (["inventory", "x", "more", "--fy", "2024"], "余分な言葉があります：more。"),
        (["inventory", "x", "--fy", "2024", "--by", "zz"], "「--by」が正しくありません。使える列は"),
        (["bogus"], "「bogus」という命令はありません。"),
    ],
)
def test_what_is_wrong_and_where_to_read_is_said_in_japanese(words, sentence):
    done = kotsukotsu(*words)
    said = done.stderr.replace("\n", "").replace(" ", "")
    assert done.returncode == 2
    assert sentence.replace(" ", "") in said
    assert "--helpで見られます。" in said
    assert not re.search(r"[Uu]sage|Error|Missing|No such|Input", done.stderr)


def test_the_english_interface_says_it_in_english():
    done = kotsukotsu("inventory", "x", "--fy", "99", language="en")
    assert done.returncode == 2
    assert " ".join(done.stderr.split()) == (
        "× “--fy” is wrong. It takes whole number (1990 to 2100). kotsukotsu inventory --help says how to use it."
    )


@pytest.mark.parametrize("words", [[], ["inventory"], ["publish"], ["serve"], ["catalogue"], ["energy"]])
def test_no_line_of_help_is_cut_and_none_is_english(words):
    done = kotsukotsu(*words, "--help")
    assert done.returncode == 0
    assert "使い方：" in done.stdout
    assert not re.search(r"…\s*│|Usage|OPTIONS|Options|Commands|Arguments|Show this|default|required", done.stdout)
