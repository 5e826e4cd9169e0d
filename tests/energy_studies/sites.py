"""The synthetic city hall, as the tests of studies know it."""

from __future__ import annotations

from benchmarks.energy_hall import cars, contract, grid, load, site, weather

__all__ = ["cars", "contract", "grid", "load", "site", "weather"]
