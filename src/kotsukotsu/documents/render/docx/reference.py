"""Our own reference document for Word, made from Pandoc's by code: A4, 25 mm, one gothic face, rules across."""

from __future__ import annotations

import subprocess
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pypandoc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from kotsukotsu.documents.render.docx.looks import BORDERS, LOOKS, TABLE_STYLE, Look
from kotsukotsu.documents.render.docx.table import CELL_STYLES

FONT = "BIZ UDPゴシック"
MARGIN, WIDTH, HEIGHT = Mm(25), Mm(210), Mm(297)


@cache
def ours() -> bytes:
    """The reference document."""
    made = docx.Document(BytesIO(_pandocs()))
    for section in made.sections:
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        section.header_distance = section.footer_distance = Mm(12)
    _theme_off(made.styles)
    for name, look in LOOKS.items():
        _apply(_style(made, name), look)
    for name, size, strong in CELL_STYLES:
        _apply(_style(made, name), Look(size=size, strong=strong, before=0, after=0, lines=1.0))
    _table_style(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _pandocs() -> bytes:
    """Pandoc's default reference document, which has every style that Pandoc writes."""
    asked = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(asked, capture_output=True, check=True).stdout  # noqa: S603 - a fixed program, fixed words


def _theme_off(styles: Any) -> None:
    """The document's own face everywhere, instead of the theme's."""
    fonts = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in fonts.findall(qn("w:rFonts")):
        fonts.remove(old)
    fonts.insert(0, _faces())
    for style in styles.element.iter(qn("w:style")):
        for old in style.iter(qn("w:rFonts")):
            if not any("Mono" in value or "Consolas" in value for value in old.attrib.values()):
                old.getparent().replace(old, _faces())


def _faces() -> Any:
    faces = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{name}"), FONT)
    return faces


def _style(made: Any, name: str) -> Any:
    if name in [style.name for style in made.styles]:
        return made.styles[name]
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    return style


def _apply(style: Any, look: Look) -> None:
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.strong, False
    font.color.rgb = RGBColor.from_string(look.colour)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, look.lines
    form.keep_with_next, form.page_break_before = look.keep, False
    if look.align:
        form.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
    form.first_line_indent = Pt(look.indent)
    form.left_indent = Pt(look.left)
    style.quick_style, style.hidden = True, False
    old = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if old is not None:
        style.element.pPr.remove(old)
    if look.border:
        _insert_border(style, look.border)


def _insert_border(style: Any, kind: str) -> None:
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{BORDERS[kind]}</w:pBdr>")
    properties = style.element.get_or_add_pPr()
    later = [qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")]
    following = next((child for child in properties if child.tag in later), None)
    if following is None:
        properties.append(border)
    else:
        following.addprevious(border)


def _table_style(made: Any) -> None:
    """The style ``Table``: rules across, a pale head."""
    old = made.styles["Table"].element
    old.getparent().replace(old, parse_xml(TABLE_STYLE.format(namespaces=nsdecls("w"))))
