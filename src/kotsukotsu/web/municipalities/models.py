"""The city, its tables and the other files of its folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Q

from kotsukotsu.web.municipalities.registers import (
    Apportionment,
    Assumption,
    Body,
    Department,
    Erratum,
    Explanation,
    Facility,
    FacilityDepartment,
    IntensityBase,
    Kpi,
    Measure,
    Meter,
    Opinion,
    OwnFactor,
    PowerMix,
    PrintedTotal,
    Progress,
    Renewable,
    Restatement,
    Review,
    Subsidy,
    Supply,
    Survey,
    Vehicle,
    Waste,
)
from kotsukotsu.web.municipalities.tabled import Tabled

__all__ = [
    "Apportionment",
    "Assumption",
    "Body",
    "CityFile",
    "Department",
    "Erratum",
    "Explanation",
    "Facility",
    "FacilityDepartment",
    "IntensityBase",
    "Kpi",
    "Measure",
    "Meter",
    "Municipality",
    "Opinion",
    "OwnFactor",
    "PowerMix",
    "PrintedTotal",
    "Progress",
    "Renewable",
    "Restatement",
    "Review",
    "Subsidy",
    "Supply",
    "Survey",
    "Tabled",
    "Vehicle",
    "Waste",
]
ONLY = 1
READ = 4  # texts of settings whose meaning is kept at hand


class Municipality(models.Model):
    """The one city of this installation.

    Attributes
    ----------
    key : UUID
        Names the caches of this database; a restored one gets another.
    settings_toml : str
        ``municipality.toml`` as the city wrote it, remarks included.
    revision : int
        Raised by every change of a register, never to a number that there has been [microseconds since 1970]; with
        the ledger's last row it says whether results are still good.
    last_activity : int
        The last number given to a row of the ledger.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    key = models.UUIDField(default=uuid4)
    settings_toml = models.TextField()
    revision = models.BigIntegerField(default=1)
    last_activity = models.BigIntegerField(default=0)

    class Meta:
        constraints = [CheckConstraint(condition=Q(id=ONLY), name="one_municipality")]

    def __str__(self) -> str:
        return str(self.settings["municipality"]["name"])

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings as read."""
        return _read(self.settings_toml)


@lru_cache(maxsize=READ)
def _read(settings_toml: str) -> Mapping[str, Any]:
    return tomllib.loads(settings_toml)


class CityFile(models.Model):
    """A file of the city folder that is no table known here, kept byte by byte."""

    path = models.CharField(max_length=400, unique=True)
    content = models.BinaryField()

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path
