"""Doubts, refusals and fates of whole files."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers import Profile, readability, rejects


def reasons(result):
    return {fate.raw.place: fate.reason.code for fate in result.rejected}


def by_place(result):
    return {fate.raw.place: fate for fate in result.fates}


def test_messy_cells_have_the_fates_they_deserve(samples, load) -> None:
    result = load(samples.SAMPLES["messy.xlsx"]())
    rows = {place: fate.row for place, fate in by_place(result).items() if fate.row}
    assert [rows[f"電気!{column}4"]["quantity"] for column in "BCDEFG"] == [
        Decimal("1234.5"), -12, -12, Decimal("1.5"), 1200, 1234,
    ]  # fmt: skip
    assert rows["電気!E4"]["unit"] == "千kWh"
    assert [rows[f"電気!{column}4"]["basis"] for column in "EF"] == ["measured", "estimated"]
    assert {place: code for place, code in reasons(result).items() if not place.endswith("8")} == {
        "電気!B6": "IM-41", "電気!C6": "IM-39", "電気!D6": "IM-32", "電気!B7": "IM-37", "電気!C7": "IM-36",
    }  # fmt: skip


def test_blank_zero_dash_and_dots_have_four_fates(samples, load) -> None:
    fates = by_place(load(samples.SAMPLES["messy.xlsx"]()))
    dash, dots, blank, zero = (fates[f"電気!{column}5"] for column in "BCDE")
    assert (dash.row["basis"], dash.row["quantity"]) == ("not_occurring", None)
    assert (dots.row["basis"], dots.row["quantity"]) == ("measured", None)
    assert (blank.kind, blank.row) == ("blank", None)
    assert zero.row["quantity"] == Decimal(0)


def test_hidden_rows_are_read_and_said(samples, load) -> None:
    result = load(samples.SAMPLES["messy.xlsx"]())
    assert any(fate.raw.row == 5 for fate in result.fates)
    assert {"L1-13", "L1-12", "IM-09"} <= {finding.code for finding in result.findings}


def test_totals_are_checked_and_never_read(samples, load) -> None:
    grid = samples.usual_facility_months()
    grid[3][13] += 1
    grid[7][1] += 1000
    result = load(samples.as_xlsx({"電気": grid}))
    wrong = {finding.where: finding.data for finding in result.findings if finding.code == "IM-40"}
    assert set(wrong) == {"電気!N4", "電気!B8"}
    assert wrong["電気!B8"]["stated"] - wrong["電気!B8"]["computed"] == 1000
    assert result.counts["new"] == 48


def test_subtotals_of_groups_add_up_to_the_total(samples, load) -> None:
    names = [name for _, name in samples.FACILITIES]
    line = [Decimal(m) for m in range(12)]
    twice, fourfold = [2 * v for v in line], [4 * v for v in line]
    grid = [["令和6年度 電気(kWh)"], ["施設名", *samples.MONTHS]]
    grid += [[names[0], *line], [names[1], *line], ["庁舎 小計", *twice]]
    grid += [[names[2], *line], [names[3], *line], ["学校計", *twice], ["総計", *fourfold]]
    result = load(samples.as_xlsx({"電気": grid}))
    assert result.counts["new"] == 48
    assert not [finding for finding in result.findings if finding.code == "IM-40"]


def test_a_ditto_quantity_is_taken_over_and_said(samples, load) -> None:
    grid = samples.facility_months(
        {"市役所本庁舎": [Decimal(7)] * 12, "こつこつ小学校": ["〃"] * 12}, "R6年度電気", "kWh"
    )
    result = load(samples.as_xlsx({"電気": grid}))
    assert result.counts["new"] == 24
    assert sum(finding.code == "IM-30" for finding in result.findings) == 12


def test_same_file_twice_changes_nothing(samples, load, after) -> None:
    for name in ("facility_months.xlsx", "facility_sheets.xls", "long_list.csv", "bills.csv"):
        first = load(samples.SAMPLES[name](), name)
        again = load(samples.SAMPLES[name](), name, existing=after(first))
        assert again.counts["same"] == first.counts["new"] > 0
        assert again.changes == []


def test_one_changed_cell_is_one_correction(samples, load, after) -> None:
    first = load(samples.SAMPLES["facility_months.xlsx"]())
    grid = samples.usual_facility_months()
    grid[4][2] += 10
    again = load(samples.as_xlsx({"電気": grid}), existing=after(first))
    assert again.counts["corrects"] == 1
    ((row, replaced),) = again.changes
    assert (row["facility_id"], row["start"]) == ("F002", date(2024, 5, 1))
    assert replaced == next(
        old["activity_id"] for old in after(first) if old["start"] == row["start"] and old["facility_id"] == "F002"
    )


def test_same_quantity_in_another_unit_is_the_same(samples, load, after) -> None:
    first = load(
        samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(1500)] * 12}, "R6年度電気", "kWh")})
    )
    again = samples.facility_months({"市役所本庁舎": [Decimal("1.5")] * 12}, "R6年度電気", "千kWh")
    assert load(samples.as_xlsx({"電気": again}), existing=after(first)).counts["same"] == 12


def test_blank_cell_does_not_erase_what_is_known(samples, load, after) -> None:
    first = load(samples.SAMPLES["facility_months.xlsx"]())
    grid = samples.usual_facility_months()
    grid[4][2] = None
    result = load(samples.as_xlsx({"電気": grid}), existing=after(first))
    assert (result.counts["blank"], result.counts["corrects"]) == (1, 0)


def test_rows_twice_in_a_file_are_one_and_said(samples, load) -> None:
    grid = samples.usual_long_list()
    result = load(samples.as_csv([*grid, grid[1]]), "灯油.csv")
    assert (result.counts["new"], result.counts["ignored"]) == (48, 1)
    assert "IM-61" in {finding.code for finding in result.findings}


def test_rows_that_contradict_each_other_are_both_refused(samples, load) -> None:
    grid = samples.usual_long_list()
    other = [*grid[1]]
    other[3] += 1
    result = load(samples.as_csv([*grid, other]), "灯油.csv")
    assert (result.counts["new"], result.counts["rejected"]) == (47, 2)
    assert set(reasons(result).values()) == {"IM-60"}


def test_unknown_facility_is_refused_and_a_similar_one_only_proposed(samples, load) -> None:
    rows = {"市立体育館": [Decimal(1)] * 12, "（株）高崎プール": [Decimal(2)] * 12}
    data = samples.as_xlsx({"電気": samples.facility_months(rows, "R6年度電気", "kWh")})
    result = load(data)
    assert set(reasons(result).values()) == {"IM-50", "IM-57"}
    assert result.profile.uncertain["facilities"] == {"市立体育館": "", "（株）高崎プール": "F002"}
    settled = result.profile.confirmed("facilities", "（株）高崎プール", "F002").confirmed(
        "facilities", "市立体育館", ""
    )
    again = load(data, profile=settled)
    assert again.counts == {"new": 12, "same": 0, "corrects": 0, "rejected": 0, "blank": 0, "ignored": 12}


def test_two_facilities_of_one_name_are_not_chosen_between(samples, load) -> None:
    facilities = (("F001", "分館"), ("F002", "分 館"))
    data = samples.as_xlsx({"電気": samples.facility_months({"分館": [Decimal(1)] * 12}, "R6年度電気", "kWh")})
    assert set(reasons(load(data, facilities=facilities)).values()) == {"IM-51"}


def test_table_without_year_is_not_dated_by_guess(samples, load) -> None:
    data = samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(1)] * 12}, "電気", "kWh")})
    assert set(reasons(load(data)).values()) == {"IM-21"}
    assert load(data, fiscal_year=2024).counts["new"] == 12
    assert load(data, name="R5電気.xlsx").changes[0][0]["start"] == date(2023, 4, 1)


def test_year_in_title_against_year_in_sheet_name_is_refused(samples, load) -> None:
    grid = samples.facility_months({"市役所本庁舎": [Decimal(1)] * 12}, "令和5年度 電気", "kWh")
    result = load(samples.as_xlsx({"R6": grid}))
    assert result.counts["rejected"] == 12
    assert "IM-22" in {finding.code for finding in result.findings}


def test_year_in_headings_against_year_in_title_is_refused(samples, load) -> None:
    grid = samples.facility_months({"市役所本庁舎": [Decimal(1)] * 12}, "令和6年度 電気", "kWh")
    grid[2] = ["施設名", *[f"R{5 + (m > 8)}.{(m + 3) % 12 + 1}" for m in range(12)], "計"]
    result = load(samples.as_xlsx({"電気": grid}))
    assert result.counts["rejected"] == 12


def test_another_year_than_asked_for_is_said(samples, load) -> None:
    result = load(samples.SAMPLES["facility_months.xlsx"](), fiscal_year=2025)
    assert "IM-23" in {finding.code for finding in result.findings}
    assert result.changes[0][0]["start"] == date(2024, 4, 1)


def test_copied_sheet_with_two_facilities_in_it_is_refused(samples, load) -> None:
    grid = samples.facility_sheet("市役所本庁舎", {("電気", "kWh"): [Decimal(1)] * 12}, "令和6年度")
    assert set(reasons(load(samples.as_xlsx({"こつこつ小学校": grid}))).values()) == {"IM-24"}


def test_missing_unit_is_not_filled_in(samples, load) -> None:
    grid = samples.facility_months({"市役所本庁舎": [Decimal(1)] * 12}, "令和6年度 電気", "kWh")
    grid[1] = []
    data = samples.as_xlsx({"電気": grid})
    result = load(data)
    assert set(reasons(result).values()) == {"IM-53"}
    assert result.profile.uncertain["units"] == {"electricity": "kWh"}
    assert load(data, profile=result.profile.confirmed("units", "electricity", "kWh")).counts["new"] == 12


def test_unit_of_another_dimension_is_refused(samples, load) -> None:
    data = samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(1)] * 12}, "R6年度電気", "L")})
    assert set(reasons(load(data)).values()) == {"IM-55"}


def test_source_names_file_sheet_and_cell(samples, load) -> None:
    result = load(samples.SAMPLES["facility_months.xlsx"](), "01_電気.xlsx")
    assert result.changes[0][0]["source"] == "01_電気.xlsx 電気!B4"


def test_rejects_open_with_the_reason_beside_the_row(samples, load) -> None:
    result = load(samples.SAMPLES["messy.xlsx"]())
    sheet = openpyxl.load_workbook(io.BytesIO(rejects(result)))["電気"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][0] == "令和６年度 電気使用量"
    said = {line[0]: line[-1] for line in lines if line[-1]}
    assert not {"市役所本庁舎", "合　計"} & {line[0] for line in lines}
    assert set(said) == {"施設名", "こつこつ小学校", "北部浄化センター", "市立体育館（新）"}
    assert "「去年並み」は数値として読めません" in said["こつこつ小学校"]
    assert rejects(load(samples.SAMPLES["long_list.csv"](), "x.csv")) is None


def test_mended_rejects_are_imported_like_the_first_file(samples, load, after) -> None:
    first = load(samples.SAMPLES["messy.xlsx"]())
    book = openpyxl.load_workbook(io.BytesIO(rejects(first)))
    sheet = book["電気"]
    for row in sheet.iter_rows(min_row=4):
        for cell in row[1:13]:
            if row[0].value in ("こつこつ小学校", "北部浄化センター") and not isinstance(cell.value, int | float):
                cell.value = 321
    out = io.BytesIO()
    book.save(out)
    result = load(out.getvalue(), existing=after(first))
    assert result.counts["new"] == 5
    assert result.counts["corrects"] == 0
    assert set(reasons(result).values()) == {"IM-50"}


def test_joined_months_stay_joined_in_the_rejects(samples, load) -> None:
    grid = samples.facility_months({"市立体育館": [Decimal(60), None, *[Decimal(1)] * 10]}, "令和6年度 電気", "kWh")
    result = load(samples.as_xlsx({"電気": grid}, merged={"電気": [(3, 1, 3, 2), (0, 0, 0, 13)]}))
    again = load(rejects(result), facilities=(("F009", "市立体育館"),))
    assert [(row["start"].month, row["end"].month, row["quantity"]) for row, _ in again.changes[:2]] == [
        (4, 6, 60),
        (6, 7, 1),
    ]


def test_a_long_file_name_does_not_spoil_the_rejects(samples, load) -> None:
    grid = samples.facility_months({"市立体育館": [Decimal(1)] * 12}, "令和6年度 電気", "kWh")
    result = load(samples.as_csv(grid), "令和6年度_電気使用量_[教育委員会]_学校教育課_提出版_修正2_最終.csv")
    book = openpyxl.load_workbook(io.BytesIO(rejects(result)))
    assert len(book.sheetnames[0]) <= 31


def test_a_formula_in_a_name_does_not_run_in_the_rejects(samples, load) -> None:
    grid = samples.facility_months({"市役所本庁舎": [Decimal(1)] * 12}, "令和6年度 電気", "kWh")
    grid[3][0] = '=HYPERLINK("http://example.invalid")'
    result = load(samples.as_csv(grid), "x.csv")
    cell = openpyxl.load_workbook(io.BytesIO(rejects(result))).active["A4"]
    assert cell.data_type == "s"


def test_profile_comes_back_from_its_text(samples, load) -> None:
    for name in ("messy.xlsx", "bills.csv"):
        profile = load(samples.SAMPLES[name](), name).profile
        assert Profile.from_toml(profile.to_toml()) == profile
    odd = Profile('改行\n"引用"\\', ("bills",), "inclusive", {"a\tb": "x"}, uncertain={"facilities": {"\x7f": ""}})
    assert Profile.from_toml(odd.to_toml()) == odd


def test_profile_that_does_not_fit_is_refused_in_words(samples, load) -> None:
    bills = load(samples.SAMPLES["bills.csv"](), "請求.csv").profile
    with pytest.raises(ImportFileError) as caught:
        load(samples.SAMPLES["facility_months.xlsx"](), profile=bills)
    assert caught.value.code == "IM-11"
    grid = samples.usual_bills()
    grid[0][4] = "金額（円）"
    assert load(samples.as_csv(grid), "請求.csv", profile=bills).counts["new"] == 12
    grid[0][1] = "ご使用期間開始日"
    with pytest.raises(ImportFileError, match="使用期間開始日"):
        load(samples.as_csv(grid), "請求.csv", profile=bills)


@pytest.mark.parametrize("text", ["", "name = 1", "name = 'a'\nlayouts = ['?']\nperiod = 'calendar'", "[columns"])
def test_broken_profile_is_refused_in_words(text: str) -> None:
    with pytest.raises(ImportFileError, match="読み取り設定"):
        Profile.from_toml(text, "x.toml")


def test_a_check_that_did_not_run_is_never_clear(samples, load) -> None:
    states = {check.rule: check.state for check in load(samples.SAMPLES["long_list.csv"](), "x.csv").checks}
    assert states["L1-12"] == states["L1-13"] == states["L1-11"] == "not_run"
    assert states["L3-04"] == "clear"
    empty = readability.check(load(samples.SAMPLES["long_list.csv"](), "x.csv").book, ())
    assert {check.state for check in empty} == {"not_run"}


def test_a_table_of_money_is_passed_over_and_said(samples, load) -> None:
    rows = {"市役所本庁舎": [Decimal(5)] * 12}
    grid = [*samples.facility_months(rows, "令和6年度 電気使用量", "kWh"), []]
    grid += samples.facility_months(rows, "令和6年度 電気料金", "円")
    result = load(samples.as_xlsx({"電気": grid}))
    assert result.counts == {"new": 12, "same": 0, "corrects": 0, "rejected": 0, "blank": 0, "ignored": 0}
    assert "IM-42" in {finding.code for finding in result.findings}


def test_bills_and_a_sheet_of_months_for_the_same_days_are_said(samples, load, after) -> None:
    bills = load(samples.SAMPLES["bills.csv"](), "請求.csv")
    result = load(samples.SAMPLES["facility_months.xlsx"](), existing=after(bills))
    doubts = [finding.data["facility"] for finding in result.findings if finding.code == "IM-62"]
    assert doubts == ["市役所本庁舎", "こつこつ小学校"]
    assert load(samples.SAMPLES["bills.csv"](), "請求.csv", existing=after(bills)).findings == bills.findings


def test_days_of_a_row_that_was_taken_back_are_free_again(samples, load, after) -> None:
    data = samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(5)] * 12}, "R6年度電気", "kWh")})
    row = after(load(data))[0]
    year = {**row, "start": date(2024, 4, 1), "end": date(2025, 4, 1), "quantity": Decimal(60)}
    back = {**year, "quantity": None, "basis": "not_occurring", "replaces": "A000001"}
    assert "IM-62" in {finding.code for finding in load(data, existing=(year,)).findings}
    assert "IM-62" not in {finding.code for finding in load(data, existing=(back,)).findings}


def test_sheet_without_meter_means_the_only_meter_of_the_city(samples, load, after) -> None:
    data = samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(5)] * 12}, "R6年度電気", "kWh")})
    first = after(load(data))
    one = tuple({**row, "meter_id": "m1"} for row in first)
    assert load(data, existing=one).counts["same"] == 12
    two = load(data, existing=(*one, *({**row, "meter_id": "m2"} for row in first)))
    assert two.counts["new"] == 12
    assert "IM-62" in {finding.code for finding in two.findings}


def test_row_of_the_city_without_meter_stays_the_same_after_meters_came(samples, load, after) -> None:
    old = samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(5)] * 12}, "R5年度電気", "kWh")})
    new = samples.as_xlsx({"電気": samples.facility_months({"市役所本庁舎": [Decimal(5)] * 12}, "R6年度電気", "kWh")})
    metered = tuple({**row, "meter_id": "m1"} for row in after(load(new)))
    assert load(old, existing=(*after(load(old)), *metered)).counts["same"] == 12


def test_heading_with_line_end_and_unit_is_a_month(samples, load) -> None:
    grid = samples.facility_months({"市役所本庁舎": [Decimal(5)] * 12}, "令和6年度 電気", "kWh")
    grid[1] = []
    grid[2] = ["施設名", *[f"{month}\n（kWh）" for month in samples.MONTHS]]
    assert load(samples.as_xlsx({"電気": grid})).counts["new"] == 12
