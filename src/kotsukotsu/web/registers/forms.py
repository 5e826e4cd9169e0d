"""The form of a row, made from the columns of its register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from kotsukotsu import schema, texts
from kotsukotsu.importers import words
from kotsukotsu.importers.model import Cell
from kotsukotsu.importers.profile import NOT_READ
from kotsukotsu.schema import Column, Row
from kotsukotsu.web.common.forms import DayInput
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.tabled import Tabled
from kotsukotsu.web.registers import references, values
from kotsukotsu.web.registers.headings import Head, Meanings, guess
from kotsukotsu.web.registers.kinds import Register, heading
from kotsukotsu.web.registers.references import Names

# Columns whose texts are usually longer than a line of a form, and how much fits into one.
LONG = ("note", "text", "opinion", "answer", "reason", "source", "locator", "document", "place", "wrong", "right")
FITS = 24
BEYOND = "+"  # no name of a column
ALL = "all_"  # before the name of a column: its one value in every row of a file


class Written(forms.CharField):
    """A cell typed by a person, read as the column wants it."""

    def __init__(self, column: Column, **kwargs: Any) -> None:
        self.column = column
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The value of the column."""
        text = super().clean(value)
        try:
            return values.value(self.column, Cell(text, "text"))
        except WebError as error:
            raise forms.ValidationError(error.text()) from None


class Lines(forms.Textarea):
    """A field of two lines, which grows with what stands in it."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2, "class": "lines"})


class Several(forms.MultipleChoiceField):
    """Boxes to tick, kept as one text."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The codes of the ticked ones."""
        return ";".join(super().clean(value)) or None


def _choice(column: Column, offered: list[tuple[str, str]]) -> forms.Field:
    return forms.TypedChoiceField(choices=[("", texts.none()), *offered], required=column.required, empty_value=None)


def _field(column: Column, known: Names | None, now: object) -> forms.Field:
    if known is not None:
        return _choice(column, references.offered(column.column, known))
    if column.column in values.SEVERAL:
        offered = [(code, values.several_name(code)) for code in values.SEVERAL[column.column]]
        return Several(choices=offered, required=column.required)
    if column.choices:
        return _choice(column, [(choice, values.choice_name(choice)) for choice in column.choices])
    widget: forms.Widget = forms.TextInput()
    if column.type == "date":
        widget = DayInput()
    elif column.type in ("decimal", "integer"):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "number"})
    elif column.column in LONG or len(str(now or "")) > FITS:
        widget = Lines()
    return Written(column, required=column.required, widget=widget)


def _help(column: Column, field: forms.Field) -> str:
    """What the schema says of a column, without the codes where there is a choice, and not what the heading says."""
    if texts.language() != "ja":
        return ""
    said = column.meaning.split("（")[0] if isinstance(field, forms.ChoiceField) else column.meaning
    named = texts.label(f"register.column.{column.column}")
    return "" if said.removesuffix("のコード") == named else said


class RowForm(forms.Form):
    """One row."""

    def __init__(self, register: Register, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        known = references.of(register.table, tuple(column.column for column in register.columns))
        for column in register.columns:
            field = _field(column, known.get(column.column), self.initial.get(column.column))
            field.label, field.help_text = heading(column), _help(column, field)
            self.fields[column.column] = field
        self.fields["why"] = forms.CharField(required=False, label=texts.label("register.why"), widget=Lines())
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput())

    @property
    def row(self) -> Row:
        """The row that was typed."""
        return {column.column: self.cleaned_data[column.column] for column in self.register.columns}


def initial(register: Register, one: Tabled) -> dict[str, Any]:
    """A row as the form shows it."""
    row = one.as_row()
    return {column.column: _initial(column, row[column.column]) for column in register.columns}


def _initial(column: Column, value: object) -> Any:
    if column.column in values.SEVERAL:
        return str(value or "").split(";")
    if column.type == "date":
        return value
    return str(value or "") if column.choices else values.shown(column, value)


class File(forms.Form):
    """A file to take in."""

    file = forms.FileField()
    said, kinds = "register.file", ".xlsx,.ods,.csv"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = texts.label(self.said)
        self.fields["file"].widget.attrs["accept"] = self.kinds


class WeatherFile(File):
    """A file of the Meteorological Agency."""

    said, kinds = "weather.file", ".csv"


class ColumnsForm(forms.Form):
    """What each column of a file is: a column of the register, its own beyond it, or nothing; and what the file lacks.

    Parameters
    ----------
    same : mapping
        Columns that the file lacks, and what has been said of all its rows.
    """

    def __init__(
        self, register: Register, head: Head, known: Meanings, same: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.head = register, head
        choices = self._choices()
        for place, word in head.words.items():
            field = forms.ChoiceField(choices=choices, required=False, label=word)
            field.help_text = texts.listed(head.examples(place))
            field.initial = self._initial(known.get(words.key(word)), word)
            self.fields[f"column_{place}"] = field
        named = references.of(register.table, tuple(column.column for column in register.columns))
        for column in register.columns:
            whole = _field(column, named.get(column.column), None)
            whole.label, whole.required, whole.initial = heading(column), False, same.get(column.column)
            self.fields[f"{ALL}{column.column}"] = whole

    @property
    def of_file(self) -> list[forms.BoundField]:
        """The columns of the file."""
        return [field for field in self if not field.name.startswith(ALL)]

    @property
    def lacking(self) -> list[forms.BoundField]:
        """The columns of the register that no column of the file is."""
        chosen = {field.value() for field in self.of_file}
        return [field for field in self if field.name.startswith(ALL) and field.name.removeprefix(ALL) not in chosen]

    def _choices(self) -> list[tuple[str, Any]]:
        own = [(one.column, texts.bracketed(heading(one), texts.label("web.required")) if one.required
                else heading(one)) for one in self.register.columns]  # fmt: skip
        return [(NOT_READ, texts.label("register.columns.unread")), *own,
                (BEYOND, texts.label("register.columns.beyond"))]  # fmt: skip

    def _initial(self, said: str | None, word: str) -> str:
        if said is None:
            return guess(self.register, word)
        return said if said in {NOT_READ, *(one.column for one in self.register.columns)} else BEYOND

    def clean(self) -> dict[str, Any]:
        """Each column of the register once, from the file or for all rows, and those that a row must have."""
        given = super().clean() or {}
        first = {name.removeprefix(ALL): name for name, said in given.items() if name.startswith(ALL) and said}
        for name, said in [one for one in given.items() if not one[0].startswith(ALL)]:
            if said not in (NOT_READ, BEYOND) and first.setdefault(said, name) != name:
                word = self.fields[first[said]].label
                self.add_error(name, texts.label("register.columns.twice", word=word))
        lacking = [heading(one) for one in self.register.columns if one.required and one.column not in first]
        if lacking:
            self.add_error(None, texts.label("register.columns.lacking", columns=texts.listed(lacking)))
        return given

    @property
    def columns(self) -> dict[str, str]:
        """Heading to what it is."""
        given = [(word, self.cleaned_data[f"column_{place}"]) for place, word in self.head.words.items()]
        return {words.key(word): word if said == BEYOND else said for word, said in given}

    @property
    def same(self) -> dict[str, str]:
        """Column to what is said of all rows, as it was typed or as a code."""
        found = {name.removeprefix(ALL): said for name, said in self.cleaned_data.items() if name.startswith(ALL)}
        return {name: schema.cell(said) for name, said in found.items() if said is not None}
