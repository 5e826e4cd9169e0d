from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.accounting import exact
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.sessions.optimise_setting import Asked, budgets_of, years_of

CITY = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
TARGET = ("--fy", 2024, "--target-fy", 2030, "--target-pct", 50)
D = Decimal


@pytest.fixture
def town(town):
    """1,000 MWh at 0.5 kg in FY2024: 500 t; twice as much in the base year: 1,000 t."""
    town.own("electricity", "0.5", valid_from="2012-04-01", valid_to="2031-04-01")
    for fy, kwh in ((2013, 2_000_000), (2024, 1_000_000)):
        town.year("electricity", fy, kwh)
    return town


def test_budget_is_read_as_people_write_it() -> None:
    assert budgets_of("5000万", 2) == (D(50_000_000), D(50_000_000))
    assert budgets_of("1.2億円", 1) == (D(120_000_000),)
    assert budgets_of("100万,200万", 2) == (D(1_000_000), D(2_000_000))
    assert budgets_of("50,000,000", 3) == (D(50_000_000),) * 3


@pytest.mark.parametrize(
    ("text", "code"), [("多め", "PO-08"), ("1,2,3", "PO-02"), ("-5", "PO-08"), ("NaN", "PO-08"), ("∞", "PO-08")]
)
def test_budget_that_cannot_be_read_is_refused(text: str, code: str) -> None:
    with pytest.raises(PlanningError, match=code):
        budgets_of(text, 2)


def asked(**other) -> Asked:
    told = {"budget": "1", "target_fy": None, "target_pct": None, "years": None, "fy": None, "grid": None, "rate": D(0)}
    return Asked(**{**told, **other})


def test_plan_runs_from_the_year_after_next_to_the_target() -> None:
    assert years_of(asked(target_fy=2030), 2024) == range(2026, 2031)
    assert years_of(asked(years="2027-2029"), 2024) == range(2027, 2030)


@pytest.mark.parametrize("text", ["来年", "2024-2026", "2030-2027"])
def test_years_that_cannot_be_a_plan_are_refused(text: str) -> None:
    with pytest.raises(PlanningError, match="PO-08"):
        years_of(asked(years=text), 2024)


@pytest.fixture(scope="module")
def compared(cli):
    """The demo city within a hundred million a year, beside other factors and budgets."""
    return cli("optimise", CITY, "--budget", "1億", *TARGET, "--compare", "--format", "json")


def test_demo_city_meets_half_of_its_base_year_within_a_hundred_million(compared) -> None:
    assert compared.status == 0
    told = compared.json
    assert told["meets_target"]
    assert float(told["gap"]) <= 0.001
    last = told["yearly"][-1]
    left = D(last["before_measures"]) - D(last["saved_tonnes_co2e"])
    assert left <= D(told["target"]["tonnes_co2e"])
    assert D(last["saved_in_order"]) >= D(last["saved_tonnes_co2e"])
    assert all(D(year["spending_yen"]) <= D(100_000_000) for year in told["yearly"])
    assert exact.total(D(each["saved_tonnes_co2e"]) for each in told["measures"]) == D(last["saved_tonnes_co2e"])
    reached = [D(step["reach"]) for step in told["curve"]]
    assert reached == sorted(reached)
    assert reached[-1] == D(last["saved_tonnes_co2e"])
    assert exact.total(D(yearly[-1]) for yearly in told["wedges"].values()) == D(last["saved_tonnes_co2e"])
    assert {each["status"] for each in told["assumptions"]} <= {"secondary", "unconfirmed"}
    assert "ME-05" not in {each["code"] for each in told["findings"]}, "every measure works on what its facility uses"


def test_demo_city_is_told_what_is_lacking_when_the_target_is_out_of_reach(cli) -> None:
    done = cli("optimise", CITY, "--budget", "100万", "--fy", 2024, "--target-fy", 2030, "--target-pct", 60)
    assert done.status == 0
    text = "".join(done.out.split())
    assert "目標に届かないことが確かめられました" in text
    assert "t足りません" in text
    assert "いくら増やしても届きません" in text or "千円増やせば届きます" in text


