from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kotsukotsu.errors import PublicationError
from kotsukotsu.store import whole_folder


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_folder_appears_whole_and_replaces_its_former_self(tmp_path):
    whole_folder.write(tmp_path / "a" / "site", {"index.html": b"1", "en/index.html": b"2", "old.html": b"3"})
    whole_folder.write(tmp_path / "a" / "site", {"index.html": b"4"})
    assert names(tmp_path) == {"a/site/index.html", "a/site/.kotsukotsu"}
    assert (tmp_path / "a/site/index.html").read_bytes() == b"4"


def test_an_interruption_leaves_what_was_there_before(tmp_path, monkeypatch):
    whole_folder.write(tmp_path / "site", {"index.html": b"old"})
    real = Path.write_bytes

    def interrupted(path: Path, data: bytes) -> int:
        if path.name == "b.html":
            raise KeyboardInterrupt
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        whole_folder.write(tmp_path / "site", {"index.html": b"new", "b.html": b"new"})
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"
    assert names(tmp_path) == {"site/index.html", "site/.kotsukotsu"}


def test_a_folder_with_other_things_in_it_is_never_replaced(tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"mine")
    with pytest.raises(PublicationError, match="PB-03"):
        whole_folder.write(tmp_path, {"index.html": b"1"})
    assert names(tmp_path) == {"letter.docx"}


def test_a_file_in_the_way_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PublicationError, match="PB-04"):
        whole_folder.write(tmp_path / "file" / "site", {"index.html": b"1"})


def killed(moment: int, out: Path, said: str) -> subprocess.CompletedProcess[str]:
    child = [sys.executable, "tests/killing.py", str(moment), "write", str(out), said]
    return subprocess.run(child, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


def test_a_process_killed_at_any_moment_leaves_the_folder_before_or_after(tmp_path):
    out = tmp_path / "site"
    whole_folder.write(out, {"a.txt": b"old"})
    moments = int(killed(0, tmp_path / "other" / "x", "new").stdout)
    assert moments >= 4
    for moment in range(1, moments):
        assert killed(moment, out, "new").returncode == -signal.SIGKILL
        found = {name: (out / name).read_bytes() for name in names(out)}
        assert found in (
            {"a.txt": b"old", ".kotsukotsu": b""},
            {"a.txt": b"new", "b/c.txt": b"new", "d.txt": b"new", ".kotsukotsu": b""},
        )
    assert killed(0, out, "new").returncode == 0
    assert (out / "d.txt").read_bytes() == b"new"


def test_a_folder_left_under_its_other_name_comes_back(tmp_path):
    whole_folder.write(tmp_path / "site", {"a.txt": b"old"})
    (tmp_path / "site").rename(tmp_path / ".site.x1.old")
    whole_folder.check(tmp_path / "site")
    assert (tmp_path / "site/a.txt").read_bytes() == b"old"
