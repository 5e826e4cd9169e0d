"""The city's settings as one form, list by list and row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError, PolicyError
from kotsukotsu.web.municipalities.selectors import facility_names
from kotsukotsu.web.registers.forms import Lines
from kotsukotsu.web.registers.settings_fields import LONGEST, Setting, facility_said, field_of, settings_known

NEEDED = ("municipality.code", "municipality.name", "municipality.base_fy")
FIRST = {"policy.change": "from_fy", "milestone": "fiscal_year", "weather.exception": "station"}
"""Lists of rows, and the column that each row must have."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: single fields, then rows of fields by their number."""

    name: str
    single: tuple[forms.BoundField, ...]
    rows: tuple[tuple[int, tuple[forms.BoundField, ...]], ...]


class CityForm(forms.Form):
    """Every known setting, with an empty row at the end of each list; what the file has beyond them stays there."""

    def __init__(self, settings: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settings = settings
        for setting in settings_known():
            if not setting.rows:
                self._add(setting, setting.name, _value(settings, setting.name))
                continue
            for number, row in enumerate([*self._rows(setting.rows), {}], 1):
                last = setting.name.rpartition(".")[2]
                self._add(setting, setting.name.replace("*", str(number)), row.get(last))
        self.fields["why"] = forms.CharField(max_length=LONGEST, label=texts.label("city.why"), widget=Lines())

    def _rows(self, name: str) -> list[Mapping[str, Any]]:
        found = _value(self.settings, name)
        return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []

    def _add(self, setting: Setting, name: str, value: Any) -> None:
        self.fields[name] = field_of(setting, value, required=name in NEEDED)

    def clean(self) -> dict[str, Any]:
        """Rows have their year; the plan does not end before it begins; facilities are known."""
        given = super().clean() or {}
        for name, first in FIRST.items():
            for number in range(1, len(self._rows(name)) + 2):
                self._look_at_row(name, first, number, given)
        begin, end = given.get("plan.first_fy"), given.get("plan.last_fy")
        if begin and end and begin > end:
            self.add_error("plan.last_fy", texts.label("city.unread.span"))
        return given

    def _look_at_row(self, name: str, first: str, number: int, given: Mapping[str, Any]) -> None:
        own = {key.rpartition(".")[2]: value for key, value in given.items() if key.startswith(f"{name}.{number}.")}
        kept = set(self._rows(name)[number - 1]) - set(own) if number <= len(self._rows(name)) else set()
        key = f"{name}.{number}.{first}"
        if own.get(first) is None and key not in self.errors and (kept or any(own.values())):
            self.add_error(key, texts.label("city.unread.row", more=texts.listed(sorted(kept)) or texts.none()))
        if name == "milestone" and own.get(first) and own.get("reduction_pct") is None:
            column = f"{name}.{number}.reduction_pct"
            if column not in self.errors:
                self.add_error(column, texts.label("city.unread.percent", value=""))
        if unknown := [code for code in own.get("facilities") or () if code not in facility_names()]:
            self.add_error(
                f"{name}.{number}.facilities", texts.label("city.unread.facility", codes=texts.listed(unknown))
            )

    @property
    def facilities(self) -> list[str]:
        """What can be chosen where a facility is asked for."""
        known = facility_names()
        return [facility_said(code, known) for code in known]

    @property
    def values(self) -> dict[str, Any]:
        """What was changed: whole name to value, None for what is not to be written."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "why"}

    @property
    def parts(self) -> Iterator[Part]:
        """The fields as the page shows them."""
        for name in dict.fromkeys(setting.part for setting in settings_known()):
            own = [setting for setting in settings_known() if setting.part == name]
            single = tuple(self[setting.name] for setting in own if not setting.rows)
            listed = own[0].rows
            count = len(self._rows(listed)) + 1 if listed else 0
            rows = tuple((number, tuple(self[one.name.replace("*", str(number))] for one in own))
                         for number in range(1, count + 1))  # fmt: skip
            yield Part(name, single, rows)

    def put_error(self, error: KotsukotsuError) -> None:
        """Say an error at the field that it is about, where there is one."""
        key = str(error.data.get("key", ""))
        where = {"F-09": "municipality.code", "F-12": "municipality.base_fy"}.get(error.code, "")
        place = f"policy.{key}" if isinstance(error, PolicyError) else f"plan.{key}"
        field = next((name for name in (where, place) if name in self.fields), None)
        self.add_error(field, error.text())


def _value(settings: Mapping[str, Any], name: str) -> Any:
    found: Any = settings
    for word in name.split("."):
        found = found.get(word) if isinstance(found, Mapping) else None
    return found
