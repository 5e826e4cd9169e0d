"""Sizes that ``energy size`` chose, taken up by the studies that follow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.documents.energy.given import Given
from kotsukotsu.documents.energy.size_words import OF, sized
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.site import Site
from kotsukotsu.store.folder import text_of

MANY = ","  # between the meters that were sized together


@dataclass(frozen=True)
class Chosen:
    """Sizes of a meter that a file tells, empty where none is asked for."""

    file: str = ""
    sizes: Mapping[str, float] = field(default_factory=dict)

    def told(self, one: Given) -> Given:
        """A number of ``site.toml``, or the size that takes its place."""
        if one.key not in self.sizes:
            return one
        return replace(one, value=self.sizes[one.key], source=self.file, status="computed")

    @property
    def sentence(self) -> tuple[str, ...]:
        """What a reader must know first."""
        return (texts.label("energy.chosen", file=self.file, sizes=sized(self.sizes)),) if self.file else ()


@dataclass(frozen=True)
class Results:
    """What a file of ``energy size --format json`` tells: sizes by meter."""

    file: str
    site: object
    fiscal_year: object
    meters: Mapping[str, Mapping[str, float]]

    def of(self, site: Site, meter: str) -> Chosen:
        """The sizes of a meter.

        Raises
        ------
        StudyError
            ED-17 if they are another's.
        """
        if (self.site, self.fiscal_year) != (site.name, site.fiscal_year.number) or meter not in self.meters:
            raise StudyError("ED-17", file=self.file, problem=texts.label("energy.chosen.other"))
        return Chosen(self.file, self.meters[meter])


def read(path: Path) -> Results:
    """The sizes of a file.

    Raises
    ------
    StudyError
        ED-17 if it holds none, or some that cannot be.
    """
    try:
        told = json.loads(text_of(path))
        sizes = {str(key): float(value) for key, value in told["best"]["sizes"].items()}
        site, year, meters = told["site"], told["fiscal_year"], str(told["meter"]).split(MANY)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise StudyError("ED-17", file=path.name, problem=texts.label("energy.chosen.none")) from None
    if any(not 0 <= value < float("inf") for value in sizes.values()):
        raise StudyError("ED-17", file=path.name, problem=texts.label("energy.chosen.negative"))
    return Results(path.name, site, year, {meter: _of_meter(sizes, meter, len(meters)) for meter in meters})


def _of_meter(sizes: Mapping[str, float], meter: str, count: int) -> Mapping[str, float]:
    """Sizes carry the meter's number where several were sized together."""
    if count == 1:
        return sizes
    return {key.removeprefix(meter + OF): size for key, size in sizes.items() if key.startswith(meter + OF)}
