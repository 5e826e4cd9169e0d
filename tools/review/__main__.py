"""Pages of the invented city's documents as pictures.

python -m tools.review out/review            every page of plan, summary, report and sheets, twelve on a picture
python -m tools.review out/review --docs     and the pictures of docs/images anew
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
CITY, FY = ROOT / "examples" / "kotsukotsu-shi", "2024"
IMAGES = ROOT / "docs" / "images"
COMMANDS = (
    ("plan-document", CITY, "--fy", FY, "--format", "pdf"),
    ("summary", CITY, "--fy", FY, "--format", "pdf"),
    ("report", CITY, "--fy", FY, "--format", "pdf"),
    ("facility-sheets", CITY, "--fy", FY, "--facility", "f001"),
    ("answers", CITY, "--fy", FY),
)
DOCUMENTS = ("plan", "summary", "report", "facility-sheets", "question")
# Picture of the documentation to document and page.
SHOWN = {
    "plan-trend": ("plan", 5), "plan-goals": ("plan", 13), "summary-1": ("summary", 1), "summary-2": ("summary", 2),
    "report-1": ("report", 3), "facility-sheet": ("facility-sheets", 1),
}  # fmt: skip
ACROSS, ON_ONE, GAP, COLOURS = 4, 12, 8, 160


def main(arguments: Sequence[str]) -> int:
    """Make the documents, then their pictures."""
    parser = argparse.ArgumentParser(prog="python -m tools.review")
    parser.add_argument("out", type=Path)
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in COMMANDS:
            program = Path(sys.executable).parent / "kotsukotsu"
            subprocess.run([program, *command, "--out", folder], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - own words
        for document in DOCUMENTS:
            for path, sheet in contact_sheets(document, pages(folder / f"{document}.pdf", 60)):
                save(sheet, asked.out / path)
        if asked.docs:
            for picture, (document, number) in SHOWN.items():
                save(pages(folder / f"{document}.pdf", 75)[number - 1], IMAGES / f"{picture}.png")
    return 0


def pages(pdf: Path, dots: int) -> list[Image.Image]:
    """Every page, rendered."""
    stem = pdf.with_suffix("")
    words = [shutil.which("pdftoppm") or "pdftoppm", "-r", str(dots), "-png", str(pdf), str(stem)]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - own words
    return [Image.open(path).convert("RGB") for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def contact_sheets(name: str, shown: Sequence[Image.Image]) -> Iterator[tuple[str, Image.Image]]:
    """Pages side by side, as many as can be looked at at once."""
    for first in range(0, len(shown), ON_ONE):
        yield f"{name}-{first // ON_ONE + 1:02}.png", beside(shown[first : first + ON_ONE])


def beside(shown: Iterable[Image.Image]) -> Image.Image:
    """Pages in rows on grey."""
    every = list(shown)
    width, height = every[0].width + GAP, every[0].height + GAP
    sheet = Image.new("RGB", (ACROSS * width + GAP, -(-len(every) // ACROSS) * height + GAP), "#808080")
    for index, page in enumerate(every):
        sheet.paste(page, (GAP + index % ACROSS * width, GAP + index // ACROSS * height))
    return sheet


def save(picture: Image.Image, path: Path) -> None:
    """As a small file: pages have few colours."""
    picture.quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
