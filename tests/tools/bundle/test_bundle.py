"""The archive for a PC without the Internet: really made, really installed, the network never asked."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.bundle.__main__ import archive, fill, version, write_checksums

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "http_proxy": "http://127.0.0.1:9",
              "https_proxy": "http://127.0.0.1:9"}  # fmt: skip


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """An archive with the core's packages, unpacked as on the PC."""
    folder = tmp_path_factory.mktemp("bundle")
    fill(folder / "stage", "linux", PYTHON, extras=())
    write_checksums(folder / "stage")
    with zipfile.ZipFile(archive(folder / "stage", folder, "test")) as packed:
        packed.extractall(folder / "usb")
    return folder / "usb" / "kotsukotsu"


def setup(unpacked: Path, place: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(unpacked / "install.py"), "--to", str(place), "--home", str(home)]
    environment = {**os.environ, **NO_NETWORK}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def installed(unpacked, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("place")
    done = setup(unpacked, place, place / "data")
    assert (done.returncode, done.stderr) == (0, "")
    return place


def test_the_installed_command_computes_without_the_project(installed, tmp_path):
    city = Path(__file__).parents[3] / "examples" / "kosen"
    command = [str(installed / "kotsukotsu"), "check", str(city), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("{")


def test_a_second_version_stands_beside_the_first_and_is_taken_into_use(unpacked, installed):
    first = (installed / "current.txt").read_text().strip()
    assert setup(unpacked, installed, installed / "data").returncode == 0
    second = (installed / "current.txt").read_text().strip()
    assert second != first
    assert {path.name for path in (installed / "versions").iterdir()} == {first, second}


def test_a_damaged_or_missing_file_is_refused_and_the_version_in_use_stays(unpacked, installed):
    before = (installed / "current.txt").read_text()
    path = unpacked / "requirements.txt"
    good = path.read_bytes()
    try:
        path.write_bytes(good + b"#")
        damaged = setup(unpacked, installed, installed / "data")
        path.unlink()
        missing = setup(unpacked, installed, installed / "data")
    finally:
        path.write_bytes(good)
    assert (damaged.returncode, missing.returncode) == (1, 1)
    assert "壊れています：requirements.txt" in damaged.stderr
    assert "ファイルがありません：requirements.txt" in missing.stderr
    assert (installed / "current.txt").read_text() == before


def test_an_update_does_not_go_on_where_the_data_cannot_be_saved(unpacked, installed):
    """The first version has no web application, so it cannot save: what is in use must stay."""
    before = (installed / "current.txt").read_text()
    home = installed / "home"
    home.mkdir()
    done = setup(unpacked, installed, home)
    assert done.returncode == 1
    assert "更新していません" in done.stderr
    assert (installed / "current.txt").read_text() == before


def test_the_archive_carries_the_version_of_the_product(unpacked):
    assert version(unpacked) == "0.1.0"
