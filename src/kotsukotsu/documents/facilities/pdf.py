"""All sheets as one PDF, by one run of Typst."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from kotsukotsu import texts
from kotsukotsu.documents.facilities.drawn import peers_words, pictures
from kotsukotsu.documents.facilities.model import Sheet, Sheets
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.render.fonts import find
from kotsukotsu.documents.render.svg import with_font
from kotsukotsu.documents.table import Table

TEMPLATE = "sheet.typ"
MOST_ROWS, MOST_CAUSES, MOST_REVIEWS = 9, 7, 2
MOST_LETTERS, MOST_IN_CELL = 300, 80
WIDE = {"items": (0,), "measures": (0, 4), "countermeasures": (0,)}


def pdf(every: Sheets, mark: str) -> bytes:
    """The sheets, one A4 page each; `mark` stands on every page, such as 案."""
    font = find()
    with TemporaryDirectory(prefix="kotsukotsu-") as name:
        folder = Path(name)
        body = {**_common(every, mark, font.family), "sheets": []}
        for number, sheet in enumerate(every.sheets):
            files: dict[str, str] = {}
            for kind, svg in pictures(sheet, every).items():
                files[kind] = f"{number}-{kind}.svg"
                (folder / files[kind]).write_text(with_font(svg, font), encoding="utf-8")
            body["sheets"].append(_sheet(sheet, files))
        (folder / "data.json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
        (folder / TEMPLATE).write_bytes((Path(__file__).parent / TEMPLATE).read_bytes())
        return typst.compile(folder / TEMPLATE, root=folder, font_paths=[font.folder], format="pdf")


def _common(every: Sheets, mark: str, family: str) -> dict[str, Any]:
    names = ("years", "months", "peers", "causes", "review")
    return {
        "font": family, "lang": texts.language(), "title": every.title, "city": every.city, "year": every.year,
        "mark": mark, "footer": every.footer, "invented": texts.label("doc.invented") if every.invented else "",
        "titles": {name: texts.label(f"sheet.part.{name}", unit=every.unit) for name in names},
        **{name: texts.label(f"sign.{name}") for name in ("gap", "colon", "part")},
        "nothing": texts.label("sheet.nothing"), "no-measures": texts.label("sheet.no_measures"),
        "no-review": texts.label("sheet.no_review"),
    }  # fmt: skip


def _sheet(sheet: Sheet, files: Mapping[str, str]) -> dict[str, Any]:
    reviews = [{"text": _short(one.text), "by": one.by} for one in sheet.reviews[:MOST_REVIEWS]]
    return {
        "name": _short(sheet.name, 60), "code": sheet.code,
        "facts": [[label, _short(text, 60)] for label, text in sheet.facts],
        "keys": list(_keys(sheet)), "pictures": files,
        "items": _table(sheet.items, "items"), "measures": _table(sheet.measures, "measures"),
        "countermeasures": _table(sheet.countermeasures, "countermeasures"),
        "peers": peers_words(sheet.peers) if sheet.peers else texts.label("sheet.no_peers"),
        "causes": [_short(text) for text in (*sheet.causes, *sheet.explained)][:MOST_CAUSES], "reviews": reviews,
    }  # fmt: skip


def _keys(sheet: Sheet) -> Sequence[dict[str, str]]:
    """The figures at the head of the page."""
    rank = texts.label("sheet.rank", rank=sheet.rank) if sheet.rank else ""
    told: tuple[tuple[str, Figure | str, str], ...] = (
        ("total", sheet.total, sheet.total.unit),
        ("rate_before", sheet.rate_before, "%"),
        ("rate_base", sheet.rate_base, "%"),
        ("share", sheet.share, rank),
        ("intensity", sheet.intensity, sheet.intensity.unit),
    )
    return [
        {"label": texts.label(f"sheet.key.{name}"), "value": str(value), "unit": unit} for name, value, unit in told
    ]


def _table(made: Table, kind: str) -> dict[str, Any]:
    shown = made.rows[:MOST_ROWS]
    left = len(made.rows) - len(shown)
    more = texts.label("sheet.more", count=left) if left else ""
    return {
        "title": made.title, "heads": made.headings, "numbers": sorted(made.numbers), "wide": WIDE[kind],
        "rows": [[_short(str(cell), MOST_IN_CELL) for cell in row] for row in shown],
        "note": " ".join(text for text in (made.note, more) if text),
    }  # fmt: skip


def _short(text: str, most: int = MOST_LETTERS) -> str:
    """A text that leaves room for the others; the workbook has all of it."""
    return text if len(text) <= most else text[: most - 1] + "…"
