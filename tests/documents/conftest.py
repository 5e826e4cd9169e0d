"""The invented city, computed once: its base year, a complete year and one that is still being collected."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.facilities.model import Sheets
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.findings import Finding
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.publication import Publication, publication
from kotsukotsu.sessions.session import Session

CITY = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
MADE = date(2026, 6, 1)
FY = 2024


@dataclass(frozen=True)
class Made:
    """Inventories and what a document says of them."""

    results: Mapping[int, Inventory]
    names: Names
    findings: Mapping[int, tuple[Finding, ...]]

    @property
    def overview(self) -> Overview:
        return overview(self.results, self.names, self.findings, MADE)

    def of(self, *years: int) -> Made:
        """The same, of some years only."""
        return Made({fy: self.results[fy] for fy in years}, self.names, {fy: self.findings[fy] for fy in years})


def made(folder: Path, *years: int) -> Made:
    session = Session(folder)
    results = {fy: session.inventory(fy) for fy in years}
    findings = {fy: (*completeness(result), *session.doubts(fy)) for fy, result in results.items()}
    return Made(results, namers(session.city, session.law.catalogue), findings)


@pytest.fixture(scope="session")
def city() -> Made:
    return made(CITY, 2013, 2024, 2025)


@pytest.fixture(scope="session")
def shown(city: Made) -> Overview:
    return city.overview


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same city with 100,000 kWh more in one bill of 2024."""
    folder = tmp_path_factory.mktemp("changed")
    for path in CITY.rglob("*"):
        if path.is_file() and "inbox" not in path.parts:
            (folder / path.relative_to(CITY)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(CITY)).write_bytes(path.read_bytes())
    lines = (folder / "activities.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    index = next(n for n, line in enumerate(lines) if ",f001,electricity,2024-05-01" in line)
    cells = lines[index].split(",")
    cells[5] = str(int(cells[5]) + 100_000)
    lines[index] = ",".join(cells)
    (folder / "activities.csv").write_text("".join(lines), encoding="utf-8")
    return made(folder, 2013, 2024)


def published(folder: Path) -> Publication:
    """Base year, the year before and the year: the others take time and are tested with the inventories."""
    whole = publication(Session(folder), FY, MADE, only=(2013, FY - 1, FY))
    assert set(whole.results) == {2013, FY - 1, FY}
    return whole


def sheets_of(whole: Publication) -> Sheets:
    return whole.sheets(whole.overview(), whole.since_base(), whole.since_last())


@pytest.fixture(scope="session")
def city_published() -> Publication:
    return published(CITY)


@pytest.fixture(scope="session")
def sheets(city_published: Publication) -> Sheets:
    return sheets_of(city_published)


@pytest.fixture(scope="session")
def one_more(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The same with 1 kWh more in one bill of the town hall."""
    folder = tmp_path_factory.mktemp("one_more") / "city"
    shutil.copytree(CITY, folder, ignore=shutil.ignore_patterns("inbox"))
    path = folder / "activities.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    index = next(n for n, line in enumerate(lines) if ",f001,electricity,2024-05-01" in line)
    cells = lines[index].split(",")
    cells[5] = str(int(cells[5]) + 1)
    lines[index] = ",".join(cells)
    path.write_text("".join(lines), encoding="utf-8")
    return published(folder)
