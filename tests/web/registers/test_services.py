"""Rows added, changed, removed and taken in from files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from kotsukotsu import schema, texts
from kotsukotsu.importers.sheets import open_book
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import figures, folders, tables
from kotsukotsu.web.municipalities.models import Department, Facility, Municipality, Supply
from kotsukotsu.web.registers import headings, open_data, services, writing
from kotsukotsu.web.registers.fates import counted, looked
from kotsukotsu.web.registers.kinds import heading, registers

FACILITIES = registers()["facilities"]
SUPPLIES = registers()["supplies"]


def empty(register, **given):
    return {column.column: None for column in register.columns} | given


def fates(register, data, name):
    book, known = open_book(data, name), headings.meanings(register)
    return looked(register, book, headings.head(register, book, known), known).fates


def saved(hall, register=FACILITIES, pk=None, seen="", **given):
    return services.row_save(
        register=register, pk=pk, row=empty(register, **given), seen=seen, actor=hall["secretariat"]
    )


def test_every_register_has_its_texts_and_its_keys_are_columns():
    for table, register in registers().items():
        columns = {column.column for column in schema.columns(table)}
        assert {*register.keys, *register.filters} <= columns
        wanted = {f"register.{table}", f"register.{table}.about", *(f"register.column.{name}" for name in columns)}
        wanted |= {f"register.choice.{one}" for column in register.columns for one in column.choices}
        assert wanted <= set(texts.entries())


def test_every_table_of_the_city_but_its_ledger_and_its_reviews_is_a_register():
    apart = {"activities", "reviews", "weather"}
    assert set(tables.MODELS) - apart <= set(registers())


def test_a_row_is_added_and_the_log_says_by_whom(hall):
    made = saved(hall, facility_id="f9", name="新しい学校", floor_area_m2=Decimal("1234.50"))
    assert str(Facility.objects.get(pk=made.pk).floor_area_m2) == "1234.50"
    entry = LogEntry.objects.get(kind="facilities", key="f9")
    assert (entry.verb, entry.actor_name, entry.after["floor_area_m2"]) == ("add", "secretariatさん", "1234.50")


def test_a_change_is_kept_with_before_and_after_and_results_are_computed_anew(hall):
    one = Facility.objects.get(facility_id="f1")
    before = Municipality.objects.get().revision
    row = {**one.as_row(), "use": "中学校"}
    services.row_save(
        register=FACILITIES, pk=one.pk, row=row, seen=services.version(one.as_row()), actor=hall["secretariat"]
    )
    entry = LogEntry.objects.get(kind="facilities", verb="change")
    assert (entry.before, entry.after) == ({"use": "小学校"}, {"use": "中学校"})
    after = Municipality.objects.get().revision
    assert after > before
    seen = services.version(Facility.objects.get(facility_id="f1").as_row())
    services.row_save(register=FACILITIES, pk=one.pk, row=row, seen=seen, actor=hall["secretariat"])  # as it is
    assert LogEntry.objects.filter(kind="facilities", verb="change").count() == 1
    assert Municipality.objects.get().revision == after


def test_who_looked_at_an_older_state_does_not_overwrite_the_newer(hall):
    one = Facility.objects.get(facility_id="f1")
    seen = services.version(one.as_row())
    saved(hall, pk=one.pk, seen=seen, facility_id="f1", name="中央第一小学校")
    with pytest.raises(ConflictError, match="WR-05"):
        saved(hall, pk=one.pk, seen=seen, facility_id="f1", name="中央第二小学校")
    assert Facility.objects.get(pk=one.pk).name == "中央第一小学校"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("WR-02", {"facility_id": "f9"}),
        ("WR-03", {"facility_id": "f9", "name": "x", "department_id": "d9"}),
        ("WR-04", {"facility_id": "f9", "name": "x", "opened_on": "2024-04-01", "closed_on": "2024-04-01"}),
        ("WR-06", {"facility_id": "f1", "name": "x"}),
    ],
)
def test_a_row_against_the_rules_is_refused(hall, code, given):
    with pytest.raises(WebError, match=code):
        saved(hall, **given)
    assert Facility.objects.count() == 3


@pytest.mark.parametrize("who", ["manager", "head", "executive", "auditor", "administrator", "nobody"])
def test_only_who_keeps_the_registers_may_change_them(hall, who):
    with pytest.raises(PermissionDenied):
        services.row_save(
            register=FACILITIES, pk=None, row=empty(FACILITIES, facility_id="f9", name="x"), actor=hall[who]
        )


def test_a_removal_needs_a_reason_and_stays_in_the_log(hall):
    one = saved(hall, facility_id="f9", name="市役所")
    seen = services.version(one.as_row())
    with pytest.raises(WebError, match="WR-07"):
        services.row_remove(register=FACILITIES, pk=one.pk, seen=seen, reason=" ", actor=hall["secretariat"])
    services.row_remove(register=FACILITIES, pk=one.pk, seen=seen, reason="二重の登録", actor=hall["secretariat"])
    assert LogEntry.objects.get(kind="facilities", verb="remove").before["name"] == "市役所"


def test_what_is_written_to_excel_comes_back_the_same(hall):
    Facility.objects.filter(facility_id="f1").update(floor_area_m2=Decimal("1234.5"), note="=1+1")
    data = writing.workbook(FACILITIES, services.rows_of(FACILITIES))
    assert counted(fates(FACILITIES, data, "施設.xlsx")) == {"new": 0, "changed": 0, "same": 3, "rejected": 0}
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_names_stand_beside_codes_to_be_read_and_are_passed_over_when_taken_in(hall):
    data = writing.workbook(FACILITIES, services.rows_of(FACILITIES))
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    place = heads.index("所管課の名称（読むだけ）")
    assert heads[place - 1] == "所管課"
    assert [sheet[2][place - 1].value, sheet[2][place].value] == ["d1", Department.objects.get(department_id="d1").name]
    sheet.cell(2, place + 1, "ほかの課")
    book.save(changed := BytesIO())
    assert counted(fates(FACILITIES, changed.getvalue(), "施設.xlsx"))["same"] == 3


FACTOR = {
    "factor_id": "k1", "item": "electricity", "supplier": "こずえ小水力", "gas": "CO2", "value": Decimal("0.000012"),
    "mass": "t", "per": "kWh", "valid_from": date(2024, 4, 1), "source": "電力受給契約書",
}  # fmt: skip


def test_a_factor_of_the_city_is_entered_counts_and_stands_in_its_folder(hall, collection, tmp_path):
    Supply.objects.filter(facility_id="f1").update(supplier="こずえ小水力")
    saved(hall, registers()["factors"], **FACTOR)
    with figures.opened() as session:
        found = {row.keys["supplier"]: row.tonnes_co2e for row in session.inventory(2024).rows(["supplier"])}
    assert found["こずえ小水力"] == Decimal("0.144936")  # 12,078 kWh
    folders.city_export(target=tmp_path / "見本市")
    assert "k1,electricity,こずえ小水力" in (tmp_path / "見本市/factors/own.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"per": "L"}, "換算できません"),
        ({"mass": "pound"}, "換算できません"),
        ({"value": "-0.000012"}, "値が負です"),
        ({"gas": "CO3"}, "地球温暖化係数がありません"),
        ({"valid_to": "2024-04-01"}, "終わりの日"),
    ],
)
def test_a_factor_that_nothing_can_be_computed_with_is_refused_in_its_form(hall, signed_in, wrong, said):
    given = {**FACTOR, "seen": "", "why": "", **wrong}
    answer = signed_in("secretariat").post("/registers/factors/new/", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert tables.rows("factors") == []


def test_no_cell_of_the_csv_is_a_formula(hall):
    Facility.objects.filter(facility_id="f1").update(name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in writing.table(FACILITIES, services.rows_of(FACILITIES)).decode("utf-8-sig")


def test_a_file_shows_every_rows_fate_before_anything_is_written(hall):
    lines = [
        "施設,名称,所管課,延床面積（m2）,使い始めた日",
        "f1,中央小学校,d1,１，２３４．５,令和6年4月1日",
        "f8,新館,d2,,",
        "f2,市役所,d9,,",
        "f3,体育館,d1,約100,",
    ]
    found = fates(FACILITIES, "\n".join(lines).encode(), "施設.csv")
    assert [fate.kind for fate in found] == ["changed", "new", "rejected", "rejected"]
    assert [fate.key for fate in found] == ["f1・中央小学校", "f8・新館", "f2・市役所", "f3・体育館"]
    assert found[0].changes == ("延床面積（m2）：－ → 1,234.5", "使い始めた日：－ → 令和6年4月1日")
    assert "所管課" in found[2].problems[0].text()
    assert Facility.objects.count() == 3
    assert services.fates_carry_out(register=FACILITIES, fates=found, source="施設.csv", actor=hall["secretariat"]) == 2
    assert Facility.objects.get(facility_id="f1").floor_area_m2 == Decimal("1234.5")
    assert Facility.objects.get(facility_id="f1").use == "小学校", "a column that the file lacks stays"


def test_a_contract_is_taken_in_by_the_word_for_its_choices_and_periods(hall):
    lines = ["施設,項目,供給者,始まりの日,終わりの日", "f1,electricity,例電力,2024-04-01,2025-04-01"]
    found = fates(SUPPLIES, "\n".join(lines).encode("cp932"), "契約.csv")
    assert found[0].key == "中央小学校・電気（買電）・例電力・令和6年4月1日"
    services.fates_carry_out(register=SUPPLIES, fates=found, source="契約.csv", actor=hall["secretariat"])
    assert Supply.objects.get(facility_id="f1", valid_from="2024-04-01").supplier == "例電力"


def test_the_open_data_list_goes_out_and_comes_in_with_columns_that_we_do_not_have(hall):
    lines = ["市区町村コード,NO,名称,住所,緯度,備考", "012351,f1,中央小学校,見本市1-1,43.1,避難所"]
    found = fates(FACILITIES, "\n".join(lines).encode("utf-8-sig"), "公共施設一覧.csv")
    services.fates_carry_out(register=FACILITIES, fates=found, source="公共施設一覧.csv", actor=hall["secretariat"])
    out = open_data.written(services.rows_of(FACILITIES), "見本市", "012351").decode("utf-8-sig").splitlines()
    first = dict(zip(out[0].split(","), out[1].split(","), strict=True))
    assert (first["全国地方公共団体コード"], first["ID"], first["名称"]) == ("012351", "f1", "中央小学校")
    assert (first["住所"], first["緯度"], first["備考"], first["用途"]) == ("見本市1-1", "43.1", "避難所", "小学校")


def change(hall, one, register=FACILITIES, **given):
    row = {**one.as_row(), **given}
    return services.row_save(
        register=register, pk=one.pk, row=row, seen=services.version(one.as_row()), actor=hall["secretariat"]
    )


def remove(hall, one, register=FACILITIES):
    services.row_remove(
        register=register, pk=one.pk, seen=services.version(one.as_row()), reason="誤り", actor=hall["secretariat"]
    )


def test_what_others_name_is_neither_removed_nor_given_another_code(hall, collection):
    one = Facility.objects.get(facility_id="f1")
    for attempt in (lambda: remove(hall, one), lambda: change(hall, one, facility_id="f0")):
        with pytest.raises(WebError, match="供給契約") as told:
            attempt()
        assert "使用量の記録" in str(told.value)
    assert change(hall, one, name="新しい名前").facility_id == "f1"
    assert LogEntry.objects.filter(verb="remove").count() == 0


def test_what_nobody_names_is_removed(hall):
    made = saved(hall, facility_id="f9", name="誤って入れた施設")
    remove(hall, made)
    assert not Facility.objects.filter(facility_id="f9").exists()


def test_one_of_several_times_of_a_department_is_removed_and_the_last_one_stays(hall):
    register = registers()["departments"]
    Department.objects.filter(department_id="d1").update(valid_to=date(2026, 4, 1))
    made = saved(hall, register, department_id="d1", name="学び課", valid_from=date(2026, 4, 1))
    remove(hall, made, register)
    with pytest.raises(WebError, match="WR-12"):
        remove(hall, Department.objects.get(department_id="d1"), register)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("省エネ法、事務事業編", "plan;energy_act"),
        ("plan;shk", "plan;shk"),
        ("条例", "ordinance"),
        ("事務事業偏", None),
    ],
)
def test_schemes_are_read_in_words_or_codes_and_nothing_else(hall, typed, kept):
    data = f"施設,名称,対象とする制度\nf1,中央小学校,{typed}\n".encode()
    (fate,) = fates(FACILITIES, data, "x.csv")
    assert (fate.kind, fate.row.get("scopes")) == (("changed", kept) if kept else ("rejected", None))


def test_a_list_that_came_from_us_changes_nothing_and_a_column_beyond_ours_is_told(hall):
    data = open_data.written(services.rows_of(FACILITIES), "見本市", "012351")
    assert {fate.kind for fate in fates(FACILITIES, data, "x.csv")} == {"same"}
    lines = data.decode("utf-8-sig").splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index("住所")] = "見本市中央1-1"
    changed = "\n".join([lines[0], ",".join(cells)]).encode("cp932")
    (fate,) = fates(FACILITIES, changed, "x.csv")
    assert fate.changes == ("住所：－ → 見本市中央1-1",)


def test_a_name_that_is_one_things_alone_stands_for_its_code(hall):
    Department.objects.create(department_id="d9", name="財産課")
    data = "施設,名称,所管課\nf1,中央小学校,教育委員会\nf3,体育館,財産課\n".encode()
    one, two = fates(FACILITIES, data, "x.csv")
    assert (one.kind, one.row["department_id"]) == ("changed", "d0")
    assert two.kind == "rejected"  # two departments have this name


@pytest.mark.parametrize("register", registers().values(), ids=registers())
def test_no_heading_is_japanese_in_english(register):
    with texts.speaking("en"):
        said = [heading(column) for column in register.columns]
    assert [one for one in said if not one.isascii()] == []


def test_a_department_has_one_row_on_each_day(hall):
    departments = registers()["departments"]
    old = Department.objects.get(department_id="d1")
    new = {"department_id": "d1", "name": "学校教育課", "valid_from": date(2024, 4, 1)}
    with pytest.raises(WebError, match="WR-16"):
        saved(hall, departments, **new)
    assert Department.objects.filter(department_id="d1").count() == 1
    row = {**old.as_row(), "valid_to": date(2024, 4, 1)}
    saved(hall, departments, old.pk, services.version(old.as_row()), **row)
    assert saved(hall, departments, **new).pk


def test_a_file_that_gives_a_facility_two_departments_on_a_day_changes_nothing(hall):
    register = registers()["facility_departments"]
    lines = ["施設,所管課,始まりの日,終わりの日", "f1,d1,,2024-04-01", "f1,d2,2024-03-01,"]
    found = fates(register, "\n".join(lines).encode(), "期間.csv")
    assert [fate.kind for fate in found] == ["new", "new"]
    with pytest.raises(WebError, match="WR-16"):
        services.fates_carry_out(register=register, fates=found, source="期間.csv", actor=hall["secretariat"])
    assert not services.rows_of(register)


def test_a_mistake_in_any_column_of_any_register_is_told_and_nothing_breaks(hall):
    for register in registers().values():
        columns = register.columns
        lines = [[heading(column) for column in columns]]
        lines += [["おかしな値" if one is column else "" for one in columns] for column in columns]
        found = fates(register, "\n".join(",".join(line) for line in lines).encode(), "x.csv")
        asked = [column for column in columns if column.type != "text" or column.required]
        told = {columns[fate.line - 1].column: fate for fate in found}
        assert {told[column.column].kind for column in asked} == {"rejected"}, register.table
        for column in asked:
            if column.type != "text":
                name = texts.label(f"register.column.{column.column}")
                assert f"「{name}」" in told[column.column].problems[0].text(), (register.table, name)
