"""The city folder: read and written without loss, replaced whole or not at all, refused with file and line."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

from kotsukotsu import schema
from kotsukotsu.errors import FolderError
from kotsukotsu.periods import JST
from kotsukotsu.schema.city import TABLES, City
from kotsukotsu.store import folder

VALUES = {
    "text": ["あ,い", 'quote "x"', "二行\n目", " 空白 ", "髙﨑㈱"],
    "date": [date(2024, 4, 1), date(1999, 12, 31)],
    "datetime": [datetime(2024, 5, 1, 9, 30, 15, 123456, tzinfo=JST)],
    "decimal": [Decimal("0.10"), Decimal("-12345.678901"), Decimal(100), Decimal(0)],
    "integer": [2024, 0, -3],
}
SETTINGS = {
    "municipality": {
        "code": "012351",
        "name": '見本"市"\\',
        "base_fy": 2013,
        "invented": True,
        "tags": ["a", "b"],
        "founded": date(1956, 3, 31),
    },
    "policy": {
        "gwp": "AR5",
        "rounding": {"unit": "t", "digits": 1},
        "conversions": {"lpg": "lpg.2_183"},
        "change": [{"from_fy": 2024, "conversions": {"city_gas": "0.957 Nm3/m3"}}, {"from_fy": 2025, "gwp": "AR4"}],
    },
    "部署": {"所管 課": "環境課", "比率": 0.5},
}


def rows_of(table):
    """Two rows that have a value in every column, and one with the required ones only."""
    columns = schema.columns(table)
    full = [
        {
            c.column: c.choices[n % len(c.choices)] if c.choices else VALUES[c.type][n % len(VALUES[c.type])]
            for c in columns
        }
        for n in range(5)
    ]
    bare = {c.column: full[0][c.column] if c.required else None for c in columns}
    return [*full, bare]


def a_city():
    tables = {name: rows_of(name) for name in TABLES}
    factors = [{**row, "file": f"factors/{name}.csv"} for name in ("a", "b") for row in rows_of("factors")]
    return City("", SETTINGS, tables, factors, rows_of("printed_totals"))


def test_a_city_with_every_table_is_written_and_read_without_loss(tmp_path):
    city = a_city()
    folder.write(city, tmp_path)
    again = folder.read(tmp_path)
    assert again.tables == city.tables
    assert sorted(map(str, again.factors)) == sorted(map(str, city.factors))
    assert again.printed == city.printed
    assert again.settings == city.settings


def test_a_second_writing_changes_no_byte(tmp_path):
    folder.write(a_city(), tmp_path / "one")
    folder.write(folder.read(tmp_path / "one"), tmp_path / "two")
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert len(files) == len(TABLES) + 4
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_columns_beyond_the_schema_are_kept(town, tmp_path):
    town.add("facilities", facility_id="f9", name="別館", 備品台帳="ある")
    folder.write(folder.read(town.write()), tmp_path / "copy")
    assert folder.read(tmp_path / "copy").table("facilities")[1]["備品台帳"] == "ある"


@pytest.fixture
def path(town):
    """A folder as offices have it: line ends of Windows, a byte order mark, quotes, an odd order of columns."""
    town.year("gasoline", 2013, "12.50")
    path = town.write()
    text = (
        "item,activity_id,facility_id,start,end,quantity,unit,basis,note\r\n"
        'gasoline,A1,f1,2013-04-01,2014-04-01,12.50,L,measured,"あ, い"\r\n'
    )
    (path / "activities.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    return path


def new_row(**more):
    columns = {column.column: None for column in schema.columns("activities")}
    given = {
        "activity_id": "A2",
        "facility_id": "f1",
        "item": "diesel",
        "start": date(2013, 4, 1),
        "end": date(2013, 5, 1),
        "quantity": Decimal("1.50"),
        "unit": "L",
        "basis": "measured",
    }
    return {**columns, **given, **more}


def test_rows_read_the_same_with_a_mark_and_line_ends_of_windows(path):
    (row,) = folder.read(path).table("activities")
    assert (row["quantity"], row["note"], row["end"]) == (Decimal("12.50"), "あ, い", date(2014, 4, 1))


def test_appending_keeps_every_byte_of_the_older_lines(path):
    before = (path / "activities.csv").read_bytes()
    folder.append_activities(path, [new_row(note="う,え")])
    after = (path / "activities.csv").read_bytes()
    assert after.startswith(before)
    assert [row["activity_id"] for row in folder.read(path).table("activities")] == ["A1", "A2"]
    assert folder.read(path).table("activities")[1]["note"] == "う,え"


def test_appending_a_column_that_the_file_lacks_adds_it_and_loses_nothing(path):
    before = folder.read(path).table("activities")
    folder.append_activities(path, [new_row(meter_id="m1", replaces="A1")])
    after = folder.read(path).table("activities")
    assert [{k: v for k, v in row.items() if v is not None} for row in before] == [
        {k: v for k, v in row.items() if v is not None} for row in after[:1]
    ]
    assert (after[1]["meter_id"], after[1]["replaces"]) == ("m1", "A1")


def test_appending_twice_is_appending_both(path):
    folder.append_activities(path, [new_row()])
    once = (path / "activities.csv").read_bytes()
    folder.append_activities(path, [new_row(activity_id="A3")])
    assert (path / "activities.csv").read_bytes().startswith(once)
    assert len(folder.read(path).table("activities")) == 3


def test_a_writing_that_fails_at_its_last_step_leaves_the_old_file_and_no_trace(path, monkeypatch):
    before = {file.name: file.read_bytes() for file in path.iterdir()}

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="No space"):
        folder.append_activities(path, [new_row()])
    assert {file.name: file.read_bytes() for file in path.iterdir()} == before


KILLED = """
import os, signal, sys
from pathlib import Path
from kotsukotsu.store import folder
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
folder.write_file(Path(sys.argv[1]), "half")
"""


def test_a_process_killed_while_writing_leaves_the_old_file(path):
    before = (path / "activities.csv").read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, path / "activities.csv"], check=False)
    assert done.returncode < 0
    assert (path / "activities.csv").read_bytes() == before


HEADER = "activity_id,facility_id,item,start,end,quantity,unit,basis,posted_at"
GOOD = "A1,f1,gasoline,2013-04-01,2013-05-01,10,L,measured,"
BAD = {
    "a date of 31 April": (GOOD.replace("2013-05-01", "2013-04-31"), "F-03"),
    "a date with slashes": (GOOD.replace("2013-04-01", "2013/4/1"), "F-03"),
    "a date without strokes": (GOOD.replace("2013-04-01", "20130401"), "F-03"),
    "a date by week": (GOOD.replace("2013-04-01", "2013-W14-1"), "F-03"),
    "full-width digits": (GOOD.replace(",10,", ",１０,"), "F-03"),
    "a comma in a number": (GOOD.replace(",10,", ',"1,000",'), "F-03"),
    "an underscore in a number": (GOOD.replace(",10,", ",1_000,"), "F-03"),
    "a blank in a number": (GOOD.replace(",10,", ", 10,"), "F-03"),
    "no number": (GOOD.replace(",10,", ",NaN,"), "F-03"),
    "infinite": (GOOD.replace(",10,", ",Infinity,"), "F-03"),
    "a power of ten": (GOOD.replace(",10,", ",1E3,"), "F-03"),
    "an unknown basis": (GOOD.replace("measured", "実測"), "F-03"),
    "seven decimals": (GOOD.replace(",10,", ",0.1234567,"), "F-06"),
    "thirteen digits": (GOOD.replace(",10,", ",1000000000000,"), "F-06"),
    "no unit": (GOOD.replace(",L,", ",,"), "F-04"),
    "a cell too many": (GOOD + ",x,y", "F-05"),
    "a cell too few": (GOOD.rsplit(",", 1)[0], "F-05"),
    "a moment of London": (GOOD + "2013-05-01T00:00:00+00:00", "F-11"),
    "a moment without a zone": (GOOD + "2013-05-01T00:00:00", "F-11"),
    "no moment": (GOOD + "きのう", "F-03"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_refused_with_file_and_line_in_both_languages(town, name):
    line, code = BAD[name]
    path = town.write()
    (path / "activities.csv").write_text(f"{HEADER}\n{GOOD}\n{line}\n", encoding="utf-8")
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert error.value.code == code
    assert error.value.data["line"] == 3
    assert "activities.csv 3行目" in error.value.text("ja")
    assert "activities.csv line 3" in error.value.text("en")


def test_the_line_is_the_line_of_the_file_also_after_a_note_of_two_lines(town):
    path = town.write()
    note = GOOD.replace(",measured,", ",measured,") + ',"一\n二"'
    text = "\n".join([HEADER + ",note", note, GOOD.replace(",10,", ",0.1234567,") + ",", ""])
    (path / "activities.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert (error.value.code, error.value.data["line"]) == ("F-06", 4)


def test_a_quotation_mark_that_does_not_end_is_refused_near_its_line(town):
    path = town.write()
    (path / "activities.csv").write_text("\n".join([HEADER, GOOD, '"' + GOOD, ""]), encoding="utf-8")
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert error.value.code == "F-13"


@pytest.mark.parametrize("again", ["quantity", "Quantity"])
def test_a_column_given_twice_is_refused(town, again):
    path = town.write()
    (path / "activities.csv").write_text(f"{HEADER},{again}\n{GOOD},99\n", encoding="utf-8")
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert (error.value.code, error.value.data["column"]) == ("F-14", "quantity")


@pytest.mark.parametrize("file", ["activities.csv", "facilities.csv", "municipality.toml"])
def test_a_missing_required_file_is_named(town, file):
    path = town.write()
    (path / file).unlink()
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert (error.value.code, error.value.data["file"]) == ("F-01", file)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FolderError) as error:
        folder.read(tmp_path / "ない")
    assert "ない" in error.value.text("ja")


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("activities.csv", "activities"),
        ("supplies.csv", "supplies"),
        ("factors/x.csv", "factors"),
        ("printed/totals.csv", "printed_totals"),
    ],
)
def test_a_missing_column_is_named_with_its_file(town, file, table):
    path = town.write()
    columns = [column.column for column in schema.columns(table)]
    (path / file).parent.mkdir(exist_ok=True)
    (path / file).write_text(",".join(columns[1:]) + "\n", encoding="utf-8")
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert (error.value.code, error.value.data["column"]) == ("F-02", columns[0])
    assert file in error.value.text("ja")


@pytest.mark.parametrize("file", ["facilities.csv", "municipality.toml"])
@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_a_file_that_is_not_utf8_is_named(town, file, encoding):
    path = town.write()
    text = (path / file).read_text(encoding="utf-8")
    (path / file).write_bytes(text.encode(encoding))
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert (error.value.code, error.value.data["file"]) == ("F-10", file)


@pytest.mark.parametrize("code", ["012352", "12351", "0123510", "０１２３５１", "abcdef"])
def test_a_municipality_code_with_a_wrong_check_digit_is_refused(town, code):
    town.municipality["code"] = code
    with pytest.raises(FolderError) as error:
        folder.read(town.write())
    assert (error.value.code, error.value.data["code"]) == ("F-09", code)


@pytest.mark.parametrize("key", ["code", "name", "base_fy"])
def test_a_municipality_without_code_name_or_base_year_is_refused(town, key):
    del town.municipality[key]
    with pytest.raises(FolderError) as error:
        folder.read(town.write())
    assert (error.value.code, error.value.data["key"]) == ("F-08", key)


def test_a_base_year_that_is_no_number_is_refused(town):
    town.municipality["base_fy"] = "平成25年度"
    with pytest.raises(FolderError) as error:
        folder.read(town.write())
    assert (error.value.code, error.value.data["value"]) == ("F-12", "平成25年度")


def test_broken_settings_are_refused_with_their_line(town):
    path = town.write()
    (path / "municipality.toml").write_text('[municipality]\ncode = "012351\n', encoding="utf-8")
    with pytest.raises(FolderError) as error:
        folder.read(path)
    assert error.value.code == "F-07"
    assert "2行目" in error.value.text("ja")


def test_the_only_required_files_are_three(town):
    path = town.write()
    assert sorted(file.name for file in path.iterdir()) == ["activities.csv", "facilities.csv", "municipality.toml"]
    assert folder.read(path).table("supplies") == []
