from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kotsukotsu.cli.show import NEVER_FIRST, fold

SENTENCES = st.text(alphabet="係数がありません。、）「ab 1,", max_size=80)


@given(SENTENCES, st.integers(12, 30))
def test_folded_lines_fit_lose_no_sign_and_begin_with_no_closing_one(text, width):
    lines = fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if "。。。。" not in text:
        assert all(cell_len(line) <= width for line in lines)
    words = [line for line in lines[1:] if line]
    assert all(line[0] not in NEVER_FIRST for line in words) or set(text) <= set(NEVER_FIRST + " ")
