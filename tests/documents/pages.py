"""What is looked for on the pages of every document as they come out of the printer."""

from __future__ import annotations

import re
import subprocess

from PIL import ImageOps

from kotsukotsu.documents.render.model import Document, Drawn, Heading
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.walk import within
from tests.documents.render.read import pdf_images, pdf_pages, pdf_text, squeezed

A4 = 210  # width [mm]
FOOTER = 0.92  # where the footer begins, of the height [1]
SHOWN = re.compile(r"<(rect|polyline|polygon|circle)")


def beyond_the_margin(pdf: bytes, margin: float) -> list[int]:
    """Pages that are empty or where something stands within a distance from the left or right edge. [mm]"""
    found = []
    for number, page in enumerate(pdf_images(pdf), 1):
        box, edge = ImageOps.invert(page.convert("L")).getbbox(), page.width * margin / A4
        if box is None or box[0] <= edge or box[2] >= page.width - edge:
            found.append(number)
    return found


def nearly_empty(pdf: bytes, least: float = 0.3) -> list[int]:
    """Pages on which nothing stands below a part of the sheet, the footer apart. [1]"""
    found = []
    for number, page in enumerate(pdf_images(pdf), 1):
        box = ImageOps.invert(page.convert("L")).crop((0, 0, page.width, int(page.height * FOOTER))).getbbox()
        if box is None or box[3] < page.height * least:
            found.append(number)
    return found


def ends_with_a_heading(pdf: bytes, document: Document) -> list[int]:
    """Pages whose last line above the footer is a heading."""
    shown = {squeezed(block.shown) for block in numbered(document).blocks if isinstance(block, Heading)}
    found = []
    for number, page in enumerate(pdf_pages(pdf), 1):
        lines = [squeezed(line) for line in page.splitlines() if line.strip()]
        if lines[1:-1] and lines[-2] in shown:
            found.append(number)
    return found


def missing_glyphs(pdf: bytes) -> set[str]:
    """Boxes in the text, and fonts that are not inside the file."""
    listed = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    foreign = {line.split()[0] for line in listed.splitlines()[2:] if "+" not in line.split()[0]}
    return foreign | {sign for sign in "□\ufffd" if sign in pdf_text(pdf)}


def empty_charts(document: Document) -> list[str]:
    """Names of pictures in which nothing is drawn."""
    drawn = [block for block in within(document.blocks) if isinstance(block, Drawn)]
    return [block.key for block in drawn if block.svg and not SHOWN.search(block.svg)]
