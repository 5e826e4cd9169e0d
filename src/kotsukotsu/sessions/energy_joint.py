"""Meters of a site that are planned together: each with its tariff and equipment, with the lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.energy.given import TRANSFERS, Given
from kotsukotsu.energy.dispatch.model import System, Wire
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.sessions.energy_chosen import Chosen, read
from kotsukotsu.sessions.energy_site import EnergySite, shortened
from kotsukotsu.sessions.energy_system import Planned, planned


@dataclass(frozen=True)
class Joint:
    """One meter, or several that share limits and the lines that the site allows."""

    parts: tuple[Planned, ...]

    @property
    def opened(self) -> EnergySite:
        """The site."""
        return self.parts[0].opened

    @property
    def name(self) -> str:
        """The meters' numbers."""
        return ",".join(part.meter_id for part in self.parts)

    @property
    def place(self) -> str:
        """The buildings behind the meters, where the site has others beside or there are several."""
        meters = self.opened.site.meters
        each = [(part.meter_id, shortened([row["name"] for row in meters[part.meter_id]])) for part in self.parts]
        if len(each) > 1:
            return texts.listed(f"{number} {names}" for number, names in each)
        return each[0][1] if len(meters) > 1 else ""

    def system(self, *, open_sizes: bool = False, yen_per_kg: float = 0.0, grid_kw: float = np.inf) -> System:
        """All meters with their equipment and the lines between them."""
        each = [part.system(open_sizes=open_sizes, yen_per_kg=yen_per_kg, grid_kw=grid_kw) for part in self.parts]
        return replace(each[0], meters=tuple(meter for one in each for meter in one.meters), wires=self.wires)

    @cached_property
    def wires(self) -> tuple[Wire, ...]:
        """Lines from one of the meters to another; none where ``site.toml`` allows none.

        Raises
        ------
        StudyError
            ED-18 a line of which something is missing or cannot be.
        """
        if len(self.parts) == 1:
            return ()
        named = {part.meter_id for part in self.parts}
        made = [self._wire(place, row) for place, row in enumerate(self._rows, 1)]
        return tuple(wire for wire in made if {wire.start, wire.end} <= named)

    def _wire(self, place: int, row: Mapping[str, Any]) -> Wire:
        ends = [str(row.get(key, "")) for key in ("start", "end")]
        kw, efficiency = (_number(row.get(key)) for key in ("kw", "efficiency"))
        known = set(ends) <= set(self.opened.site.meters) and ends[0] != ends[1]
        if not known or not 0 <= kw < np.inf or not 0 < efficiency <= 1:
            raise StudyError("ED-18", place=place, start=ends[0], end=ends[1])
        return Wire(f"{ends[0]}>{ends[1]}", ends[0], ends[1], kw, efficiency)

    @property
    def _rows(self) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.opened.site.settings.get(TRANSFERS, [])
        return rows

    @property
    def chosen(self) -> Chosen:
        """The sizes of all meters that a file tells."""
        sizes = {part.key(key): size for part in self.parts for key, size in part.chosen.sizes.items()}
        return Chosen(self.parts[0].chosen.file, sizes)

    @property
    def given(self) -> tuple[Given, ...]:
        """Every number that the plan and its money rest on; what several meters share stands once."""
        return self._once([one for part in self.parts for one in part.all_given])

    @property
    def of_plan(self) -> tuple[Given, ...]:
        """Every number that the plan rests on."""
        return self._once([one for part in self.parts for one in part.of_plan])

    def _once(self, found: Sequence[Given]) -> tuple[Given, ...]:
        """What several meters share stands once; the lines come last."""
        return tuple(dict.fromkeys((*found, *self._lines())))

    def _lines(self) -> Iterator[Given]:
        for row in self._rows:
            name = f"{row.get('start')}>{row.get('end')}"
            if name in {wire.name for wire in self.wires}:
                yield Given(TRANSFERS, name, float(row["kw"]), str(row.get("source", "")), str(row.get("status", "")))


def _number(value: object) -> float:
    """A number, or one that no comparison holds for."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else np.nan


def joint(opened: EnergySite, meter: str | None, others: Sequence[str] = (), chosen: Path | None = None) -> Joint:
    """The meter that is asked for and those that are planned with it, each with its sizes of a file that tells them.

    Raises
    ------
    EnergyError
        ST-03 if the site has no such meter.
    StudyError
        ED-17 if the file holds no sizes of the first.
    """
    told = read(chosen) if chosen else None
    first = planned(opened, meter, told)
    rest = [planned(opened, other, told if told and other in told.meters else None)
            for other in dict.fromkeys(others) if other != first.meter_id]  # fmt: skip
    if not rest:
        return Joint((first,))
    return Joint(tuple(replace(part, name=part.meter_id) for part in (first, *rest)))
