"""What the commands that write documents share: forms, names of figures, files and findings."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.documents.plan.document import Made
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.forms import FORMS, Form
from kotsukotsu.sessions import papers

TRACED = 3
PLAN_LANGUAGE = "ja"  # a city's documents are Japanese unless asked for otherwise, whatever the interface speaks


def _known(asked: str) -> str:
    if asked not in texts.LANGUAGES:
        raise typer.BadParameter(texts.label("cli.paper.language.wrong", choices=", ".join(texts.LANGUAGES)))
    return asked


Language = Annotated[str, typer.Option("--language", help=texts.label("cli.paper.language"), callback=_known)]


def forms_of(asked: str) -> tuple[Form, ...]:
    """The forms asked for, parted by commas."""
    found = tuple(name.strip() for name in asked.split(",") if name.strip())
    if not found or any(name not in FORMS for name in found):
        raise typer.BadParameter(texts.label("cli.format.wrong", choices=", ".join(FORMS)), param_hint="--format")
    return cast("tuple[Form, ...]", found)


def write(
    made: Made, name: str, forms: tuple[Form, ...], reference: bytes | None, out: Path, workbook: bytes | None = None
) -> None:
    """Write a document in its forms, and the workbook of its tables, say where it is and what to look at."""
    with texts.speaking(made.document.language):
        done = _outputs().render(made.document, forms, reference)
    files = {out / f"{name}.{form}": data for form, data in done.files.items()}
    if workbook is not None:
        files[out / f"{name}.xlsx"] = workbook
    papers.write(files)
    to = show.console()
    show.show_findings((*done.findings, *made.findings), to)
    for path in files:
        show.say(to, texts.label("cli.paper.written", path=path), style="green")
    show.say(to, texts.label("cli.paper.draft", mark=made.document.mark))


def _outputs() -> Any:
    """The renderers, read only when a document is written: other commands work without their packages."""
    try:
        return import_module("kotsukotsu.documents.render.outputs")
    except ModuleNotFoundError as error:
        raise DocumentError("DC-15", name=error.name) from None


def list_names(registry: Registry, city: Path, to: Console) -> None:
    """Every name that a template may use, with what it prints and how to lead it back."""
    numbers = registry.numbers.values()
    rows = [(number.key, f"{number.figure.text} {number.figure.unit}".strip(), number.meaning) for number in numbers]
    headings = [texts.label(f"cli.paper.head.{name}") for name in ("name", "prints", "meaning")]
    to.print(show.table(headings, rows, numbers=(1,)))
    words = [(key, text) for key, text in registry.words.items()]
    to.print(show.table(headings[:2], words, numbers=()))
    placed = [(f"table {key}", table.title) for key, table in registry.tables.items()]
    placed += [(f"chart {key}", picture.caption) for key, picture in registry.pictures.items()]
    placed += [(f"blocks {key}", "") for key in registry.blocks]
    placed += [(f"note {key}", note.term) for key, note in registry.notes.items()]
    to.print(show.table([texts.label("cli.paper.head.place"), texts.label("cli.paper.head.shows")], placed, numbers=()))
    traced = [number for number in numbers if number.behind][:TRACED]
    for number in traced:
        show.say(
            to,
            texts.label("cli.paper.trace", name=number.key, command=number.behind and number.behind.command(str(city))),
        )
