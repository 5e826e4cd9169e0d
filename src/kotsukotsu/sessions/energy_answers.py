"""What was answered by hand to requests of demand response, so that the next command keeps to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.devices.openadr.book import Opt
from kotsukotsu.devices.openadr.event import Event
from kotsukotsu.periods import JST
from kotsukotsu.store.folder import text_of, write_file

TABLE, FILE = "energy/answers", "answers.csv"
WORDS: Mapping[str, Opt] = {"yes": "optIn", "no": "optOut"}
Said = Mapping[tuple[str, int], Opt]  # by request and its modification


def given(folder: Path, device_id: str) -> Said:
    """The answers to the requests of a VTN; of several to the same the last counts."""
    return {
        (row["event_id"], row["modification"]): WORDS[row["joined"]]
        for row in _rows(folder)
        if row["device_id"] == device_id
    }


def keep(folder: Path, device_id: str, event: Event, opt: Opt, now: datetime) -> None:
    """Add an answer that the VTN has heard."""
    word = next(word for word, one in WORDS.items() if one == opt)
    row = {"device_id": device_id, "event_id": event.event_id, "modification": event.modification, "joined": word,
           "start": event.start.astimezone(JST), "answered_at": now.astimezone(JST)}  # fmt: skip
    write_file(folder / FILE, schema.write([*_rows(folder), row], TABLE))


def _rows(folder: Path) -> list[schema.Row]:
    path = folder / FILE
    return schema.read(text_of(path), TABLE, FILE) if path.is_file() else []