def test_table_names_facilities_measures_and_what_is_taken_for_granted(cli) -> None:
    done = cli("optimise", CITY, "--budget", "1億", *TARGET, "--discount-rate", "4%")
    assert "割引率 年4.0%" in done.out
    assert "この市は架空です" in done.out
    assert "太陽光発電" in done.out
    assert "令和12（2030）年度の目標は" in done.out
    assert not re.search(r"令和\d+年度|20\d\d年度", done.out.split("想定：")[0]), "a sentence names a year in both ways"
    assert "令和12（2030）年度の 0.250 t-CO2/MWh" in done.out.replace("\n", "")
    assert max(len(line.encode("utf-16-le")) for line in done.out.splitlines()) <= 200


def test_without_a_target_the_most_is_saved_and_english_is_spoken(cli) -> None:
    options = ("--budget", "2000万", "--fy", 2024, "--seconds", 3, "--years", "2026-2027")
    done = cli("optimise", CITY, *options, lang="en")
    assert done.status == 0
    assert "Choice of measures" in done.out


def test_scenarios_are_compared(compared) -> None:
    told = compared.json
    named = [side["scenario"] for side in told["scenarios"]]
    assert named == ["見込みどおり", "電気の係数が今のまま", "予算が半分", "予算が倍"]
    assert told["scenarios"][0]["saved_tonnes_co2e"] == told["yearly"][-1]["saved_tonnes_co2e"]
    assert told["scenarios"][0]["present_cost_yen"] == told["present_cost_yen"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--budget", "1億", "--fy", 2024, "--target-fy", 2030), "PO-11"),
        (("--budget", "たくさん", *TARGET), "PO-08"),
        (("--budget", "1億", *TARGET, "--discount-rate", "-1"), "PO-08"),
        (("--budget", "1億", *TARGET, "--discount-rate", "4"), "PO-08"),
        (("--budget", "1億", *TARGET, "--grid", "-0.1"), "PO-08"),
        (("--budget", "1億", "--fy", 2024, "--target-fy", 2030, "--target-pct", 120), "PO-08"),
        (("--budget", "1億", *TARGET, "--close", "f1"), "PO-12"),
        (("--budget", "1億", *TARGET, "--close", "f999=2028"), "PO-12"),
        (("--budget", "1億", *TARGET, "--close", "f1=2031"), "PO-12"),
        (("--budget", "1億", *TARGET, "--close", "f1=2028", "--close", "f1=2029"), "PO-12"),
    ],
)
def test_wrong_use_is_said_in_japanese(cli, town, options: tuple, code: str) -> None:
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1_000_000, running_yen=0)
    done = cli("optimise", town.write(), *options)
    assert done.status == 2
    assert code in "".join(done.err.split())


def test_a_subsidy_that_is_no_share_is_refused(cli, town) -> None:
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1, running_yen=0, subsidy="p")
    town.add("subsidies", programme="p", rate=50, yearly_limit_yen=1)
    done = cli("optimise", town.write(), "--budget", "1", "--fy", 2024, "--years", "2026")
    assert (done.status, "PO-13" in done.err) == (2, True)
    town.tables["subsidies"][0]["rate"] = "0.5"
    town.add("subsidies", programme="p", rate="0.5", yearly_limit_yen=1)
    done = cli("optimise", town.write(), "--budget", "1", "--fy", 2024, "--years", "2026")
    assert (done.status, "PO-14" in done.err) == (2, True), "its limit would be paid out twice"


def test_what_a_plan_cannot_heed_of_a_measure_is_told(cli, town) -> None:
    given = {"facility_id": "f1", "measure": "led", "cost_yen": 1, "running_yen": -1}
    town.add("measures", measure_id="late", earliest_fy=2062, **given)
    town.add("measures", measure_id="discount", renewal_discount="0.3", **given)
    town.add("measures", measure_id="renewal", renewal_fy=2026, **given)
    told = cli(
        "optimise", town.write(), "--budget", "10", "--fy", 2024, "--years", "2026-2027", "--format", "json"
    ).json
    said = [(one["code"], one["data"]["measure_id"]) for one in told["findings"] if one["code"] in ("ME-08", "ME-09")]
    assert said == [("ME-08", "late"), ("ME-09", "discount"), ("ME-09", "renewal")]


