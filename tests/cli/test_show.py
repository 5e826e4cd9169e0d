from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kotsukotsu.cli.show import NEVER_FIRST, NEVER_LAST, console, fold, table

RUN = re.compile(f"[{NEVER_FIRST}]{{4}}")
SENTENCES = st.text(alphabet="係数がありません。、）「ab 1,", max_size=80)


@given(SENTENCES, st.integers(12, 30))
def test_folded_lines_fit_lose_no_sign_and_begin_with_no_closing_one(text, width):
    lines = fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assume(not RUN.search(text))  # no sentence has so many closing signs in a row
    assert all(cell_len(line) <= width for line in lines)
    words = [line for line in lines[1:] if line]
    assert all(line[-1] not in NEVER_LAST for line in lines[:-1] if line.strip(NEVER_LAST))
    assert all(line[0] not in NEVER_FIRST for line in words) or set(text) <= set(NEVER_FIRST + " ")


def test_a_number_and_a_name_of_a_file_are_not_torn():
    assert fold("排出量は前年度の12,345.6 tから減少しました。", 22) == [
        "排出量は前年度の",
        "12,345.6 tから減少しま",
        "した。",
    ]
    assert fold("詳しくは次の docs/tax.csv を見る。", 24) == ["詳しくは次の", "docs/tax.csv を見る。"]
    assert fold("The base year was FY2013.", 12) == ["The base", "year was", "FY2013."]


def test_a_word_longer_than_half_a_line_is_broken_where_it_must():
    assert fold("見る：abcdefghijklmnop", 14) == ["見る：abcdefgh", "ijklmnop"]


def test_a_number_before_a_closing_bracket_goes_to_the_next_line_with_it():
    assert fold("計算 277（差 27）。", 17) == ["計算 277（差", "27）。"]
    assert fold("計算 25.7（差 -0.3）。", 20) == ["計算 25.7（差", "-0.3）。"]


def test_an_opening_bracket_goes_to_the_next_line_with_what_it_holds():
    assert fold("差し引き（差額 27）。", 10) == ["差し引き", "（差額", "27）。"]


def test_no_line_begins_with_a_space():
    assert fold("道筋より +1,902 t で、うち", 20) == ["道筋より +1,902 t", "で、うち"]
    assert fold("Codes stand in facilities.", 14) == ["Codes stand in", "facilities."]
    assert fold("Codes stand in ", 14) == ["Codes stand in"]


@pytest.mark.parametrize("columns", ["80", "100"])
def test_numbers_keep_their_columns_beside_long_names(monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")
    heads = ("施設", "対策", "開始", "費用（千円）", "削減（t）", "千円/t")
    row = ("コツコツ学校給食共同調理場センター", "再エネ比率の高い電力メニュー", "2030", "123,456", "1,234.5", "△5,678")
    console().print(table(heads, [row], numbers=range(2, 6)))
    shown = capsys.readouterr().out
    assert [number for number in (*heads[2:], *row[2:]) if number not in shown] == []
