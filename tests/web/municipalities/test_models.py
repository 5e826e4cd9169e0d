"""Models mirror the schema: column by column, word by word, digit by digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command

from kotsukotsu import schema
from kotsukotsu.schema.city import TABLES
from kotsukotsu.web.municipalities.models import Kpi
from kotsukotsu.web.municipalities.tabled import Tabled

MODELS = [model for model in apps.get_models() if issubclass(model, Tabled)]
AS_FILE = {"weather"}  # read whole, by the analysis only; kept as the file it came in
OF_THE_DATABASE = {"id", "extra", "file"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.table)
def test_a_model_has_the_columns_of_its_table_and_no_others(model):
    columns = [field.column for field in model._meta.fields if field.column not in OF_THE_DATABASE]
    assert columns == [column.column for column in schema.columns(model.table)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.table)
def test_a_field_says_what_the_schema_says_and_requires_what_it_requires(model):
    fields = {field.column: field for field in model._meta.fields}
    for column in schema.columns(model.table):
        assert fields[column.column].help_text == column.meaning
        assert fields[column.column].null is not column.required


def test_every_table_of_a_city_has_a_model():
    assert sorted({*TABLES, "factors", "printed_totals"} - {model.table for model in MODELS} - AS_FILE) == []


def test_migrations_say_what_the_models_say(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("text", ["0.1", "1.50", "123456789012345678.123456", "-0.000001", "0"])
def test_a_decimal_comes_back_with_every_digit(db, text):
    made = Kpi.objects.create(kpi="led", fiscal_year=2024, numerator=Decimal(text))
    made.refresh_from_db()
    assert str(made.numerator) == text


def test_a_float_is_refused(db):
    with pytest.raises(TypeError):
        Kpi.objects.create(kpi="led", fiscal_year=2024, numerator=0.1)