def test_small_town_by_hand(cli, town) -> None:
    # Target 40 % of 1,000 t. FY2026 at a grid still as it is (0.5): 500 t, so 100 t are to be saved by one of:
    # 200 MWh of LED for 30 million, or 200 kW of PV (1,000 kWh/kW) for 50 million; in the plan's last year.
    for key, measure, size, yen in (("a", "led_kwh", 200_000, 30_000_000), ("b", "pv_own", 200, 50_000_000)):
        town.add("measures", measure_id=key, facility_id="f1", measure=measure, size=size, cost_yen=yen, running_yen=0)
    options = ("--budget", "4000万", "--fy", 2024, "--target-fy", 2027, "--target-pct", 60, "--grid", "0.5")
    told = cli("optimise", town.write(), *options, "--discount-rate", "0%", "--format", "json").json
    assert told["target"]["tonnes_co2e"] == "400"
    assert told["target"]["to_save"] == {"2027": "100"}
    assert [each["measure_id"] for each in told["measures"]] == ["a"]
    assert told["present_cost_yen"] == "30000000"
    assert told["measures"][0]["yen_per_tonne"] == "20000"  # 30 million over 15 years of 100 t


def test_a_tonne_costs_by_what_is_saved_while_the_grid_gets_cleaner_in_the_whole_life(cli, town) -> None:
    # Factor 0.5 in FY2024, 0.25 in 2028, 0.05 from 2032, straight between. PV of 100 kW makes 100 MWh from FY2027:
    # 100 x (0.3125 + 0.25 + 0.20 + 0.15 + 0.10 + 15 x 0.05) = 176.25 t in the 20 years to FY2046.
    for fy, factor in ((2028, "0.25"), (2032, "0.05")):
        town.add("assumptions", kind="grid_factor", fiscal_year=fy, value=factor, source="想定")
    town.add("measures", measure_id="a", facility_id="f1", measure="pv_own", size=100, cost_yen=50_000_000,
             running_yen=-1_000_000)  # fmt: skip
    options = ("--budget", "5000万", "--fy", 2024, "--years", "2026-2027", "--format", "json")
    folder = town.write()
    (one,) = cli("optimise", folder, *options, "--discount-rate", "0").json["measures"]
    assert D(one["saved_tonnes_co2e"]) == D("31.25")
    assert D(one["yen_per_tonne"]) == pytest.approx((50_000_000 - 20_000_000) / D("176.25"))
    # At 5 % the yearly million counts from the year after the start, as in the plan's own present cost.
    (one,) = cli("optimise", folder, *options, "--discount-rate", "5%").json["measures"]
    cost = 50_000_000 - 1_000_000 * sum(1 / 1.05**year for year in range(1, 21))
    assert float(one["yen_per_tonne"]) == pytest.approx(cost / 176.25)


