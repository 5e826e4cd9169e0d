"""The forms in which a study of energy leaves the command line; one module each, read only if it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli.output import check_format
from kotsukotsu.documents.energy.study import Study

FORMATS = ("table", "json", "xlsx", "html")
TO_A_FILE = ("xlsx", "html")
SiteArgument = Annotated[Path, typer.Argument(help=texts.label("cli.energy.site"))]
MeterOption = Annotated[str | None, typer.Option("--meter", help=texts.label("cli.energy.meter.one"))]
FormatOption = Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))]
SizesOption = Annotated[Path | None, typer.Option("--sizes", help=texts.label("cli.energy.sizes"))]
WithOption = Annotated[list[str] | None, typer.Option("--with", help=texts.label("cli.energy.with"))]
OutOption = Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))]


def check(output: str, out: Path | None) -> None:
    """Refuse an unknown form, or a file's form without a file, before anything is computed."""
    check_format(output, FORMATS)
    if output in TO_A_FILE and out is None:
        raise typer.BadParameter(texts.label("cli.out.needed"), param_hint="--out")


def check_hours(hours: float | None) -> None:
    """Refuse hours of an outage that no half-hours make up."""
    if hours is not None and hours * 2 % 1:
        raise typer.BadParameter(texts.label("cli.energy.hours.wrong"), param_hint="--hours")


def write(study: Study, output: str, out: Path | None) -> None:
    """The study in the form asked for."""
    import_module(f"kotsukotsu.cli.energy_formats.{output}").write(study, out)
