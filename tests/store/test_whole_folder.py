from __future__ import annotations

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
