"""A catalogue with one thing changed: the shipped data, and a folder that replaces a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kotsukotsu.catalogue.load import SHIPPED

Edit = Callable[[str, str, str], tuple[Path, Path]]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Folders to load in which one text of one file is replaced by another; the text must stand there."""

    def edit(name: str, old: str, new: str) -> tuple[Path, Path]:
        path = tmp_path / name
        text = (path if path.exists() else SHIPPED / name).read_text(encoding="utf-8")
        assert old in text
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return SHIPPED, tmp_path

    return edit
