"""A setting of the city as a field: which there are is a table (``settings.csv``), how each is read its kind."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kotsukotsu import texts
from kotsukotsu.accounting.expand import conversion_named
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.periods import FiscalYear, parse_year
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.store.folder import valid_code
from kotsukotsu.web.municipalities.selectors import facility_names
from kotsukotsu.web.registers.forms import FITS, Lines

FILE = Path(__file__).parent / "settings.csv"
LONGEST = 400
EMPTY = 2  # fields to choose one more
BETWEEN = re.compile(r"[~〜–—-]|\bto\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the part of the page, its whole name in the file (``*`` for the number of a row), its kind."""

    part: str
    name: str
    kind: str
    choices: tuple[str, ...]

    @property
    def rows(self) -> str:
        """The list that it is a column of; empty for a single setting."""
        return self.name.partition(".*.")[0] if ".*." in self.name else ""


@cache
def settings_known() -> tuple[Setting, ...]:
    """Every setting that has a field, in the order of the page."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Setting(row["part"], row["name"], row["kind"], tuple(row["choices"].split(";")) if row["choices"] else ())
            for row in csv.DictReader(file)
        )


class Read(forms.CharField):
    """A field that reads what an office writes; says with the words of its kind what it cannot read."""

    def __init__(self, setting: Setting, **kwargs: Any) -> None:
        self.setting = setting
        self.said = f"city.unread.{setting.kind}"
        super().__init__(max_length=None if setting.kind == "facilities" else LONGEST, **kwargs)

    def clean(self, value: Any) -> Any:
        """The value as the file has it; None for an empty field."""
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            found = READERS[self.setting.kind](text.strip(), self.setting)
        except (ValueError, InvalidOperation, KotsukotsuError):
            found = None
        if found is None:
            raise forms.ValidationError(texts.label(self.said, value=text))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it reads otherwise than the file; what was not touched stays letter by letter."""
        return str(self.prepare_value(initial)).split() != str(data or "").split()

    def prepare_value(self, value: Any) -> Any:
        """The value of the file as an office writes it; what was typed as it was typed."""
        return value if isinstance(value, str) else _written(value, self.setting.kind)


def _written(value: Any, kind: str) -> Any:
    if value is None:
        return ""
    if kind == "year" and type(value) is int:
        return FiscalYear(value).short_name
    if kind == "years" and isinstance(value, list):
        return texts.label("sign.to").join(_written(year, "year") for year in value)
    if kind == "lines" and isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if kind == "facilities" and isinstance(value, list):
        known = facility_names()
        return "\n".join(facility_said(str(one), known) for one in value)
    return str(value)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "")


def _years(text: str, _: Setting) -> list[int] | None:
    parts = [parse_year(part) for part in BETWEEN.split(unicodedata.normalize("NFKC", text))]
    first, last = (parts[0], parts[-1]) if len(parts) == 2 else (None, None)
    return [first, last] if first is not None and last is not None and first <= last else None


def _percent(text: str, _: Setting) -> int | float | None:
    value = Decimal(_plain(text).removesuffix("%"))
    if not 0 <= value <= 100:  # per cent
        return None
    return int(value) if value == value.to_integral_value() else float(plain(value))


def _conversion(text: str, setting: Setting) -> str | None:
    item = setting.name.rpartition(".")[2]
    return text if conversion_named(catalogue(), Policy(conversions={item: text}), item) else None


def _number(text: str, _: Setting) -> int | None:
    value = int(_plain(text))
    return value if value >= 0 else None


def facility_said(code: str, known: Mapping[str, str]) -> str:
    """A facility by its name, with its code, as one chooses it; `known` are the names of all."""
    return texts.bracketed(known[code], code) if code in known else code


def _facilities(text: str, _: Setting) -> list[str]:
    """Codes of what was chosen or typed: a facility with its code, its code, or a name that one alone has."""
    known = facility_names()
    said = {facility_said(code, known): code for code in known} | {
        name: code for code, name in known.items() if list(known.values()).count(name) == 1
    }  # fmt: skip
    return list(dict.fromkeys(said.get(line.strip(), line.strip()) for line in text.splitlines() if line.strip()))


