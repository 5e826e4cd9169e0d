"""Every test runs apart from this PC: caches and catalogue updates lie in a folder of the test run."""

from __future__ import annotations

import os

import pytest

from tests.base.chromium import chromium
from tests.base.town import Town

__all__ = ["chromium"]


def pytest_collection_modifyitems(items):
    """What takes minutes begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: "test_on_postgres" not in item.nodeid)


@pytest.fixture(autouse=True, scope="session")
def apart(tmp_path_factory):
    """No cache, no installed update and no language of this PC."""
    folder = tmp_path_factory.mktemp("apart")
    wanted = {"XDG_CACHE_HOME": str(folder / "cache"), "KOTSUKOTSU_CATALOGUE": str(folder / "catalogue")}
    before = dict(os.environ)
    os.environ.update(wanted)
    os.environ.pop("KOTSUKOTSU_LANG", None)
    yield folder
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def town(tmp_path):
    """A city folder to fill."""
    return Town(tmp_path / "town")
