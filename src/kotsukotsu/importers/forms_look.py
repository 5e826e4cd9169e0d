"""How an entry form looks: yellow is for the clerk, grey is for reading."""

from __future__ import annotations

from functools import cache
from typing import Any

_FONT = "BIZ UDPゴシック"
_YELLOW, _PALE, _LINE, _EDGE = "#FFF2CC", "#F2F2F2", "#B8B8B8", "#4D4D4D"
_MUTED, _TEXT, _DOUBT = "#767676", "#1A1A1A", "#C74700"
_CODES = ("fid", "iid", "meter", "part")


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._make = cache(self._format)
        self.title = self._make(font_size=16, bold=True)
        self.subtitle = self._make(font_size=11)
        self.due = self._make(font_size=11, bold=True, align="right")
        self.hint = self._make(font_size=10)
        self.paragraph = self._make(font_size=11, text_wrap=True)
        self.doubtful = book.add_format({"font_color": _DOUBT, "bold": True})
        self.decimal = book.add_format({"num_format": "#,##0.0##"})

    def _format(self, **kind: Any) -> Any:
        base = {"font_name": _FONT, "font_size": 9, "font_color": _TEXT, "valign": "vcenter"}
        return self._book.add_format({**base, **kind})

    def heading(self, kind: str) -> Any:
        """A column heading."""
        side = "center" if kind in ("month", "sum", "unit", "part") else "left"
        return self._make(
            bold=True, bg_color="#E8F1FE", border=1, border_color=_LINE, bottom=2, bottom_color=_EDGE,
            text_wrap=True, align=side, font_size=8 if kind in ("fid", "iid", "meter", "est") else 9,
        )  # fmt: skip

    def label(self, kind: str, *, asked: bool, first: bool) -> Any:
        """A label beside the months; codes and last year's labels are small and grey."""
        muted = kind in _CODES or not asked
        side = "center" if kind in ("unit", "part") else "left"
        return self._make(
            font_color=_MUTED if muted else _TEXT,
            font_size=7 if kind in ("fid", "iid", "meter") else 8 if muted else 9,
            bg_color="#FFFFFF" if asked else _PALE, align=side, shrink=True, **self._frame(first),
        )  # fmt: skip

    def entry(self, *, first: bool) -> Any:
        """A cell for the clerk."""
        return self._make(
            bg_color=_YELLOW, locked=False, num_format="#,##0", align="right", shrink=True, font_size=10,
            **self._frame(first),
        )  # fmt: skip

    def remark(self, *, first: bool) -> Any:
        """A cell for words of the clerk."""
        return self._make(
            bg_color=_YELLOW, locked=False, num_format="@", align="left", text_wrap=True, **self._frame(first)
        )

    def total(self, *, first: bool) -> Any:
        """The total of the year asked for."""
        return self._make(bold=True, num_format="#,##0", align="right", shrink=True, **self._frame(first))

    def past(self, decimals: int) -> Any:
        """A figure of last year."""
        shown = "#,##0" + ("." + "0" * min(decimals, 3) if decimals else "")
        return self._make(
            font_color=_MUTED, font_size=8, bg_color=_PALE, num_format=shown, align="right", shrink=True,
            **self._frame(first=False),
        )  # fmt: skip

    def _frame(self, first: bool) -> dict[str, Any]:
        edge = {"top": 2, "top_color": _EDGE} if first else {}
        return {"border": 1, "border_color": _LINE, **edge}
