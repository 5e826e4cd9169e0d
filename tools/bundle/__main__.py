"""Make the archive: every wheel of the lock file for one kind of PC, an installer, a list of checksums.

    python -m tools.bundle --platform windows --python 3.12 [--python-installer python-3.12.x-amd64.exe] --out dist

It needs the network (the wheels come from the package registry); what it makes does not.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
EXTRAS = ("devices", "documents", "energy", "web")
SHIPPED = ("install.py", "setup.cmd", "setup.sh", "はじめにお読みください.txt")
CHECKSUMS = "SHA256SUMS"
PLATFORMS = {
    "windows": ("x86_64-pc-windows-msvc", ("win_amd64",)),
    "linux": (
        "x86_64-manylinux_2_28",
        ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_24_x86_64", "manylinux_2_17_x86_64",
         "manylinux2014_x86_64", "manylinux_2_12_x86_64", "manylinux2010_x86_64", "manylinux_2_5_x86_64",
         "manylinux1_x86_64"),
    ),
}  # fmt: skip


def main() -> None:
    """Read the arguments, make one archive and print where it lies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", choices=PLATFORMS, default="windows")
    parser.add_argument("--python", default="3.12", help="version of Python on the PC")
    parser.add_argument("--python-installer", type=Path, help="python.org's installer, put in beside")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "kotsukotsu"
        fill(stage, asked.platform, asked.python)
        if asked.python_installer:
            (stage / "python").mkdir()
            shutil.copy2(asked.python_installer, stage / "python")
        write_checksums(stage)
        print(archive(stage, asked.out, f"{version(stage)}-{asked.platform}-python{asked.python}"))


def fill(stage: Path, platform: str, python: str, extras: Iterable[str] = EXTRAS) -> None:
    """Put the wheels and the installer into a folder."""
    wheels = stage / "wheels"
    wheels.mkdir(parents=True)
    _run("uv", "build", "--quiet", "--wheel", "--out-dir", wheels, ROOT)
    (wheels / ".gitignore").unlink(missing_ok=True)
    _download(wheels, _needed(stage, platform, python, extras), platform, python)
    for name in SHIPPED:
        shutil.copy2(HERE / name, stage / name)
    (stage / "python-version.txt").write_text(f"{python}\n", encoding="ascii")


def _needed(stage: Path, platform: str, python: str, extras: Iterable[str]) -> Path:
    """The packages of the lock file that this kind of PC needs, one a line."""
    locked, needed = stage / "locked.txt", stage / "requirements.txt"
    wanted = [word for extra in extras for word in ("--extra", extra)]
    _run("uv", "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--no-header",
         *wanted, "--output-file", locked)  # fmt: skip
    _run("uv", "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate",
         "--python-platform", PLATFORMS[platform][0], "--python-version", python,
         "--output-file", needed, locked)  # fmt: skip
    locked.unlink()
    return needed


def _download(wheels: Path, needed: Path, platform: str, python: str) -> None:
    tags = [word for tag in PLATFORMS[platform][1] for word in ("--platform", tag)]
    _run(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
         "--no-deps", "--implementation", "cp", "--python-version", python, *tags,
         "--dest", wheels, "--requirement", needed)  # fmt: skip


def _run(*words: object) -> None:
    """Run a program of the project's environment; what it says is shown, a failure ends the making."""
    first, *rest = map(str, words)
    program = Path(sys.executable).parent / first
    subprocess.run([str(program) if program.exists() else first, *rest], cwd=ROOT, check=True)  # noqa: S603 - own words


def version(stage: Path) -> str:
    """Version of the product, from the name of its wheel."""
    return next((stage / "wheels").glob("kotsukotsu-*.whl")).name.split("-")[1]


def write_checksums(stage: Path) -> None:
    """List the SHA-256 of every file; the installer compares them."""
    files = sorted(path for path in stage.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(stage).as_posix()}" for path in files]
    (stage / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def archive(stage: Path, out: Path, name: str) -> Path:
    """Pack the folder; the archive has its name only when it is whole."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"kotsukotsu-{name}.zip"
    partial = path.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(stage.rglob("*")):
            packed.write(file, f"kotsukotsu/{file.relative_to(stage).as_posix()}")
    return partial.replace(path)


if __name__ == "__main__":
    main()
