"""From the options of ``kotsukotsu analyse`` to the parts that are wanted."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import cast, get_args

import typer

from kotsukotsu import schema, texts
from kotsukotsu.analysis.estimate import Method
from kotsukotsu.cli import show
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.sessions.analysed_more import Wanted
from kotsukotsu.store.folder import write_file

METHODS: tuple[str, ...] = get_args(Method)
HUNDRED = Decimal(100)


def wanted(
    codes: tuple[str, str, str], *, weather: bool, unusual: bool, base: str, method: str | None,
    began: datetime | None, done: datetime | None, confidence: int,
) -> Wanted:  # fmt: skip
    """The parts that the options ask for.

    Raises
    ------
    BadParameter
        If a method does not exist, or a saving is asked for without one facility and one item.
    """
    if method is not None and method not in METHODS:
        raise typer.BadParameter(texts.label("cli.method.wrong", choices=", ".join(METHODS)), param_hint="--method")
    measure = None
    if began is not None:
        first, after = began.date(), (done or began).date()
        if not codes[0] or not codes[2] or after < first:
            raise typer.BadParameter(texts.label("cli.measure.wrong"), param_hint="--measure-began")
        measure = (first, after, Decimal(confidence) / HUNDRED)
    return Wanted(weather, unusual, base, cast("Method | None", method), measure)


def write_proposals(view: View, path: Path) -> None:
    """Proposals for missing months in the form of ``activities.csv``, to be looked at and then taken in."""
    found = view.more.proposals or ()
    rows = [{"activity_id": f"estimate-{number}", **row} for number, row in enumerate(found, start=1)]
    write_file(path, schema.write(rows, "activities"))
    show.say(show.error_console(), texts.label("an.estimates.written", count=len(rows), path=path), style="green")
