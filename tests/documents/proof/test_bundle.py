"""The proof is run as a stranger runs it: Python alone, without this package, in a folder of its own."""

from __future__ import annotations

import csv
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from kotsukotsu.accounting.trace import Trace, trace
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.proof import bundle
from kotsukotsu.errors import PublicationError
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session
from tests.documents.conftest import CITY, MADE, Made

YEARS = (2013, 2024)


@cache
def traces(folder: Path) -> dict[int, Trace]:
    session = Session(folder)
    return {fy: trace(session.city, session.law, fy, session.single_rows(fy)) for fy in YEARS}


@pytest.fixture(scope="module")
def files(city: Made):
    made = city.of(*YEARS)
    return bundle.proof(made.overview, made.results, traces(CITY), made.names)


@pytest.fixture
def folder(files, tmp_path: Path) -> Path:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(folder / bundle.SCRIPT)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd="/", check=False)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_script_is_short_and_knows_nothing_of_this_package(files):
    script = files[bundle.SCRIPT].decode()
    assert len(script.splitlines()) <= 100
    imports = {line.split()[1].split(".")[0] for line in script.splitlines() if line.startswith(("import", "from"))}
    assert imports <= set(sys.stdlib_module_names)


def test_a_stranger_computes_the_published_totals_again(folder, shown):
    done = run(folder)
    assert (done.returncode, done.stderr) == (0, "")
    totals = {row["fiscal_year"]: row["printed"] for row in table(folder, "totals.csv") if row["kind"] == "total"}
    assert totals == {"2013": str(shown.totals.base.printed), "2024": str(shown.totals.total.printed)}
    assert f"{len(table(folder, 'totals.csv'))} 個" in done.stdout


def test_every_facility_that_is_published_is_in_the_proof(folder, shown):
    proved = {row["key"]: row["printed"] for row in table(folder, "totals.csv")
              if (row["fiscal_year"], row["kind"]) == ("2024", "facility")}  # fmt: skip
    assert proved == {part.code: str(part.tonnes.printed) for part in shown.emitting}


def test_the_city_has_every_complication_in_it(folder):
    rows, factors = table(folder, "rows-2024.csv"), table(folder, "factors.csv")
    assert {row["share"] for row in rows} > {"1", "0.85", "0.0275"}  # shared meters, dry plastics in the waste
    assert {row["gas"] for row in rows} > {"CO2", "CH4", "N2O"}
    assert any("架空" in factor["source"] for factor in factors)  # the city's own


@pytest.mark.parametrize(
    ("file", "column"),
    [("rows-2024.csv", "quantity"), ("rows-2013.csv", "share"), ("factors.csv", "value"), ("totals.csv", "printed"),
     ("rows-2024.csv", "start")],
)  # fmt: skip
def test_one_digit_changed_is_told(folder, file, column):
    path = folder / file
    lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    place, row = lines[0].index(column), lines[7]
    row[place] = row[place][:-1] + ("1" if row[place][-1] != "1" else "2")
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(lines)
    done = run(folder)
    assert done.returncode > 0
    assert file in done.stdout


def test_a_forged_manifest_does_not_hide_a_changed_bill(folder):
    """Whoever changes a bill and its check sum still does not get the published total."""
    path = folder / "rows-2024.csv"
    before = path.read_text(encoding="utf-8-sig")
    row = table(folder, "rows-2024.csv")[0]
    path.write_text(before.replace(f",{row['quantity']},", f",{row['quantity']}.5,", 1), encoding="utf-8-sig")
    (folder / bundle.MANIFEST).write_text("file,sha256\n", encoding="utf-8-sig")
    done = run(folder)
    assert done.returncode >= 4  # total, item, facility, sector, gas
    assert "2024 total" in done.stdout
    assert "2013 total" not in done.stdout


def test_parallel_contracts_days_multiples_and_thirds_are_in_the_proof_too(town, tmp_path):
    town.policy = ['month_of = "days"', 'fuel_factors = "exact"']
    town.contract("甲電力", share="0.6")
    town.contract("乙電力", share="0.4")
    town.own("electricity", "0.5", supplier="甲電力")
    town.own("electricity", "0.3", supplier="乙電力")
    town.act("electricity", "2013-03-20", "2013-04-20", "1000")
    town.year("electricity", 2013, "12.345", unit="MWh")
    town.year("kerosene", 2013, "1.7", unit="kL")
    session = town.session()
    results = {2013: session.inventory(2013)}
    names = namers(session.city, session.law.catalogue)
    found = {2013: trace(session.city, session.law, 2013, session.single_rows(2013))}
    files = bundle.proof(overview(results, names, {2013: ()}, MADE), results, found, names)
    (tmp_path / "proof").mkdir()
    for name, data in files.items():
        (tmp_path / "proof" / name).write_bytes(data)
    rows, factors = table(tmp_path / "proof", "rows-2013.csv"), table(tmp_path / "proof", "factors.csv")
    assert {row["to_base"] for row in rows} == {"1", "1000"}
    assert {row["share"] for row in rows} > {"0.6", "0.4"}
    assert any("44/12" in factor["note"] and not factor["value_to_tonnes"] for factor in factors)
    assert run(tmp_path / "proof").returncode == 0


def test_rows_that_do_not_add_up_stop_the_publication(city):
    made = city.of(*YEARS)
    wrong = dict(traces(CITY))
    wrong[2024] = Trace(2024, wrong[2024].lines[1:])
    with pytest.raises(PublicationError, match="2024"):
        bundle.proof(made.overview, made.results, wrong, made.names)


def test_a_name_is_no_formula(city):
    made = city.of(2013)
    names = {**made.names, "facility": lambda _: '=HYPERLINK("http://example.jp")'}
    files = bundle.proof(made.overview, made.results, traces(CITY), names)
    assert b",=" not in files["names.csv"].replace(b'"', b"")
    assert bundle.table(("a",), [["-1.5"], ["-a"], ["@1"]]).decode("utf-8-sig").split() == ["a", "-1.5", "'-a", "'@1"]


def test_the_archive_is_the_same_for_the_same_figures(files):
    made = bundle.zipped(files, "proof")
    assert made == bundle.zipped(dict(reversed(files.items())), "proof")
    with ZipFile(BytesIO(made)) as archive:
        assert {name.removeprefix("proof/") for name in archive.namelist()} == set(files)
