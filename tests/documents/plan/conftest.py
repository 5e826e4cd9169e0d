"""The plan of the invented city, made once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kotsukotsu.documents.plan.document import Made, plan_document, registry_of, summary_document
from kotsukotsu.documents.plan.source import Source
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.sessions.plan_paper import source_of
from kotsukotsu.sessions.session import Session

CITY = Path(__file__).parents[3] / "examples" / "kotsukotsu-shi"
DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Plan:
    """A plan with everything it was made from."""

    source: Source
    registry: Registry
    made: Made


def plan_of(folder: Path) -> Plan:
    source = source_of(Session(folder), 2024, DAY)
    registry = registry_of(source)
    return Plan(source, registry, plan_document(source, registry, {}))


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plan_of(CITY)


@pytest.fixture(scope="session")
def files(plan: Plan) -> dict[str, bytes]:
    made = render(plan.made.document)
    assert made.findings == ()
    return made.files


@pytest.fixture(scope="session")
def summary(plan: Plan) -> dict[str, bytes]:
    return render(summary_document(plan.source, plan.registry, {}).document, ("pdf", "docx")).files


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan of the same city with 1,000,000 kWh more in one bill of the town hall of the latest year."""
    folder = tmp_path_factory.mktemp("changed") / "city"
    shutil.copytree(CITY, folder, ignore=shutil.ignore_patterns("inbox"))
    lines = (folder / "activities.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    index = next(n for n, line in enumerate(lines) if ",f001,electricity,2024-05-01" in line)
    cells = lines[index].split(",")
    cells[5] = str(int(cells[5]) + 1_000_000)
    lines[index] = ",".join(cells)
    (folder / "activities.csv").write_text("".join(lines), encoding="utf-8")
    return plan_of(folder)
