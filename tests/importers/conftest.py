"""A small invented city, and the sample files that its departments send."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kotsukotsu.importers import Context, ImportResult, Item, Profile, read

ITEMS = (
    Item("electricity", "電気（買電）", ("kWh",)),
    Item("city_gas", "都市ガス", ("m3", "Nm3")),
    Item("kerosene", "灯油", ("L",)),
    Item("heavy_oil_a", "A重油", ("L",)),
    Item("lpg", "液化石油ガス（LPG）", ("kg", "m3")),
)


def load_samples() -> ModuleType:
    if "importer_samples" not in sys.modules:
        spec = importlib.util.spec_from_file_location("importer_samples", Path(__file__).parent / "samples.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["importer_samples"] = module
        spec.loader.exec_module(module)
    return sys.modules["importer_samples"]


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    return load_samples()


@pytest.fixture(scope="session")
def context(samples: ModuleType) -> Context:
    return Context(samples.FACILITIES, ITEMS, meters=samples.SUPPLY_POINTS)


@pytest.fixture
def load(context: Context) -> Callable[..., ImportResult]:
    def run(data: bytes, name: str = "回答.xlsx", profile: Profile | None = None, **more: Any) -> ImportResult:
        return read(data, name, replace(context, **more), profile)

    return run


def posted(result: ImportResult) -> tuple[dict[str, Any], ...]:
    """The city's rows after an import."""
    return tuple({**row, "activity_id": f"a{number}"} for number, (row, _) in enumerate(result.changes))


@pytest.fixture(scope="session")
def after() -> Callable[[ImportResult], tuple[dict[str, Any], ...]]:
    return posted
