"""What all renderers show in the same way: of a table, and of the title on a cover."""

from __future__ import annotations

from kotsukotsu import texts
from kotsukotsu.documents.render.model import Placed
from kotsukotsu.documents.table import Row, Table


def shown_rows(table: Table) -> tuple[Row, ...]:
    """Rows and totals, each as long as the headings."""
    width = len(table.headings)
    return tuple((*row, *("",) * (width - len(row))) for row in (*table.rows, *table.totals))


def note_of(placed: Placed) -> str:
    """Remark and source under a table."""
    source = texts.label("render.source", source=placed.source) if placed.source else ""
    return "\n".join(filter(None, (placed.table.note, source)))


def cover_title(title: str) -> str:
    r"""A title on a cover: a wide space parts its lines.

    >>> cover_title("石狩市　実行計画")
    '石狩市\n実行計画'
    """
    return title.replace("　", "\n")
