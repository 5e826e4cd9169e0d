"""The month grid as a tag: ``{% month_grid grid save_address now_address %}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from kotsukotsu import texts
from kotsukotsu.findings import SEVERITIES
from kotsukotsu.importers.values import sign_words
from kotsukotsu.periods import Month
from kotsukotsu.rounding import minus, plain, printed
from kotsukotsu.rounding import signed as with_sign
from kotsukotsu.web.common import advice

register = template.Library()
SIGNS = ("missing", "not_occurring")  # of the words that stand for a quantity; 同上 says nothing in a single cell
KEYS = ("arrows", "enter", "tab", "f2", "escape", "delete", "paste", "undo", "redo", "nothing", "estimate", "file")
WORDS = (
    "not_occurring", "estimated", "file", "before", "none", "missing", "unread", "unread_count", "outside", "kept",
    "named", "turned", "conflict", "conflict_by", "conflict_other", "theirs", "mine", "login", "state_saving",
    "state_saved", "state_offline", "state_expired", "state_refused", "state_unread", "state_conflict",
)  # fmt: skip


@register.inclusion_tag("look/grid/table.html", takes_context=True)
def month_grid(context: Mapping[str, Any], grid: Any, save_address: str = "", now_address: str = "") -> dict[str, Any]:
    """The grid of a sheet: its lines, each a meter of an item, over twelve months.

    Parameters
    ----------
    grid
        ``year`` and ``lines`` (see `web.entries.grid`).
    save_address, now_address : str
        Where typed cells go, and where the grid is as it is now; empty: the grid can be read only.
    """
    keys = [(texts.label(f"look.grid.key.{name}"), texts.label(f"look.grid.does.{name}")) for name in KEYS]
    return {
        **{name: context.get(name) for name in ("user", "csrf_token", "language")},
        "grid": grid, "save_address": save_address, "now_address": now_address, "keys": keys,
    }  # fmt: skip


@register.simple_tag
def month_name(month: Month) -> str:
    """4月, or Apr."""
    return texts.label(f"look.month.{month.month}")


@register.simple_tag
def fuel_use(name: str) -> str:
    """What a fuel is burnt in."""
    return texts.label(f"look.fuel_use.{name}")


@register.filter
def digits(value: Decimal | None) -> str:
    """All digits, with commas; － where there is none."""
    return texts.none() if value is None else _commas(plain(value))


@register.filter
def signed(value: Decimal | None) -> str:
    """A change in per cent with its sign."""
    if value is None:
        return texts.none()
    said = printed(value, 1)
    return f"{with_sign(said) if said.strip('0.') else said}%"


def _commas(text: str) -> str:
    whole, point, rest = text.removeprefix("-").partition(".")
    return (minus() if text.startswith("-") else "") + f"{int(whole):,}{point}{rest}"


@register.simple_tag
def grid_total(line: Any) -> SafeString:
    """Sum of what is known, and of how many months it is."""
    part = format_html("<small>{}/{}</small>", line.filled, line.wanted) if 0 < line.filled < line.wanted else ""
    return format_html("{}{}", digits(line.total), part)


@register.simple_tag
def grid_cell(line: Any, cell: Any, number: int, save_address: str) -> SafeString:
    """One month of a line: an input where one may type, else the value."""
    name = f"{line.item_name} {month_name(cell.month)}"
    not_used = cell.state == "not_occurring"
    value = texts.label("look.grid.js.not_occurring") if not_used else _commas(cell.text) if cell.text else ""
    worst = next((one for one in SEVERITIES if any(finding.severity == one for finding in cell.findings)), "")
    before = "" if cell.before is None else plain(cell.before)
    inner = format_html(
        '<input type="text" id="cell-{}-{}" value="{}" placeholder="{}" aria-label="{}" autocomplete="off" '
        'inputmode="text" spellcheck="false"{}>',
        number, cell.month.month, value, _commas(before) if before else "", name,
        "" if save_address and cell.is_one else SafeString(" readonly"),
    )  # fmt: skip
    return format_html(
        '<td class="grid-cell" data-month="{}" data-name="{}" data-text="{}" data-state="{}" data-seen="{}" '
        'data-before="{}" data-finding="{}"><span class="grid-month" aria-hidden="true">{}</span>{}{}</td>',
        str(cell.month), name, cell.text, cell.state, cell.seen, before, worst, month_name(cell.month), inner,
        _file_mark(name, cell.files),
    )  # fmt: skip


def _file_mark(name: str, files: Sequence[Any]) -> SafeString:
    """The corner of a cell that is proved: it opens the file; of several, the list below the grid."""
    if not files:
        return SafeString("")
    address = files[0].address if len(files) == 1 else "#evidence"
    which = files[0].name if len(files) == 1 else texts.label("look.grid.files", count=len(files))
    said = texts.label("look.grid.file", cell=name, file=which)
    # Tab goes from cell to cell: by keyboard Ctrl+Enter opens it, and the list below the grid.
    return format_html(
        '<a class="grid-file" href="{}" tabindex="-1" aria-label="{}" title="{}"></a>', address, said, which
    )


@register.simple_tag
def grid_words() -> SafeString:
    """Words for the page's script."""
    words: dict[str, Any] = {name: texts.entries()[f"look.grid.js.{name}"].says[texts.language()] for name in WORDS}
    words |= {name: texts.label(f"sign.{name}") for name in ("comma", "colon")}
    words["signs"] = {kind: [word for word, one in sign_words().items() if one == kind] for kind in SIGNS}
    words["severity"] = {name: texts.label(f"doc.severity.{name}") for name in SEVERITIES}
    return json_script(words, "grid-words")


@register.simple_tag
def grid_findings(grid: Any) -> SafeString:
    """What is doubtful, in each cell and otherwise, for the page's script."""
    cells = {
        f"{line.ident} {cell.month}": [advice.as_dict(finding) for finding in cell.findings]
        for line in grid.lines for cell in line.cells if cell.findings
    }  # fmt: skip
    others = [advice.as_dict(finding) for finding in grid.other_findings]
    return json_script({"cells": cells, "others": others}, "grid-findings")