def test_tonnes_of_the_invented_city_cost_what_plain_arithmetic_says(cli, compared) -> None:
    used = cli("inventory", CITY, "--fy", 2024, "--by", "facility,item", "--format", "json").json["rows"]
    power = [row for row in used if row["item"] == "electricity"]
    now = sum(float(row["tonnes_co2e"]) for row in power) / sum(float(row["quantity"]) for row in power) * 1000

    def grid(fy: int) -> float:
        """Of today's mean, through 0.25 t/MWh in FY2030 to 0.10 in FY2040 and after."""
        if fy <= 2030:
            return 1 + (0.25 / now - 1) * (fy - 2024) / 6
        return (0.25 - 0.15 * min(fy - 2030, 10) / 10) / now

    def tonnes(facility: str, item: str) -> tuple[float, float]:
        (row,) = (row for row in used if (row["facility"], row["item"]) == (facility, item))
        return float(row["tonnes_co2e"]), float(row["quantity"])

    def per_tonne(capex: int, running: int, years: range, lead: int, saved) -> float:
        cost = capex + running * sum(1.04 ** -(lead + age) for age in range(len(years)))
        return cost / sum(saved(fy) for fy in years)

    found = {one["measure_id"]: one for one in compared.json["measures"]}
    school, kwh = tonnes("f015", "electricity")  # a PPA of 60 kW beside no LED: 60,000 of its 129,651 kWh
    plastic = 0.15 * tonnes("f175", "waste_plastic_incinerated")[0]
    plant = tonnes("f175", "electricity")[0]
    begun = {key: found[key]["fiscal_year"] for key in ("m049", "m109", "m110")}
    said = {
        "m049": per_tonne(470_000, -180_000, range(begun["m049"] + 1, begun["m049"] + 21), 1,
                          lambda fy: school / kwh * 60_000 * grid(fy)),
        "m109": per_tonne(17_500_000, 4_370_000, range(begun["m109"] + 1, begun["m109"] + 11), 1, lambda fy: plastic),
        "m110": per_tonne(0, 10_440_000, range(begun["m110"], begun["m110"] + 1), 0, lambda fy: plant * grid(fy)),
    }  # fmt: skip
    for key, value in said.items():
        assert float(found[key]["yen_per_tonne"]) == pytest.approx(value), key


def test_a_closed_facility_stands_beside_the_others_with_what_it_no_longer_emits(cli, town) -> None:
    # 500 t in all, 100 t (200 MWh at 0.5 kg) of them at f2, whose only measure falls away with it.
    town.facility("f2", name="北の支所")
    town.year("electricity", 2024, 200_000, facility_id="f2")
    town.add("measures", measure_id="a", facility_id="f2", measure="led", cost_yen=1_000_000, running_yen=0)
    options = ("--budget", "100万", "--fy", 2024, "--years", "2026-2027", "--grid", "0.5", "--format", "json")
    sides = cli("optimise", town.write(), *options, "--close", "f2=2027").json["scenarios"]
    assert [side["before_measures"] for side in sides] == ["600", "600", "600", "600", "500"]
    assert sides[-1]["scenario"] == "閉鎖：北の支所（2027年度から）"
    assert [side["saved_tonnes_co2e"] for side in sides] == ["12", "12", "0", "12", "0"]


def test_a_measure_that_finds_nothing_to_work_on_or_a_closed_facility_is_said(cli, town) -> None:
    town.facility("f2", name="北の支所", closed_on="2025-10-01")
    for key, facility, measure in (("a", "f1", "boiler"), ("b", "f1", "led"), ("c", "f2", "led")):
        town.add("measures", measure_id=key, facility_id=facility, measure=measure, cost_yen=1, running_yen=0)
    town.add("assumptions", kind="grid_factor", fiscal_year=2030, value="0.00025", source="見込み")
    told = cli("optimise", town.write(), "--budget", "1", "--fy", 2024, "--years", "2026", "--format", "json").json
    assert "TG-48" in {finding["code"] for finding in told["findings"]}
    said = {finding["code"]: finding["data"] for finding in told["findings"] if finding["code"].startswith("ME-")}
    assert {code: data["measure_id"] for code, data in said.items()} == {"ME-05": "a", "ME-06": "c"}
    assert said["ME-05"]["items"] == "灯油、A重油、液化石油ガス（LPG）、都市ガス"


def test_a_factor_that_is_assumed_to_rise_is_followed_and_one_given_twice_refused(cli, town) -> None:
    # 1,000 MWh at 0.5, from 0.6 in FY2026: 600 t.
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1, running_yen=0)
    town.add("assumptions", kind="grid_factor", fiscal_year=2026, value="0.6", source="見込み")
    options = ("--budget", "1", "--fy", 2024, "--years", "2026", "--format", "json")
    assert cli("optimise", town.write(), *options).json["yearly"][0]["before_measures"] == "600"
    town.add("assumptions", kind="grid_factor", fiscal_year=2026, value="0.4", source="別の見込み")
    done = cli("optimise", town.write(), *options)
    assert (done.status, "TG-47" in "".join(done.err.split())) == (2, True)


