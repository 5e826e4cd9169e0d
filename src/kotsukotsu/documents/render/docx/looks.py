"""How each style of Word looks."""

from __future__ import annotations

from dataclasses import dataclass

INK, QUIET, ACCENT, RED = "1A1A1A", "4D4D4D", "00118F", "A00000"


@dataclass(frozen=True, slots=True)
class Look:
    """Letters and spaces of a paragraph. [pt], lines as multiples"""

    size: float = 10.5
    strong: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    lines: float = 1.35
    align: str = ""
    indent: float = 0
    left: float = 0
    keep: bool = False
    border: str = ""


def _side(name: str, size: int, colour: str, space: int = 4) -> str:
    return f'<w:{name} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


BORDERS = {
    "below": _side("bottom", 12, ACCENT),
    "left": _side("left", 36, ACCENT, 6),
    "cover": _side("left", 48, ACCENT, 12),
    "above": _side("top", 4, "B3B3B3"),
    "box": _side("left", 8, ACCENT, 8),
    "absent": _side("top", 4, "B3B3B3") + _side("left", 4, "B3B3B3") + _side("bottom", 4, "B3B3B3")
    + _side("right", 4, "B3B3B3"),
}  # fmt: skip

LOOKS = {
    "Normal": Look(),
    "Body Text": Look(indent=10.5, align="JUSTIFY"),
    "First Paragraph": Look(indent=10.5, align="JUSTIFY"),
    "Compact": Look(after=3),
    "Lead": Look(size=12.5, after=10),
    "Remark": Look(size=9, colour=QUIET, lines=1.2, left=6),
    "Heading 1": Look(size=19, colour=ACCENT, before=0, after=14, lines=1.1, keep=True, border="below"),
    "Heading 2": Look(size=14, before=16, after=8, lines=1.1, keep=True, border="left", left=8),
    "Heading 3": Look(size=11.5, strong=True, before=12, after=6, lines=1.1, keep=True),
    "TOC Heading": Look(size=17, colour=ACCENT, after=12),
    "TOC 1": Look(strong=True, before=5, after=2),
    "TOC 2": Look(after=2, left=12),
    "Table Caption": Look(size=9.5, strong=True, before=10, after=2, align="CENTER", keep=True),
    "Unit": Look(size=8, colour=QUIET, after=2, lines=1.0, align="RIGHT", keep=True),
    "Figure Picture": Look(before=8, after=2, lines=1.0, align="CENTER", keep=True),
    "Image Caption": Look(size=9.5, strong=True, before=2, after=12, align="CENTER"),
    "Absent": Look(size=9, colour=QUIET, before=8, keep=True, border="absent"),
    "Source": Look(size=8, colour=QUIET, before=3, after=8, lines=1.1),
    "Box Title": Look(strong=True, colour=ACCENT, before=8, after=3, keep=True, border="box", left=10),
    "Box Text": Look(size=9.5, after=0, lines=1.25, border="box", left=10),
    "Cover Title": Look(size=27, colour=ACCENT, before=150, after=10, lines=1.15, border="cover", left=14),
    "Cover Subtitle": Look(size=16, after=150, border="cover", left=14),
    "Head Title": Look(size=17, colour=ACCENT, after=2, lines=1.1, border="cover", left=10, keep=True),
    "Head Subtitle": Look(size=11, after=8, lines=1.1, border="cover", left=10),
    "Cover Line": Look(size=14, align="RIGHT", before=8),
    "Colophon Title": Look(size=9, colour=QUIET, before=380, after=4, border="above"),
    "Colophon": Look(after=3),
    "Header": Look(size=11, strong=True, colour=RED, align="RIGHT", after=0, lines=1.0),
    "Footer": Look(size=8, colour=QUIET, after=0, lines=1.0),
}

_RULE = "B3B3B3"
TABLE_STYLE = (
    '<w:style {namespaces} w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
    f'<w:insideH w:val="single" w:sz="3" w:space="0" w:color="{_RULE}"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="45" w:type="dxa"/><w:left w:w="62" w:type="dxa"/>'
    '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="62" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{INK}"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="F0F3FA"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
)
