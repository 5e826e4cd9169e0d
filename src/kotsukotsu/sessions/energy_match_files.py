"""What a matching leaves for others: the ledger of half-hours, and supply contracts of the city's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from kotsukotsu import schema
from kotsukotsu.energy.match.certificates import Ledger
from kotsukotsu.energy.match.supplies import factors, supplies
from kotsukotsu.sessions.energy_match import Matched, customers
from kotsukotsu.sessions.energy_series import JST_SECONDS, SLOT
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store import match_ledger
from kotsukotsu.store.folder import write_file


def write_ledger(path: Path, found: Ledger) -> None:
    """Every generator, building and half-hour with energy."""
    match_ledger.write(path, columns(found))


def columns(found: Ledger) -> dict[str, np.ndarray[Any, Any]]:
    """The rows of the ledger as columns; times in UTC."""
    matching = found.matching
    generator, building, slot = np.nonzero(matching.allocated)
    start = np.datetime64(matching.calendar.start, "s") - JST_SECONDS
    ids = np.asarray([one.generator_id for one in matching.generators], object)
    return {
        "generator": ids[generator],
        "building": np.asarray(matching.buildings, object)[building],
        "ts_start": start + slot * SLOT,
        "allocated_wh": matching.allocated[generator, building, slot],
        "cancelled_wh": found.cancelled[generator, building, slot],
    }


def write_supplies(folder: Path, opened: EnergySite, found: Matched) -> int:
    """``supplies.csv`` and ``factors/matched.csv`` for the city's folder; how many contracts there are."""
    rows = supplies(found.ledger, customers(opened))
    write_file(folder / "supplies.csv", schema.write(rows, "supplies"))
    write_file(folder / "factors" / "matched.csv", schema.write(factors(found.ledger, found.certificates), "factors"))
    return len(rows)
