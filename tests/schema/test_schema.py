from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu import schema
from kotsukotsu.errors import FolderError
from kotsukotsu.schema.city import REQUIRED, TABLES

KINDS = ("text", "date", "datetime", "decimal", "integer")


@pytest.mark.parametrize("table", schema.tables())
def test_every_column_has_a_kind_and_a_meaning_and_stands_once(table):
    columns = schema.columns(table)
    assert len({column.column for column in columns}) == len(columns) > 0
    for column in columns:
        assert column.type in KINDS or len(column.choices) > 1
        assert column.meaning or column.type == "date", (table, column.column)


def test_every_table_of_a_city_has_a_schema():
    assert set(TABLES) | {"factors", "printed_totals"} <= set(schema.tables())
    assert set(REQUIRED) <= set(TABLES)


# The contract of the city folder, on which other programs build; columns may be added after these.
CONTRACT = {
    "departments": "department_id,name,parent_id,valid_from,valid_to",
    "facilities": "facility_id,name,department_id,use,floor_area_m2,management,scopes,opened_on,closed_on,note",
    "supplies": "facility_id,item,supplier,menu,valid_from,valid_to,share,meter_id",
    "activities": "activity_id,facility_id,item,start,end,quantity,unit,basis,cost_yen,source,note,meter_id,use,"
    "replaces,posted_at,posted_by",
    "factors": "factor_id,item,supplier,menu,gas,value,mass,per,valid_from,valid_to,source,locator,status",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_are_those_of_the_contract_in_its_order(table):
    assert [column.column for column in schema.columns(table)][: len(CONTRACT[table].split(","))] == CONTRACT[
        table
    ].split(",")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("", "decimal", None),
        ("1.50", "decimal", Decimal("1.50")),
        ("-0.5", "decimal", Decimal("-0.5")),
        ("2024-04-01", "date", date(2024, 4, 1)),
        ("2024", "integer", 2024),
        (" x ", "text", " x "),
        ("a", "one_of:a|b", "a"),
    ],
)
def test_a_cell_is_read_by_its_kind(text, kind, value):
    assert schema.value_of(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1,000", "decimal"),
        ("１", "decimal"),
        ("1e3", "decimal"),
        (".5", "decimal"),
        ("+1", "decimal"),
        ("nan", "decimal"),
        ("2024/04/01", "date"),
        ("20240401", "date"),
        ("2024-4-1", "date"),
        ("2024-02-30", "date"),
        ("令和6年4月1日", "date"),
        ("2024.0", "integer"),
        ("c", "one_of:a|b"),
        ("A", "one_of:a|b"),
    ],
)
def test_anything_else_is_refused(text, kind):
    with pytest.raises(ValueError):
        schema.value_of(text, kind)


HEADS = "facility_id,name,department_id,use,{},management,scopes"


@pytest.mark.parametrize(("heading", "refused"), [("floor_area", True), ("floor_area_M2", True), ("屋根の面積", False)])
def test_a_column_that_looks_like_a_missing_one_is_refused_and_one_of_the_city_is_kept(heading, refused):
    text = f"{HEADS.format(heading)}\nt01,役場,,庁舎,2400,直営,plan\n"
    if not refused:
        assert schema.read(text, "facilities", "facilities.csv")[0][heading] == "2400"
        return
    with pytest.raises(FolderError) as error:
        schema.read(text, "facilities", "facilities.csv")
    assert (error.value.code, error.value.data["near"]) == ("F-16", "floor_area_m2")


def test_types_are_named_in_words_of_people():
    assert schema.named("date") == "日付"
    assert schema.named("one_of:measured|estimated") == "measured・estimated のどれか"
