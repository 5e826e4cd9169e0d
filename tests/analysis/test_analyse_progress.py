"""What is seen while an analysis is computed: only by a person, in words, and nothing of it afterwards."""

from __future__ import annotations

from datetime import date

from kotsukotsu.cli import show
from kotsukotsu.sessions.analysed import analysed
from kotsukotsu.sessions.analysed_more import Wanted
from tests.analysis.test_analyse_command import analyse


def test_every_part_is_named_before_it_is_computed(town):
    begun = []
    session = town.session()
    analysed(session, 2023, 2022, date(2024, 6, 1), wanted=Wanted(weather=True), step=begun.append)
    assert begun == ["year", "year", "weather", "parts"]


def test_a_terminal_shows_in_japanese_what_is_being_done(town, monkeypatch):
    city = town.write()
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert show.error_console().is_terminal
    done = analyse(city, "--fy", 2023, "--weather", "--format", "json")
    assert done.exit_code == 0
    seen = done.stderr
    for words in ("年度ごとの排出量を計算しています", "気温との関係を調べています", "結果をまとめています"):
        assert words in seen
    assert "ています" not in done.stdout


def test_nothing_of_it_is_written_into_a_file(town):
    done = analyse(town.write(), "--fy", 2023, "--weather")
    assert done.exit_code == 0
    assert done.stderr == ""