def test_a_year_that_lacks_quantities_is_said_and_passed_over(cli, town, tmp_path) -> None:
    # FY2024 has a row without its quantity; FY2023 is complete.
    town.year("electricity", 2023, 900_000)
    town.year("kerosene", 2024, None, use="boiler")
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1, running_yen=0)
    folder, page = town.write(), tmp_path / "p.html"
    options = ("--budget", "1", "--years", "2026")
    assert cli("optimise", folder, *options, "--format", "json").json["fiscal_year"] == 2023
    done = cli("optimise", folder, *options, "--fy", 2024)
    assert "令和6（2024）年度は量の足りない行か月がある" in done.out
    assert "A-15" in done.out
    cli("optimise", folder, *options, "--fy", 2024, "--format", "html", "--out", page)
    assert "令和6（2024）年度は量の足りない行か月がある" in page.read_text("utf-8")
    assert "令和6（2024）年度は量の足りない行か月がある" in cli("plan", folder, "--fy", 2024).out


def test_kpis_show_what_the_registers_tell_and_say_what_they_do_not(cli, town) -> None:
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1, running_yen=0)
    town.add("kpis", kpi="led", fiscal_year=2024, numerator=30, denominator=40, source="施設台帳")
    options = ("--budget", "1", "--fy", 2024, "--years", "2026", "--format", "json")
    told = cli("optimise", town.write(), *options).json
    found = {each["kpi"]: each for each in told["kpis"]}
    assert (found["led"]["pct"], found["led"]["missing"]) == ("75", "10")
    assert found["zeb"]["pct"] is None
    assert "zeb" in {finding["data"].get("kpi") for finding in told["findings"]}


def test_a_published_cost_is_shown_with_its_source_wherever_it_enters(cli, town, tmp_path) -> None:
    # 20 kW at 250,000 yen: 5 million.
    town.add("measures", measure_id="a", facility_id="f1", measure="pv_own", size=20, running_yen=0)
    folder, page = town.write(), tmp_path / "p.html"
    options = ("--budget", "1000万", "--fy", 2024, "--years", "2026-2027")
    told = cli("optimise", folder, *options, "--format", "json").json
    (chosen,) = told["measures"]
    assert chosen["capex_yen"] == "5000000"
    assert chosen["capex_source"].startswith("資源エネルギー庁「太陽光発電について」")
    said = "初期費用の見積りのない太陽光発電（自己所有）1件には、1kW当たり250,000円を当てました"
    assert said in "".join(cli("optimise", folder, *options).out.split())
    assert cli("optimise", folder, *options, "--format", "html", "--out", page).status == 0
    assert said in "".join(page.read_text(encoding="utf-8").split())


def test_city_without_measures_is_told_to_write_them(cli, town) -> None:
    done = cli("optimise", town.write(), "--budget", "1", "--fy", 2024)
    assert done.status == 2
    assert "PO-07" in done.err


def test_every_number_of_the_json_is_a_string_but_years_and_counts(cli, town) -> None:
    town.year("electricity", 2013, 1_000_000)
    town.year("electricity", 2024, 1_000_000)
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1_000_000, running_yen=-1000)
    options = ("--budget", "100万", "--fy", 2024, "--target-fy", 2027, "--target-pct", 3, "--format", "json")
    told = cli("optimise", town.write(), *options, "--compare").json

    def floats(value):
        if isinstance(value, dict):
            return [one for each in value.values() for one in floats(each)]
        return [one for each in value for one in floats(each)] if isinstance(value, list) else [type(value)]

    assert float not in floats(told)
    assert isinstance(told["gap"], str)
    assert isinstance(told["seconds"], str)


@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_file_is_written_where_asked_and_refused_without_a_name(cli, town, tmp_path, form) -> None:
    town.add("measures", measure_id="a", facility_id="f1", measure="led", cost_yen=1_000_000, running_yen=-1000)
    folder, out = town.write(), tmp_path / f"plan.{form}"
    options = ("optimise", folder, "--budget", "100万", "--fy", 2024, "--years", "2026", "--format")
    assert cli(*options, form, "--out", out).status == 0
    assert out.stat().st_size > 5000
    assert cli(*options, form).status == 2
    assert cli(*options, "table", "--out", out).status == 2


