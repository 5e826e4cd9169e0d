"""`verify` on damaged folders: each damage ends in words that name the file, and none makes a plan look better."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.planning.verify import verify
from kotsukotsu.sessions.printed import read_print
from kotsukotsu.store import folder

ISHIKARI = Path(__file__).parents[2] / "examples" / "ishikari"
FILES = [
    *("facilities.csv", "printed/facilities.csv", "printed/main_facilities.csv", "printed/renewables.csv"),
    *("printed/sector_targets.csv", "printed/subtotals.csv", "printed/totals.csv"),
]


def found_in(city):
    """What a check of a folder says, each finding with its place and words."""
    table, print_ = folder.read(city, activities=False), read_print(city)
    names = {row["facility_id"]: row["name"] for row in table.table("facilities")}
    result = verify(print_, table.printed, names=names)
    return {(one.code, one.where, one.message()) for one in result.findings}, result


WHOLE, _ = found_in(ISHIKARI)


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def text_of(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def figure_of(rows):
    """Line and column of a figure of three digits or more."""
    wanted = ("tco2", "kw", "value", "tonnes_co2e")
    return next(
        ((line, column) for line, row in enumerate(rows) for column, cell in enumerate(row)
         if line and rows[0][column].endswith(wanted) and len(cell) > 2 and cell.isdecimal()), None,
    )  # fmt: skip


def cell(change):
    def damage(text):
        rows = rows_of(text)
        at = figure_of(rows)
        if at:
            rows[at[0]][at[1]] = change(rows[at[0]][at[1]])
        return text_of(rows)

    return damage


def columns(change):
    return lambda text: text_of([change(rows_of(text)[0]), *rows_of(text)[1:]])


def without_a_year(text):
    rows = rows_of(text)
    kept = [index for index, name in enumerate(rows[0]) if name != "fy2013_tco2"]
    return text_of([[row[index] for index in kept] for row in rows])


def unitless(names):
    return [name.removesuffix("_tco2").removesuffix("_kw") for name in names]


DAMAGES = {
    "empty": lambda text: "",
    "no rows": lambda text: text_of(rows_of(text)[:1]),
    "first column renamed": columns(lambda names: ["列", *names[1:]]),
    "second column renamed": columns(lambda names: [names[0], "列", *names[2:]]),
    "a column twice": lambda text: text_of([[*row, row[0]] for row in rows_of(text)]),
    "about": cell(lambda value: f"約{value}"),
    "a unit behind": cell(lambda value: f"{value} t"),
    "comma for the point": cell(lambda value: f"{value[:-1]},{value[-1]}"),
    "exponent": cell(lambda value: f"{value}e0"),
    "nothing": cell(lambda value: ""),
    "units missing": columns(unitless),
    "last row twice": lambda text: text_of([*rows_of(text), rows_of(text)[-1]]),
    "a year missing": without_a_year,
    "a cell too few": lambda text: text_of([*rows_of(text)[:-1], rows_of(text)[-1][:-1]]),
    "a cell too many": lambda text: text_of([*rows_of(text)[:-1], [*rows_of(text)[-1], "1"]]),
    "a quote left open": lambda text: text + '"',
    "another encoding": lambda text: text.replace("施設", "施").encode("cp932", "replace"),
}
# Nothing that this check reads, or nothing that a rule forbids: a city's own column, a register that `check` looks at.
HARMLESS = {
    ("facilities.csv", "no rows"), ("facilities.csv", "last row twice"), ("printed/totals.csv", "no rows"),
    ("printed/facilities.csv", "second column renamed"),
}  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_every_damage_of_a_file_is_told_with_its_place(tmp_path, file):
    city = tmp_path / "city"
    shutil.copytree(ISHIKARI, city)
    whole = (city / file).read_text(encoding="utf-8")
    silent = []
    for name, damage in DAMAGES.items():
        damaged = damage(whole)
        if damaged == text_of(rows_of(whole)):
            continue  # the file has no such thing to damage
        (city / file).write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode())
        try:
            found, _ = found_in(city)
        except KotsukotsuError as error:
            told = file.removeprefix("printed/") in error.text()
        else:
            told = any(found - WHOLE)
        if not told:
            silent.append((file, name))
    assert set(silent) <= HARMLESS


def test_commas_between_threes_and_full_width_digits_are_digits(tmp_path):
    city = tmp_path / "city"
    shutil.copytree(ISHIKARI, city)
    table, text = city / "printed" / "main_facilities.csv", city / "printed" / "headline.toml"
    changed = table.read_text(encoding="utf-8").replace(
        ",2395,1764,17.6,17.6,-631", ',"2,395",１７６４,17.6%,17.6,△631'
    )
    assert "１７６４" in changed
    table.write_text(changed, encoding="utf-8")
    said = text.read_text(encoding="utf-8").replace("fy2024 = 14327", 'fy2024 = "14,327"')
    text.write_text(said, encoding="utf-8")
    assert found_in(city)[0] == WHOLE


def test_a_file_that_the_text_speaks_of_is_missed(tmp_path):
    city = tmp_path / "city"
    shutil.copytree(ISHIKARI, city)
    for name in ("facilities.csv", "main_facilities.csv", "renewables.csv"):
        (city / "printed" / name).unlink()
    found, result = found_in(city)
    assert {message.split(" ")[0] for code, _, message in found if code == "V-22"} == {
        "facilities.csv", "main_facilities.csv", "renewables.csv",
    }  # fmt: skip
    assert result.unread_count > 0
    (city / "printed" / "headline.toml").unlink()
    assert "headline.toml" in " ".join(message for code, _, message in found_in(city)[0] if code == "V-24")


def test_figures_where_the_text_has_sections_and_words_where_it_has_figures_are_told(tmp_path):
    city = tmp_path / "city"
    shutil.copytree(ISHIKARI, city)
    (city / "printed" / "headline.toml").write_text(
        'kpi = 5\ntarget_pct = 50\n[period]\nbase_fy = 2013\n[total]\nfy2013 = nan\nfy2024 = "約14,327"\n',
        encoding="utf-8",
    )
    found, _ = found_in(city)
    assert {where for code, where, _ in found if code == "V-15"} == {
        "headline.toml total.fy2013", "headline.toml total.fy2024",
    }  # fmt: skip


def test_a_total_that_stands_elsewhere_with_another_value_is_found(tmp_path):
    city = tmp_path / "city"
    shutil.copytree(ISHIKARI, city)
    path = city / "printed" / "totals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("CO2,066,1764,", "CO2,066,1746,"), encoding="utf-8")
    new = {(code, where) for code, where, _ in found_in(city)[0] - WHOLE}
    assert ("V-03", "totals.csv 13行目") in new


def test_a_subtotal_that_points_at_nothing_is_told_and_not_added_up(tmp_path):
    city = tmp_path / "city"
    shutil.copytree(ISHIKARI, city)
    (city / "printed" / "subtotals.csv").write_text(
        "table,where,column,figure,value,place\nrenewable,kind=pv,installed_kw,sum,178.4,\n"
        "renewables,kind:pv,installed_kw,sum,178.4,\nrenewables,kind=PV,installed_kw,sum,178.4,\n"
        "renewables,kind=pv,installed_kw,mean,178.4,\n",
        encoding="utf-8",
    )
    found, _ = found_in(city)
    assert {where for code, where, _ in found if code == "V-19"} == {
        f"subtotals.csv {line}行目" for line in (2, 3, 4, 5)
    }  # fmt: skip
    assert not {where for code, where, _ in found if code == "V-03" and "subtotals" in where}
