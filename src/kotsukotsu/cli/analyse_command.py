"""``kotsukotsu analyse``: where and why the emissions changed between two fiscal years."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from kotsukotsu import texts
from kotsukotsu.analysis.where import REACH
from kotsukotsu.cli.analyse_formats import FORMATS, TO_A_FILE
from kotsukotsu.cli.analyse_wanted import METHODS, wanted, write_proposals
from kotsukotsu.cli.show import error_console
from kotsukotsu.periods import JST
from kotsukotsu.sessions.analysed import analysed
from kotsukotsu.sessions.analysed_more import Step
from kotsukotsu.sessions.analysed_printed import analysed_print
from kotsukotsu.sessions.session import Session

DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyse", help=texts.label("cli.analyse.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", help=texts.label("cli.fy.help"))],
    against: Annotated[int | None, typer.Option("--against", help=texts.label("cli.against.help"))] = None,
    facility: Annotated[str, typer.Option("--facility", help=texts.label("cli.one_facility.help"))] = "",
    department: Annotated[str, typer.Option("--department", help=texts.label("cli.one_department.help"))] = "",
    item: Annotated[str, typer.Option("--item", help=texts.label("cli.one_item.help"))] = "",
    reach: Annotated[int, typer.Option("--reach", min=1, max=100, help=texts.label("cli.reach.help"))] = int(REACH),
    chain: Annotated[bool, typer.Option("--chain", help=texts.label("cli.chain.help"))] = False,
    weather: Annotated[bool, typer.Option("--weather", help=texts.label("cli.weather.help"))] = False,
    base: Annotated[str, typer.Option("--base", help=texts.label("cli.base.help"))] = "",
    unusual: Annotated[bool, typer.Option("--unusual", help=texts.label("cli.unusual.help"))] = False,
    estimates: Annotated[Path | None, typer.Option("--estimates", help=texts.label("cli.estimates.help"))] = None,
    method: Annotated[str, typer.Option("--method", help=texts.label("cli.method.help"))] = METHODS[0],
    measure_began: Annotated[
        datetime | None, typer.Option(formats=DAY, help=texts.label("cli.measure_began.help"))
    ] = None,
    measure_done: Annotated[
        datetime | None, typer.Option(formats=DAY, help=texts.label("cli.measure_done.help"))
    ] = None,
    confidence: Annotated[int, typer.Option(min=50, max=99, help=texts.label("cli.confidence.help"))] = 90,
    output: Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))] = "table",
    as_of: Annotated[datetime | None, typer.Option("--as-of", help=texts.label("cli.as_of.help"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))] = None,
) -> None:
    """Show or write the analysis."""
    _check_output(output, out)
    codes = (facility, department, item)
    parts = wanted(
        codes, weather=weather, unusual=unusual, base=base, method=method if estimates else None,
        began=measure_began, done=measure_done, confidence=confidence,
    )  # fmt: skip
    session = Session(city, as_of)
    first = session.city.base_fy if against is None else against
    if first >= fy:
        raise typer.BadParameter(texts.label("cli.against.wrong", fy=fy), param_hint="--against")
    made = datetime.now(tz=JST).date()
    if from_print := analysed_print(session, fy, first, made, codes, Decimal(reach)):
        import_module("kotsukotsu.cli.analyse_printed").write(from_print, output, out)
        return
    with _bar() as progress:
        step = _steps(progress, fy - first + 1 + parts.weather + 1)
        view = analysed(
            session, fy, first, made, codes, reach=Decimal(reach), with_chain=chain, wanted=parts, step=step
        )
    if estimates:
        write_proposals(view, estimates)
    import_module(f"kotsukotsu.cli.analyse_formats.{output}").write(view, out)


def _bar() -> Progress:
    """A bar that only a person at a terminal sees, and that leaves nothing behind."""
    console = error_console()
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _steps(progress: Progress, count: int) -> Step:
    """What says which part begins, before `analysed` computes it; one of `count` that are done when the next begins."""
    task = progress.add_task(texts.label("cli.analyse.step.year"), total=count, completed=-1)

    def step(name: str) -> None:
        progress.update(task, advance=1, description=texts.label(f"cli.analyse.step.{name}"), refresh=True)

    return step


def _check_output(output: str, out: Path | None) -> None:
    if output not in FORMATS:
        raise typer.BadParameter(texts.label("cli.format.wrong", choices=", ".join(FORMATS)), param_hint="--format")
    if output in TO_A_FILE and out is None:
        raise typer.BadParameter(texts.label("cli.out.needed"), param_hint="--out")
