"""Every layout gives back the quantities that were written, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

MONTHS = [date(2024 + (m > 8), (m + 3) % 12 + 1, 1) for m in range(12)]


def quantities(result):
    return {(row["facility_id"], row["item"], row["start"]): row["quantity"] for row, _ in result.changes}


def codes(result):
    return {finding.code for finding in result.findings if finding.code.startswith("IM")}


@pytest.mark.parametrize(
    "name",
    [
        "facility_months.xlsx",
        "facility_months.xls",
        "facility_months.ods",
        "facility_months_utf8.csv",
        "facility_months_utf8_bom.csv",
        "facility_months_cp932.csv",
        "facility_months_utf16.csv",
        "facility_months_utf16_no_bom.csv",
    ],
)
def test_facilities_by_months_come_back_exactly_from_every_kind_of_file(samples, load, name) -> None:
    result = load(samples.SAMPLES[name](), name)
    expected = {
        (code, "electricity", start): samples.quantity(f, m)
        for f, (code, _) in enumerate(samples.FACILITIES)
        for m, start in enumerate(MONTHS)
    }
    assert quantities(result) == expected
    assert {row["unit"] for row, _ in result.changes} == {"kWh"}
    assert codes(result) == set()
    assert result.layouts == ("facility_months",)


@pytest.mark.parametrize("name", ["facility_sheets.xlsx", "facility_sheets.xls"])
def test_one_sheet_for_each_facility_comes_back_exactly(samples, load, name) -> None:
    result = load(samples.SAMPLES[name](), name)
    items = ("electricity", "city_gas", "heavy_oil_a")
    expected = {
        (code, item, start): samples.quantity(f + k, m)
        for f, (code, _) in enumerate(samples.FACILITIES)
        for k, item in enumerate(items)
        for m, start in enumerate(MONTHS)
    }
    assert quantities(result) == expected
    assert {row["item"]: row["unit"] for row, _ in result.changes} == {
        "electricity": "kWh", "city_gas": "m3", "heavy_oil_a": "L",
    }  # fmt: skip


def test_long_list_comes_back_exactly(samples, load) -> None:
    result = load(samples.SAMPLES["long_list.csv"](), "灯油.csv")
    expected = {
        (code, "kerosene", start): samples.quantity(f, m)
        for f, (code, _) in enumerate(samples.FACILITIES)
        for m, start in enumerate(MONTHS)
    }
    assert quantities(result) == expected


def test_bills_keep_their_own_periods_and_their_supply_points(samples, load) -> None:
    result = load(samples.SAMPLES["bills.csv"](), "請求.csv")
    row = result.changes[0][0]
    assert result.profile.period == "inclusive"
    assert (row["facility_id"], row["start"], row["end"]) == ("F001", date(2024, 3, 15), date(2024, 4, 15))
    assert row["meter_id"] == "0312345678901234567890"
    assert row["cost_yen"] == 100
    assert row["quantity"] == samples.quantity(0, 4)
    assert result.counts["new"] == 12


def test_bills_that_share_a_day_are_read_as_half_open(samples, load) -> None:
    rows = [("0312345678901234567890", f"2024/{m}/15", f"2024/{m + 1}/15", 10, 1) for m in range(4, 8)]
    result = load(samples.as_csv(samples.bills(rows)), "請求.csv")
    assert result.profile.period == "exclusive"
    assert result.changes[0][0]["end"] == date(2024, 5, 15)


def test_a_reading_date_alone_needs_the_reading_before(samples, load) -> None:
    grid = [["供給地点特定番号", "検針日", "使用量(kWh)"]]
    grid += [["0312345678901234567890", f"2024/{month}/15", 100] for month in (4, 5, 6)]
    result = load(samples.as_csv(grid), "検針.csv")
    assert [fate.kind for fate in result.fates] == ["rejected", "new", "new"]
    assert result.rejected[0].reason.code == "IM-25"
    known = {
        "facility_id": "F001", "item": "electricity", "meter_id": "0312345678901234567890", "use": None,
        "basis": "measured", "start": date(2024, 2, 15), "end": date(2024, 3, 15), "quantity": Decimal(1),
        "unit": "kWh", "activity_id": "a",
    }  # fmt: skip
    again = load(samples.as_csv(grid), "検針.csv", existing=(known,))
    assert again.changes[0][0]["start"] == date(2024, 3, 15)


def test_a_supply_point_number_that_excel_rounded_is_refused(samples, load) -> None:
    grid = samples.usual_bills()
    grid[1][0] = Decimal(312345678901234567890)
    result = load(samples.as_xlsx({"請求": grid}))
    assert result.rejected[0].reason.code == "IM-33"


def test_city_folder_rows_come_back_with_their_history_left_out(samples, load) -> None:
    grid = [
        ["activity_id", "facility_id", "item", "start", "end", "quantity", "unit", "basis", "meter_id", "replaces"],
        ["a1", "F001", "electricity", "2024-04-01", "2024-05-01", "100", "kWh", "measured", "m1", ""],
        ["a2", "F001", "electricity", "2024-04-01", "2024-05-01", "120.50", "kWh", "estimated", "m1", "a1"],
        ["a3", "F002", "electricity", "2024-04-01", "2024-05-01", "", "kWh", "measured", "", ""],
        ["a4", "F002", "electricity", "2024-05-01", "2024-06-01", "", "kWh", "not_occurring", "", ""],
        ["a5", "F002", "electricity", "2024-13-01", "2024-06-01", "1", "kWh", "measured", "", ""],
    ]
    result = load(samples.as_csv(grid), "activities.csv")
    rows = [row for row, _ in result.changes]
    assert [(row["quantity"], row["basis"]) for row in rows] == [
        (Decimal("120.50"), "estimated"),
        (None, "measured"),
        (None, "not_occurring"),
    ]
    assert [fate.reason.code for fate in result.rejected] == ["IM-34"]


def test_months_down_and_items_across_take_the_facility_from_the_sheet(samples, load) -> None:
    grid = [["令和6年度"], ["月", "電気(kWh)", "都市ガス(㎥)", "電気料金(円)"]]
    grid += [[f"{m}月", m * 10, m, 999] for m in (4, 5, 1)]
    result = load(samples.as_xlsx({"こつこつ小学校": grid}))
    assert quantities(result) == {
        ("F003", "electricity", date(2024, 4, 1)): 40, ("F003", "city_gas", date(2024, 4, 1)): 4,
        ("F003", "electricity", date(2024, 5, 1)): 50, ("F003", "city_gas", date(2024, 5, 1)): 5,
        ("F003", "electricity", date(2025, 1, 1)): 10, ("F003", "city_gas", date(2025, 1, 1)): 1,
    }  # fmt: skip


def test_tables_one_below_the_other_have_items_of_their_own(samples, load) -> None:
    rows = {"市役所本庁舎": [Decimal(5)] * 12}
    grid = [*samples.facility_months(rows, "令和6年度 電気", "kWh"), []]
    grid += samples.facility_months(rows, "令和6年度 都市ガス", "㎥")
    result = load(samples.as_xlsx({"光熱": grid}))
    assert {row["item"] for row, _ in result.changes} == {"electricity", "city_gas"}
    assert result.counts["new"] == 24
    assert "L1-02" in {finding.code for finding in result.findings}


def test_month_heading_over_quantity_and_money_reads_the_quantity(samples, load) -> None:
    head = ["施設名", *[cell for m in samples.MONTHS for cell in (m, None)]]
    below = [None, *["使用量", "料金"] * 12]
    grid = [["令和6年度 電気(kWh)"], head, below, ["市役所本庁舎", *[v for m in range(12) for v in (m + 1, 9999)]]]
    merged = [(1, c, 1, c + 1) for c in range(1, 25, 2)]
    result = load(samples.as_xlsx({"電気": grid}, merged={"電気": merged}))
    assert sorted(quantities(result).values()) == list(range(1, 13))
    assert result.counts["rejected"] == 0


def test_joined_months_hold_one_quantity_for_both(samples, load) -> None:
    grid = samples.facility_months({"市役所本庁舎": [Decimal(60), None, *[Decimal(1)] * 10]}, "令和6年度 電気", "kWh")
    result = load(samples.as_xlsx({"電気": grid}, merged={"電気": [(3, 1, 3, 2)]}))
    first = result.changes[0][0]
    assert (first["start"], first["end"], first["quantity"]) == (date(2024, 4, 1), date(2024, 6, 1), 60)
    assert result.counts["new"] == 11


def test_a_quantity_joined_over_two_facilities_belongs_to_neither(samples, load) -> None:
    rows = {"市役所本庁舎": [Decimal(60)] * 12, "こつこつ小学校": [None, *[Decimal(1)] * 11]}
    grid = samples.facility_months(rows, "令和6年度 電気", "kWh", totals=False)
    result = load(samples.as_xlsx({"電気": grid}, merged={"電気": [(3, 1, 4, 1)]}))
    assert [fate.reason.code for fate in result.rejected] == ["IM-31"]


def test_facility_joined_over_its_items_names_them_all(samples, load) -> None:
    grid = [["令和6年度"], ["施設", "項目", "単位", *samples.MONTHS]]
    grid += [["市役所本庁舎", "電気", "kWh", *[1] * 12], [None, "灯油", "〃", *[2] * 12]]
    grid[3][2] = "L"
    result = load(samples.as_xlsx({"光熱": grid}, merged={"光熱": [(2, 0, 3, 0)]}))
    assert {(row["facility_id"], row["item"]) for row, _ in result.changes} == {
        ("F001", "electricity"),
        ("F001", "kerosene"),
    }


def test_fiscal_years_across_give_one_row_a_year(samples, load) -> None:
    grid = [["電気使用量（kWh）"], ["施設名", "令和4年度", "令和5年度", "令和6年度"], ["市役所本庁舎", 10, 20, 30]]
    result = load(samples.as_xlsx({"電気": grid}))
    row = result.changes[1][0]
    assert (row["start"], row["end"], row["quantity"]) == (date(2023, 4, 1), date(2024, 4, 1), 20)


def test_file_without_a_table_is_refused_in_words(samples, load) -> None:
    with pytest.raises(Exception, match="使用量の表が見つかりません"):
        load(samples.as_xlsx({"メモ": [["よろしくお願いします。"]]}))


def test_estimated_months_of_a_long_list_keep_their_basis(samples, load) -> None:
    grid = [["年月", "施設名", "種別", "使用量", "単位", "実測・推計"]]
    grid += [["R6.4", "市役所本庁舎", "灯油", 5, "L", "推計"], ["R6.5", "市役所本庁舎", "灯油", 6, "L", "実測"]]
    assert [row["basis"] for row, _ in load(samples.as_csv(grid), "灯油.csv").changes] == ["estimated", "measured"]