READERS: Mapping[str, Callable[[str, Setting], Any]] = {
    "text": lambda text, _: text,
    "code": lambda text, _: _plain(text) if valid_code(_plain(text)) else None,
    "year": lambda text, _: parse_year(text),
    "years": _years,
    "number": _number,
    "percent": _percent,
    "conversion": _conversion,
    "facilities": _facilities,
    "lines": lambda text, _: [line.strip() for line in text.splitlines() if line.strip()],
}


class Chosen(forms.TypedChoiceField):
    """A choice; a fiscal year among its codes is a number in the file."""

    def __init__(self, setting: Setting, now: Any) -> None:
        offered = [(code, texts.label(f"city.choice.{single(setting)}.{code}")) for code in setting.choices]
        if setting.kind == "results_year":
            offered += [(str(fy), texts.label("city.results_year", year=FiscalYear(fy).short_name))
                        for fy in _results_years(now)]  # fmt: skip
        if now is not None and str(now) not in dict(offered):
            offered.append((str(now), str(now)))  # of the file, whatever it is; looked at when it is read
        super().__init__(choices=[("", _unsaid(setting)), *offered], required=False, empty_value=None, coerce=_typed)


def _typed(code: str) -> str | int:
    return int(code) if code.isdigit() else code


def _results_years(now: Any) -> list[int]:
    known = {factor.source_fy for factor in catalogue().factors if factor.source_fy}
    return sorted(known | ({now} if type(now) is int else set()), reverse=True)


def single(setting: Setting) -> str:
    """The same setting outside a row."""
    return setting.name.replace("change.*.", "")


def _unsaid(setting: Setting) -> str:
    """What holds where nothing is chosen."""
    if setting.rows:
        return texts.label("city.unchanged")
    default = getattr(Policy(), setting.name.rpartition(".")[2], None)
    if not isinstance(default, str):
        return texts.label("city.unsaid")
    return texts.label("city.default", value=texts.label(f"city.choice.{setting.name}.{default}"))


def field_of(setting: Setting, value: Any, *, required: bool) -> forms.Field:
    """The field of a setting, with the value that the file has."""
    if setting.choices:
        field: forms.Field = Chosen(setting, value)
        field.initial = "" if value is None else str(value)
    else:
        field = Read(setting, required=required, widget=_widget(setting, value))
        field.initial = value
    field.label, field.help_text = texts.label(f"city.key.{single(setting)}"), _help(setting)
    return field


class Picked(forms.TextInput):
    """Several things, each in a field of its own in which its name is chosen from a list; some fields are empty."""

    def __init__(self, label: str, choices: str) -> None:
        super().__init__(attrs={"aria-label": label, "list": choices, "autocomplete": "off"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """One field below the other; the first has the name that errors lead to."""
        lines = [*(value or "").splitlines(), *[""] * EMPTY]
        ids = [attrs["id"], *(f"{attrs['id']}_{number}" for number in range(1, len(lines)))]
        parts = (super(Picked, self).render(name, line, {**attrs, "id": one}, renderer)
                 for line, one in zip(lines, ids, strict=True))  # fmt: skip
        return format_html_join("", "{}", ((part,) for part in parts))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """A line for each."""
        return "\n".join(line for line in data.getlist(name) if line.strip())


def _widget(setting: Setting, value: Any) -> forms.Widget:
    if setting.kind == "facilities":
        return Picked(texts.label(f"city.key.{setting.name}"), "facilities")
    if setting.kind == "lines":
        return Lines()
    if setting.kind in ("number", "percent"):
        return forms.TextInput(attrs={"inputmode": "decimal", "class": "number"})
    return Lines() if len(str(value or "")) > FITS else forms.TextInput()


def _help(setting: Setting) -> str:
    entry = texts.entries().get(f"city.help.{setting.name}")  # a row of many fields has no room for it
    return entry.says[texts.language()] if entry else ""
