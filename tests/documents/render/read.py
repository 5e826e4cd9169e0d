"""What stands in a file, read back by other programs."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from PIL import Image


def pdf_text(data: bytes) -> str:
    return _run(["pdftotext", "-layout", "-", "-"], data).decode()


def pdf_pages(data: bytes) -> list[str]:
    return pdf_text(data).split("\f")[:-1]


@lru_cache(maxsize=2)
def pdf_images(data: bytes, dots: int = 50) -> list[Image.Image]:
    with TemporaryDirectory() as name:
        (Path(name) / "in.pdf").write_bytes(data)
        _run(["pdftoppm", "-r", str(dots), "-gray", "-png", f"{name}/in.pdf", f"{name}/page"], b"")
        return [Image.open(BytesIO(path.read_bytes())) for path in sorted(Path(name).glob("page*.png"))]


def word(data: bytes):
    return docx.Document(BytesIO(data))


def word_text(data: bytes) -> str:
    made = word(data)
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def squeezed(text: str) -> str:
    """A text without the spaces and lines that a layout puts in."""
    return "".join(text.split())


def _run(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
