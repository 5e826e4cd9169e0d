"""Passages whose number depends on the data: the facilities that changed most, the terms explained."""

from __future__ import annotations

import csv
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.documents.plan.energy import Ranked, outstanding
from kotsukotsu.documents.plan.source import Source
from kotsukotsu.documents.plan.state import drill_downs
from kotsukotsu.documents.registry import Note, Picture, Registry
from kotsukotsu.documents.render.model import Block, Drawn, Heading, Paragraph, Text

NOTES = Path(__file__).parent / "notes.csv"


def passages(source: Source, registry: Registry) -> None:
    """Fill in the passages."""
    registry.blocks["facilities.reasons"] = tuple(_reasons(source))


def notes(registry: Registry) -> None:
    """Fill in the terms."""
    with NOTES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            registry.notes[row["key"]] = Note(row[f"term_{texts.language()}"], row[f"text_{texts.language()}"])


def _reasons(source: Source) -> list[Block]:
    """Figures 10 to 13, under a heading for what rose and one for what fell."""
    risen, _ = outstanding(source)
    found: list[Block] = []
    drawn = drill_downs(source)
    for title, own in (("risen", drawn[: len(risen)]), ("fallen", drawn[len(risen) :])):
        if own:
            found.append(Heading(3, texts.label(f"pd.reasons.{title}")))
            found.append(Paragraph((Text(texts.label(f"pd.reasons.{title}.lead", count=len(own))),)))
            found += [block for one, picture in own for block in _one(source, one, picture)]
    return found


def _one(source: Source, one: Ranked, picture: Picture) -> list[Block]:
    reason = source.reasons.get(one.facility)
    said = texts.label("render.between").join(reason.sentences) if reason else ""
    head = texts.label("pd.reasons.head", facility=one.name, change=one.change, unit=source.overview.unit)
    key = f"facility.{one.facility}"
    return [
        Paragraph((Text(head, strong=True),), "plain"),
        *([Paragraph((Text(said),))] if said else []),
        Drawn(key, picture.caption, picture.svg, picture.alt, note=picture.note),
    ]