def test_use_below_zero_is_said_by_every_command_in_the_words_of_the_check_and_nothing_is_saved_of_it(cli, town):
    # f2 was credited 300 MWh and used 200 MWh: what is left of it, -100 MWh, is no use that a measure could lessen.
    town.facility("f2", name="北の支所")
    town.year("electricity", 2024, 200_000, facility_id="f2")
    town.month("electricity", "2025-03", -300_000, facility_id="f2")
    town.add("measures", measure_id="a", facility_id="f2", measure="led", cost_yen=0, running_yen=-1)
    folder = town.write()
    options = ("--budget", "0", "--fy", 2024, "--years", "2026", "--grid", "0.5", "--format", "json")
    told = cli("optimise", folder, *options).json
    assert {each["saved_tonnes_co2e"] for each in told["measures"]} <= {"0"}
    assert "ME-05" in {each["code"] for each in told["findings"]}
    checked = cli("check", folder, "--fy", 2024, "--format", "json").json["checks"]
    words = [each for check in checked for each in check["findings"] if each["code"] == "C-10"]
    assert [each["message"] for each in words] == ["量が負です（-300000）。"]
    others = [cli(*command, "--format", "json").json["findings"] for command in (
        ("plan", folder, "--fy", 2024), ("analyse", folder, "--fy", 2024, "--against", 2013),
        ("inventory", folder, "--fy", 2024),
    )]  # fmt: skip
    for findings in (told["findings"], *others):
        assert [each for each in findings if each["code"] == "C-10"] == words


def test_a_bill_in_mwh_typed_as_kwh_is_said_once_by_every_command_in_the_words_of_the_check(cli, town) -> None:
    town.facility("f2", name="北の支所")
    for fy in range(2019, 2025):
        town.month("electricity", f"{fy}-06", 10 if fy == 2024 else 10_000, facility_id="f2", key=f"june{fy}")
    town.add("measures", measure_id="a", facility_id="f1", measure="operation", running_yen=0)
    folder = town.write()
    checked = cli("check", folder, "--fy", 2024, "--format", "json").json["checks"]
    words = [each for check in checked for each in check["findings"] if each["code"] == "C-09"]
    assert ["june2024" in each["where"] for each in words] == [True]
    for command in (
        ("plan", folder, "--fy", 2024), ("analyse", folder, "--fy", 2024, "--against", 2013),
        ("optimise", folder, "--budget", "0", "--fy", 2024, "--years", "2026"),
    ):  # fmt: skip
        findings = cli(*command, "--format", "json").json["findings"]
        assert [each for each in findings if each["code"] == "C-09"] == words, command[0]


def test_a_facility_closed_before_it_opened_is_said_by_every_command(cli, town) -> None:
    town.facility("f2", name="北の支所", opened_on="2020-04-01", closed_on="2018-04-01")
    town.add("measures", measure_id="a", facility_id="f1", measure="operation", running_yen=0)
    folder = town.write()
    for command in (
        ("optimise", folder, "--budget", "0", "--fy", 2024, "--years", "2026", "--grid", "0.5"),
        ("plan", folder, "--fy", 2024), ("analyse", folder, "--fy", 2024, "--against", 2013),
    ):  # fmt: skip
        findings = cli(*command, "--format", "json").json["findings"]
        assert [each["where"] for each in findings if each["code"] == "C-35"] == ["facilities.csv"], command[0]


def test_half_of_a_base_year_of_nothing_is_no_target(cli, town) -> None:
    town.add("measures", measure_id="a", facility_id="f1", measure="operation", running_yen=0)
    folder = town.write()
    text = (folder / "activities.csv").read_text(encoding="utf-8").replace("2000000", "0")
    (folder / "activities.csv").write_text(text, encoding="utf-8")
    done = cli("optimise", folder, "--budget", "0", *TARGET)
    assert (done.status, "PO-10" in done.err) == (2, True)
