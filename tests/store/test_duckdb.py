"""The engine reads activities.csv exactly as the library does, through a cache that never answers for another file."""

from __future__ import annotations

import csv
import io
import os
from decimal import Decimal

import pytest

from kotsukotsu.accounting.queries import columns
from kotsukotsu.errors import FolderError
from kotsukotsu.store import duckdb, folder

NAMES = ["note", "activity_id", "facility_id", "item", "start", "end", "quantity", "unit", "basis", "use", "posted_at"]
ROWS = [
    ["", "A1", "f1", "gasoline", "2013-04-01", "2013-05-01", "12.500000", "L", "measured", "", ""],
    [
        '二行\nと "引用"、コンマ,',
        "A2",
        "f1",
        "kerosene",
        "2013-04-01",
        "2013-05-01",
        "",
        "L",
        "not_occurring",
        "boiler",
        "",
    ],
    [
        " 空白 ",
        "A3",
        "f1",
        "gasoline",
        "2013-04-01",
        "2013-05-01",
        "-0.000001",
        "L",
        "estimated",
        "",
        "2025-06-01T10:00:00.25+09:00",
    ],
    [
        "NULL",
        "007",
        "f1",
        "gasoline",
        "2013-04-01",
        "2013-05-01",
        "999999999999.999999",
        "kL",
        "measured",
        "",
        "2025-06-01 23:59:59+09:00",
    ],
]


def text_of(rows, names=NAMES, **form):
    out = io.StringIO()
    writer = csv.writer(out, **{"lineterminator": "\n", **form})
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue()


FORMS = {
    "plain": text_of(ROWS),
    "of Windows": text_of(ROWS, lineterminator="\r\n"),
    "with a byte order mark": "\ufeff" + text_of(ROWS),
    "with all cells quoted": text_of(ROWS, quoting=csv.QUOTE_ALL),
    "with a column of its own": text_of([[*row, "x"] for row in ROWS], [*NAMES, "備考2"]),
    "with a blank line at its end": text_of(ROWS) + "\n",
    "without a line end at its end": text_of(ROWS).rstrip("\n"),
    "of one row": text_of(ROWS[:1]),
    "without rows": text_of([]),
    "of rows without quantity": text_of(ROWS[1:2]),
    "with a comma in its first row only": text_of([ROWS[1], ROWS[0]]),
}


def engine_rows(path):
    connection = duckdb.connect()
    duckdb.attach_activities(connection, path, "activity", columns("activity"))
    return duckdb.rows(connection, "SELECT * FROM activity", ())


@pytest.mark.parametrize("name", FORMS)
def test_the_engine_reads_what_the_library_reads(town, name):
    path = town.write()
    (path / "activities.csv").write_bytes(FORMS[name].encode())
    expected = folder.read(path).table("activities")
    found = engine_rows(path)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        other["posted_at"] = other["posted_at"] and other["posted_at"].replace(tzinfo=None)
        assert one == {column: other[column] for column in columns("activity")}


def litres(path):
    return [row["quantity"] for row in engine_rows(path)]


def test_a_changed_file_is_noticed_even_if_its_size_and_time_are_the_same(town):
    town.year("gasoline", 2013, 100)
    path = town.write()
    file = path / "activities.csv"
    assert litres(path) == [100]
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b",100,", b",900,"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert litres(path) == [900]


def test_two_cities_with_the_same_ledger_share_what_was_read_and_nothing_else(town, tmp_path):
    town.year("gasoline", 2013, 100)
    one = town.write()
    folder.write(folder.read(one), tmp_path / "other")
    assert litres(one) == litres(tmp_path / "other") == [100]


def test_a_file_broken_later_is_refused_although_its_old_content_is_cached(town):
    town.year("gasoline", 2013, 100)
    path = town.write()
    assert litres(path) == [100]
    file = path / "activities.csv"
    good = file.read_bytes()
    file.write_bytes(good.replace(b",100,", b",1OO,"))
    for _ in range(2):
        with pytest.raises(FolderError) as error:
            engine_rows(path)
        assert (error.value.code, error.value.data["line"]) == ("F-03", 2)
    file.write_bytes(good)
    assert litres(path) == [100]


def test_nothing_half_written_stays_in_the_cache(town):
    town.year("gasoline", 2013, Decimal("123.456789"))
    assert litres(town.write()) == [Decimal("123.456789")]
    assert not list(duckdb.cache_folder().glob("*.partial"))


def test_a_path_with_a_quotation_mark_and_blanks_is_read(town, tmp_path):
    town.path = tmp_path / "市の 'フォルダ' [1] * ?"
    town.year("gasoline", 2013, Decimal("77.777777"))
    assert litres(town.write()) == [Decimal("77.777777")]
