"""Answer sheet for the ministry's yearly survey (地方公共団体実行計画の施行状況調査), each answer with its definition.

The questions stand in ``survey_questions.csv``; the form of the ministry changes from year to year, so each line has
the day it asks about and whether its wording was read in an official form.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.printing import Figure, decimals
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.documents.yearly.goals import Goals
from kotsukotsu.planning.kpis import Kpi

QUESTIONS = Path(__file__).parent / "survey_questions.csv"
KPI = "kpi:"


@dataclass(frozen=True, slots=True)
class Known:
    """What the answers are taken from."""

    found: Overview
    goals: Goals | None
    kpis: Sequence[Kpi]
    status: str  # name of the status of a definition that was not read in an official form


@cache
def questions() -> tuple[dict[str, str], ...]:
    """The questions in their order."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def survey(known: Known) -> Table:
    """One line for each question: answer, counts behind it, definition, the day asked about, status."""
    answers = _answers(known)
    kpis = {one.aim.kpi: one for one in reversed(known.kpis)}
    rows = tuple(_row(question, answers, kpis, known) for question in questions())
    heads = tuple(
        texts.label(f"survey.head.{name}") for name in ("question", "answer", "counts", "definition", "status")
    )
    title = texts.label("survey.title", year=known.found.year.label)
    return Table(title, "", heads, rows, (), texts.label("survey.note"))


def _answers(known: Known) -> Mapping[str, Figure]:
    found, totals = known.found, known.found.totals
    following = next((goal for goal in known.goals.goals if goal.fy >= found.year.fy), None) if known.goals else None
    return {
        "base": plain(found.base_label), "base_total": totals.base, "latest": plain(found.year.label),
        "latest_total": totals.total, "latest_rate": totals.rate,
        "facilities": decimals(Decimal(len(found.emitting)), 0),
        "target_year": plain(following.label) if following else _own(),
        "target_rate": following.reduction if following else _own(), "own": _own(),
    }  # fmt: skip


def _own() -> Figure:
    """An answer that only the office can give."""
    return plain(texts.label("survey.own"))


def _row(question: Mapping[str, str], answers: Mapping[str, Figure], kpis: Mapping[str, Kpi], known: Known) -> Row:
    language = texts.language()
    counts, answer = "", answers.get(question["answer"])
    if answer is None:
        kpi = kpis.get(question["answer"].removeprefix(KPI))
        answer = decimals(kpi.pct, 1, "%") if kpi and kpi.pct is not None else _own()
        counts = _counts(kpi) if kpi else ""
    status = known.status if question["status"] == "unconfirmed" else ""
    return question[f"name_{language}"], answer, counts, question[f"definition_{language}"], status


def _counts(kpi: Kpi) -> str:
    shown = decimals(kpi.numerator, 0), decimals(kpi.denominator, 0)
    return kpi.limited(texts.label("survey.counts", numerator=shown[0], denominator=shown[1], unit=kpi.aim.unit))
