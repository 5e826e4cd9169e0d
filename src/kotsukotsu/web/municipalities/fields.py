"""Columns of the schema as fields of a model: the same type, the same meaning, nothing lost."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models

from kotsukotsu import schema
from kotsukotsu.periods import JST


class _Described:
    """A field whose meaning stands in ``schema/*.csv``; a better wording there needs no migration.

    PostgreSQL's remarks on its columns are written after every migration (`common.protection`).
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """What a migration keeps."""
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        kwargs.pop("help_text", None)
        return name, path, args, kwargs


class TextColumn(_Described, models.TextField):
    """A text; an empty cell is NULL."""


class DateColumn(_Described, models.DateField):
    """A day."""


class IntegerColumn(_Described, models.BigIntegerField):
    """A whole number."""


class MomentColumn(_Described, models.DateTimeField):
    """A moment, given back in Japan Standard Time as the city folder writes it."""

    def from_db_value(self, value: datetime | None, *_: Any) -> datetime | None:
        """As the ledger keeps it."""
        return None if value is None else value.astimezone(JST)


class ExactColumn(_Described, models.Field):
    """A decimal with every digit as it was written.

    PostgreSQL keeps it as ``numeric``; SQLite, which would make a floating-point number of it, as text. The database
    never adds such a column up: the engine of `sessions` does.
    """

    empty_strings_allowed = False
    description = "exact decimal"

    def db_type(self, connection: Any) -> str:
        """Type in the database."""
        return "numeric" if connection.vendor == "postgresql" else "text"

    def value_to_string(self, obj: Any) -> str:
        """Every digit, for a backup."""
        return format(self.value_from_object(obj), "f")

    def to_python(self, value: Any) -> Decimal | None:
        """The number; exact for text and whole numbers."""
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise TypeError(value)
        return Decimal(value)

    def get_prep_value(self, value: Any) -> Decimal | None:
        """As a decimal."""
        return self.to_python(super().get_prep_value(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As the database keeps it."""
        number = value if prepared else self.get_prep_value(value)
        if number is None or connection.vendor == "postgresql":
            return number
        return format(number, "f")

    def from_db_value(self, value: Any, *_: Any) -> Decimal | None:
        """Every digit again."""
        return None if value is None else Decimal(value)


_FIELDS = {
    "text": TextColumn,
    "date": DateColumn,
    "datetime": MomentColumn,
    "decimal": ExactColumn,
    "integer": IntegerColumn,
}


def column(table: str, name: str, **more: Any) -> models.Field:
    """The field of a column of the schema.

    Raises
    ------
    KeyError
        If the table has no such column.
    """
    found = {one.column: one for one in schema.columns(table)}[name]
    kind = _FIELDS["text" if found.choices else found.type]
    options = {"null": not found.required, "blank": not found.required}
    return kind(**options, help_text=found.meaning, **more)
