"""The accounting policy of a plan: which factor applies is dated data, never code.

Every key has the default that follows the rules in force for 事務事業編; ``[[policy.change]]`` with ``from_fy``
changes keys from a fiscal year on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from kotsukotsu.errors import PolicyError
from kotsukotsu.rounding import METHODS, SUMS, Rounding

CHOICES: Mapping[str, tuple[str, ...]] = {
    "regime": ("sekorei3", "shk"),
    "fuel_factors": ("rounded", "exact"),
    "electricity_kind": ("basic", "adjusted"),
    "gwp": ("by-year", "SAR", "AR4", "AR5"),
    "month_of": ("end", "days"),
}
YEAR_WORDS = ("previous", "same")
MAPPINGS = ("conversions", "heat")
ROUNDING_KEYS = frozenset(field.name for field in fields(Rounding))


@dataclass(frozen=True, slots=True)
class Policy:
    """What the law leaves open, as chosen for one fiscal year.

    Attributes
    ----------
    regime : str
        ``sekorei3`` (施行令第3条) or ``shk`` (算定・報告・公表制度).
    fuel_factors : str
        ``rounded``, the decree's value per unit, or ``exact``, heat value x carbon x 44/12.
    electricity_year : str
        ``previous``, ``same`` or the fiscal year of the results as digits.
    electricity_kind : str
        ``basic`` (基礎排出係数) or ``adjusted`` (調整後排出係数).
    gwp : str
        ``by-year`` or one of the sets SAR, AR4, AR5.
    month_of : str
        ``end``: the month of the last day used; ``days``: split by day.
    conversions : mapping
        Item to the conversion (catalogue ``conversions.csv``) that this city uses instead of the default.
    heat : mapping
        Item to the kind of heat value (catalogue ``heat_values.csv``) where the Energy Act has several: ``day``,
        ``night`` or ``other`` for electricity before FY2023, ``other`` for city gas. There is no default.
    """

    regime: str = "sekorei3"
    fuel_factors: str = "rounded"
    electricity_year: str = "previous"
    electricity_kind: str = "basic"
    gwp: str = "by-year"
    month_of: str = "end"
    rounding: Rounding = field(default_factory=Rounding)
    conversions: Mapping[str, str] = field(default_factory=dict)
    heat: Mapping[str, str] = field(default_factory=dict)

    def results_year(self, fy: int) -> int:
        """Fiscal year of the retailers' results whose factors serve fiscal year `fy`."""
        if self.electricity_year == "previous":
            return fy - 1
        return fy if self.electricity_year == "same" else int(self.electricity_year)

    def as_dict(self) -> dict[str, Any]:
        """As written in municipality.toml."""
        return {
            "regime": self.regime,
            "fuel_factors": self.fuel_factors,
            "electricity_year": self.electricity_year,
            "electricity_kind": self.electricity_kind,
            "gwp": self.gwp,
            "month_of": self.month_of,
            "rounding": {
                "unit": self.rounding.unit,
                "digits": self.rounding.digits,
                "method": self.rounding.method,
                "sum": self.rounding.sum,
            },
            "conversions": dict(self.conversions),
            "heat": dict(self.heat),
        }


def policy_at(settings: Mapping[str, Any], fy: int) -> Policy:
    """The policy in force for a fiscal year.

    Parameters
    ----------
    settings : mapping
        ``municipality.toml`` as read.

    Raises
    ------
    PolicyError
        P-01 unknown key, P-02 unknown value, P-03 a change without ``from_fy``.
    """
    table = dict(settings.get("policy", {}))
    changes = table.pop("change", [])
    policy = _changed(Policy(), table)
    for change in sorted(changes, key=_from_fy):
        if _from_fy(change) <= fy:
            policy = _changed(policy, {key: value for key, value in change.items() if key != "from_fy"})
    return policy


def _from_fy(change: Mapping[str, Any]) -> int:
    if not isinstance(change.get("from_fy"), int):
        raise PolicyError("P-03")
    return int(change["from_fy"])


def _changed(policy: Policy, table: Mapping[str, Any]) -> Policy:
    for key, value in table.items():
        policy = replace(policy, **{key: _checked(key, value)})
    return policy


def _checked(key: str, value: Any) -> Any:
    if key == "rounding":
        return _rounding(value)
    if key in MAPPINGS:
        return _mapping(key, value)
    if key == "electricity_year":
        return _year(value)
    if key not in CHOICES:
        raise PolicyError("P-01", key=key)
    if value not in CHOICES[key]:
        raise PolicyError("P-02", key=key, value=value, choices=" / ".join(CHOICES[key]))
    return value


def _mapping(key: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value.values()):
        raise PolicyError("P-02", key=key, value=value, choices='{ lpg = "lpg.2_183" }')
    return dict(value)


def _year(value: Any) -> str:
    if value in YEAR_WORDS or (isinstance(value, int) and 1990 <= value <= 2100):
        return str(value)
    raise PolicyError("P-02", key="electricity_year", value=value, choices="previous / same / 2013")


def _rounding(value: Any) -> Rounding:
    rounding = Rounding(**value) if isinstance(value, Mapping) and set(value) <= ROUNDING_KEYS else None
    if rounding is None or not (
        rounding.unit in ("t", "kg")
        and type(rounding.digits) is int
        and rounding.method in METHODS
        and rounding.sum in SUMS
    ):
        choices = "unit t / kg, digits 0, method half-up / truncate, sum unrounded / rounded"
        raise PolicyError("P-02", key="rounding", value=value, choices=choices)
    return rounding
