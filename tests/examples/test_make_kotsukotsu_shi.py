from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CITY = ROOT / "examples" / "kotsukotsu-shi"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    command = [sys.executable, "-m", "examples.make_kotsukotsu_shi", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


def ledger_files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    relative = {path.relative_to(folder): path.read_bytes() for path in files}
    return {str(path): data for path, data in relative.items() if path.parts[0] != "inbox"}


def test_generator_writes_the_committed_city_byte_for_byte(made: Path) -> None:
    expected, actual = ledger_files(CITY), ledger_files(made)
    assert sorted(expected) == sorted(actual)
    assert [name for name in expected if expected[name] != actual[name]] == []


def test_generator_without_a_folder_says_how_to_use_it() -> None:
    command = [sys.executable, "-m", "examples.make_kotsukotsu_shi"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("usage:")
