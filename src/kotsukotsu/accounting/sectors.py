"""The sector of an emission: from the item, the gas and the facility's use, by ``sectors.csv``."""

from __future__ import annotations

import csv
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

ORDER = ("commercial", "transport", "non_energy_co2", "ch4", "n2o", "hfcs", "pfcs", "sf6", "nf3")


@cache
def _rules() -> tuple[tuple[str, str, str, str], ...]:
    with (Path(__file__).parent / "sectors.csv").open(encoding="utf-8", newline="") as file:
        return tuple((r["group"], r["gas"], r["facility_use"], r["sector"]) for r in csv.DictReader(file))


@cache
def sector(group: str, gas: str, facility_use: str) -> str:
    """The first rule that fits; 施行令第3条 and the national plan's sectors for a city's own operations.

    Raises
    ------
    KeyError
        If no rule fits: the table must answer for every item group.

    Examples
    --------
    >>> sector("fuel", "CO2", "公用車"), sector("fuel", "CO2", "小学校"), sector("waste", "CO2", "")
    ('transport', 'commercial', 'non_energy_co2')
    """
    for rule_group, rule_gas, rule_use, name in _rules():
        if fnmatchcase(group, rule_group) and fnmatchcase(gas, rule_gas) and fnmatchcase(facility_use, rule_use):
            return name
    raise KeyError((group, gas, facility_use))
