"""Sizes that ``energy size`` chose, taken up by the studies that follow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.energy.given import Given
from kotsukotsu.documents.energy.size_words import sized
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.store.folder import text_of


@dataclass(frozen=True)
class Chosen:
    """Sizes of a file, empty where none is asked for.

    Attributes
    ----------
    told_of : mapping
        Site, fiscal year and meter that the file speaks of.
    """

    file: str = ""
    sizes: Mapping[str, float] = field(default_factory=dict)
    told_of: Mapping[str, Any] = field(default_factory=dict)

    def of(self, **here: object) -> Mapping[str, float]:
        """The sizes, where the file speaks of this site, fiscal year and meter.

        Raises
        ------
        StudyError
            ED-17 if they are another's.
        """
        if self.file and self.told_of != here:
            raise StudyError("ED-17", file=self.file, problem=texts.label("energy.chosen.other"))
        return self.sizes

    def told(self, one: Given) -> Given:
        """A number of ``site.toml``, or the size that takes its place."""
        if one.key not in self.sizes:
            return one
        return replace(one, value=self.sizes[one.key], source=self.file, status="computed")

    @property
    def sentence(self) -> tuple[str, ...]:
        """What a reader must know first."""
        return (texts.label("energy.chosen", file=self.file, sizes=sized(self.sizes)),) if self.file else ()


def read(path: Path) -> Chosen:
    """The sizes of a file.

    Raises
    ------
    StudyError
        ED-17 if it holds none, or some that cannot be.
    """
    try:
        told = json.loads(text_of(path))
        sizes = {str(key): float(value) for key, value in told["best"]["sizes"].items()}
        about = {key: told[key] for key in ("site", "fiscal_year", "meter")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise StudyError("ED-17", file=path.name, problem=texts.label("energy.chosen.none")) from None
    if any(not 0 <= value < float("inf") for value in sizes.values()):
        raise StudyError("ED-17", file=path.name, problem=texts.label("energy.chosen.negative"))
    return Chosen(path.name, sizes, about)
