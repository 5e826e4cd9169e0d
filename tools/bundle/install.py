"""Install or update kotsukotsu on this PC from the files beside this one: no network, no administrator.

Every version stands in a folder of its own; `current.txt` names the one in use and is replaced last, in one step.
An interrupted installation therefore leaves the former version in use. The city's data lie elsewhere and are saved
by the former version before a newer one is taken into use.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
CHECKSUMS, CURRENT, VERSIONS = "SHA256SUMS", "current.txt", "versions"


class InstallError(Exception):
    """What stands in the way, in words."""


def main() -> int:
    """Install; say in Japanese what was done or what to do."""
    parser = argparse.ArgumentParser(description="コツコツを入れます（更新も同じです）。")
    parser.add_argument("--to", type=Path, default=default_place(), help="入れる場所")
    parser.add_argument("--home", type=Path, default=default_home(), help="データの場所")
    asked = parser.parse_args()
    try:
        install(asked.to, asked.home)
    except InstallError as error:
        print(f"× {error}", file=sys.stderr)
        return 1
    return 0


def default_place() -> Path:
    """Where a person may write without an administrator."""
    if WINDOWS:
        return Path(os.environ["LOCALAPPDATA"]) / "Programs" / "kotsukotsu"
    return Path.home() / ".local" / "opt" / "kotsukotsu"


def default_home() -> Path:
    """Where the web application keeps the city's data, unless told otherwise."""
    if named := os.environ.get("KOTSUKOTSU_HOME"):
        return Path(named)
    if WINDOWS:
        return Path(os.environ["LOCALAPPDATA"]) / "kotsukotsu" / "web"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "kotsukotsu" / "web"


def install(place: Path, home: Path) -> None:
    """Check the files, save the data, make the version's folder, take the version into use."""
    check_python()
    check_files()
    name = f"{product_version()}-{datetime.now().astimezone():%Y%m%d%H%M%S}"
    print(f"コツコツ {product_version()} を {place} に入れます。数分かかります。")
    folder = place / VERSIONS / name
    save_data(place, home, name)
    make(folder)
    take_into_use(place, name)
    print(f"入りました。始めるには {start_file(place)} を開いてください。")


def check_python() -> None:
    """Refuse another Python than the wheels are for."""
    wanted = (HERE / "python-version.txt").read_text(encoding="ascii").strip()
    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    if found != wanted:
        raise InstallError(f"Python {wanted} が要りますが、これは {found} です。Python {wanted} で実行してください。")


def check_files() -> None:
    """Compare every file with its checksum."""
    for line in (HERE / CHECKSUMS).read_text(encoding="utf-8").splitlines():
        checksum, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file():
            raise InstallError(f"ファイルがありません：{name}　もう一度コピーしてください。")
        if hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            raise InstallError(f"ファイルが壊れています：{name}　もう一度コピーしてください。")


def product_version() -> str:
    """Version of the product, from the name of its wheel."""
    return next((HERE / "wheels").glob("kotsukotsu-*.whl")).name.split("-")[1]


def make(folder: Path) -> None:
    """An environment of its own with every wheel; the package registry is never asked."""
    venv.create(folder, with_pip=True)
    wheel = next((HERE / "wheels").glob("kotsukotsu-*.whl"))
    words = [program(folder, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index",
             "--no-deps", "--find-links", str(HERE / "wheels"), "--requirement", str(HERE / "requirements.txt"),
             str(wheel)]  # fmt: skip
    if subprocess.run(words, check=False).returncode:  # noqa: S603 - own words
        raise InstallError("部品を入れられませんでした。空き容量（2 GB）を確かめ、もう一度実行してください。")


def program(folder: Path, name: str) -> str:
    """A program of an environment."""
    return str(folder / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name))


def save_data(place: Path, home: Path, name: str) -> None:
    """Let the version in use save the data, so that the update can be taken back."""
    current = place / CURRENT
    if not (home.exists() and current.exists()):
        return
    former = place / VERSIONS / current.read_text(encoding="utf-8").strip()
    saved = home / "backups" / f"before-{name}.zip"
    saved.parent.mkdir(parents=True, exist_ok=True)
    words = [program(former, "kotsukotsu"), "backup", str(saved), "--home", str(home)]
    if subprocess.run(words, check=False).returncode:  # noqa: S603 - own words
        raise InstallError("データの控えを取れませんでした。更新していません。上の説明をご覧ください。")
    print(f"データの控え：{saved}")


def start_file(place: Path) -> Path:
    """The file that a person opens."""
    return place / ("コツコツを始める.cmd" if WINDOWS else "kotsukotsu")


def take_into_use(place: Path, name: str) -> None:
    """Write the files that start the version, the one that names it last."""
    _replace(start_file(place), _START_WINDOWS if WINDOWS else _START_LINUX, executable=not WINDOWS)
    if WINDOWS:
        _replace(place / "コツコツの命令を打つ.cmd", _COMMANDS_WINDOWS, executable=False)
    _replace(place / CURRENT, f"{name}\n")


def _replace(path: Path, words: str, *, executable: bool = False) -> None:
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("w", encoding="utf-8", newline="\r\n" if WINDOWS else "\n") as file:
        file.write(words)
    if executable:
        partial.chmod(0o755)
    partial.replace(path)


_START_WINDOWS = """@echo off
chcp 65001 >nul
set /p VERSION=<"%~dp0current.txt"
if "%~1"=="" (
  start "" http://127.0.0.1:8000
  "%~dp0versions\\%VERSION%\\Scripts\\kotsukotsu.exe" serve
) else (
  "%~dp0versions\\%VERSION%\\Scripts\\kotsukotsu.exe" %*
)
"""
# A window in which `kotsukotsu` and `python` are found, as the tutorial writes them.
_COMMANDS_WINDOWS = """@echo off
chcp 65001 >nul
set /p VERSION=<"%~dp0current.txt"
set "PATH=%~dp0versions\\%VERSION%\\Scripts;%PATH%"
cd /d "%USERPROFILE%\\Documents"
cmd /k
"""
_START_LINUX = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/versions/$(cat "$here/current.txt")/bin/kotsukotsu" "${@:-serve}"
"""

if __name__ == "__main__":
    sys.exit(main())
