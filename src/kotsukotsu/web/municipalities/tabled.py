"""A model whose rows are those of a table of the schema."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kotsukotsu import schema
from kotsukotsu.schema import Row

KEYWORDS = {"class": "vehicle_class"}  # a column whose name is a word of Python


def field_name(column: str) -> str:
    """The attribute that holds a column.

    >>> field_name("class"), field_name("name")
    ('vehicle_class', 'name')
    """
    return KEYWORDS.get(column, column)


class Tabled(models.Model):
    """Rows keep the order in which they came; `extra` holds columns beyond the schema."""

    table: ClassVar[str]
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label

    def as_row(self) -> Row:
        """The row as the rest of the program knows it."""
        own = {column.column: getattr(self, field_name(column.column)) for column in schema.columns(self.table)}
        return {**own, **self.extra}

    @property
    def label(self) -> str:
        """What people call it."""
        return str(getattr(self, "name", None) or self.pk)
