"""Tables on paper: numbers stay whole, letters shrink before a column does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.render.model import Placed
from kotsukotsu.documents.render.widths import POINT, TEXT_WIDTH, characters, layout
from kotsukotsu.documents.table import Table


def _number(text):
    return Figure(Decimal(1), Decimal(1), text, "")


def _table(columns, text="施設の名前がここに入る"):
    cells = tuple(_number("12,345") for _ in range(columns))
    return Placed("t", Table("表", "", ("施設", *("排出量",) * columns), ((text, *cells),)))


@pytest.mark.parametrize("columns", [1, 4, 9, 13])
def test_every_number_fits_its_column(columns):
    shape = layout(_table(columns))
    for share in shape.shares[1:]:
        assert share / 100 * TEXT_WIDTH >= characters("12,345") * shape.size * POINT / 2
    assert sum(shape.shares) == pytest.approx(100)


def test_letters_shrink_where_there_are_many_columns():
    assert layout(_table(13)).size < layout(_table(4)).size == 9


def test_long_texts_share_what_numbers_leave():
    rows = (("施設" * 20, "備考" * 40, _number("1")),)
    shape = layout(Placed("t", Table("表", "", ("施設", "備考", "値"), rows)))
    name, note, value = shape.shares
    assert note > name > value


def test_widths_that_are_given_are_kept():
    rows = (("a", "b"),)
    assert layout(Placed("t", Table("", "", ("一", "二"), rows), widths=(1, 3))).shares == (25, 75)
