from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kotsukotsu.planning.measures import library, planned
from kotsukotsu.planning.portfolio import PlanningError, optimal
from kotsukotsu.planning.refined import refined
from kotsukotsu.planning.scenarios import Scenario, side_by_side
from kotsukotsu.planning.setting import Setting, in_order, path_through, problem_of

D = Decimal
COLUMNS = (
    *("measure_id", "facility_id", "measure", "size", "unit", "value", "cost_yen", "running_yen", "earliest_fy"),
    *("group", "requires", "subsidy", "renewal_fy", "renewal_discount"),
)


def row(measure_id: str, measure: str = "led", **other) -> dict:
    told = {"facility_id": "f1", "measure": measure, "cost_yen": D(100), "running_yen": D(0), **other}
    return {**dict.fromkeys(COLUMNS), "measure_id": measure_id, **told}


def setting(*rows: dict, **other) -> Setting:
    # f1: 1,000 kWh at 0.5 kg = 500 kg, f2: 100 L at 2.5 kg = 250 kg; the factor falls to half in the second year.
    told = {
        "first_fy": 2026,
        "use": {"f1": {"electricity": D(1000)}, "f2": {"kerosene": D(100)}},
        "factors": {"f1": {"electricity": D("0.0005")}, "f2": {"kerosene": D("0.0025")}},
        "heat": {},
        "path": (D(1), D("0.5")),
        "measures": tuple(planned(rows)),
        "budgets": (D(1000), D(1000)),
        **other,
    }
    return Setting(**told)


def test_emission_without_measures_falls_with_the_factor_alone() -> None:
    assert [setting().before(year) for year in (0, 1)] == [D("0.75"), D("0.5")]


def test_closed_facility_emits_nothing_and_its_measures_save_nothing() -> None:
    closing = setting(row("a"), closed={"f1": 2027})
    assert [closing.before(year) for year in (0, 1)] == [D("0.75"), D("0.25")]
    assert problem_of(closing).options[0].saving == (D("0.06"), D(0))
    assert problem_of(setting(row("a"), closed={"f1": 2026})).options == ()


def test_effect_of_a_measure_falls_as_the_grid_gets_cleaner() -> None:
    assert problem_of(setting(row("a"))).options[0].saving == (D("0.06"), D("0.03"))


def test_value_of_the_city_takes_the_place_of_the_assumption() -> None:
    assert problem_of(setting(row("a", value=D("0.2")))).options[0].saving[0] == D("0.1")


def test_second_measure_counts_only_what_the_first_leaves_unless_they_exclude_each_other() -> None:
    both = setting(row("a", value=D("0.2")), row("b", "operation", value=D("0.5")))
    assert [option.saving[0] for option in problem_of(both).options] == [D("0.1"), D("0.2")]
    either = setting(row("a", value=D("0.2"), group="g"), row("b", "operation", value=D("0.5"), group="g"))
    assert [option.saving[0] for option in problem_of(either).options] == [D("0.1"), D("0.25")]
    assert problem_of(either).exclusive == (("a", "b"),)


def test_target_asks_for_what_the_factor_alone_does_not_give() -> None:
    wanted = setting(row("a"), target_fy=2027, target=D("0.48"))
    assert wanted.needed == {1: D("0.02")}
    assert problem_of(wanted).form == "cost"
    assert problem_of(setting(row("a"))).form == "saving"


def test_target_outside_the_plan_is_refused() -> None:
    with pytest.raises(PlanningError, match="PO-03"):
        problem_of(setting(row("a"), target_fy=2030, target=D(0)))


def test_effects_in_order_are_at_least_what_the_plan_counted() -> None:
    both = setting(row("a"), row("b", "operation"), row("c", "renewable_menu"), row("d", "pv_own", size=D("0.1")))
    plan = optimal(problem_of(both)).portfolio
    counted = in_order(both, plan)
    assert all(sum(one.tonnes for one in counted[year].values()) >= plan.saved[year] for year in (0, 1))


def test_scenarios_stand_side_by_side_each_with_its_own_plan() -> None:
    asked = setting(row("a", cost_yen=D(800)), target_fy=2027, target=D("0.48"))
    sides = side_by_side(
        asked,
        [
            Scenario("planned"),
            Scenario("half", budget_ratio=D("0.5")),
            Scenario("factor", path=(D(1), D(1))),
            Scenario("closed", closed={"f1": 2026}),
        ],
        refined(asked),
    )
    assert [side.answer.outcome.portfolio is not None for side in sides] == [True, False, False, True]
    assert [side.setting.before(1) for side in sides] == [D("0.5"), D("0.5"), D("0.75"), D("0.25")]


def test_straight_path_reaches_its_end_also_where_it_rises() -> None:
    falling = path_through(D("0.5"), ((2026, D("0.25")),), range(2025, 2029), 2024)
    assert falling == (D("0.75"), D("0.5"), D("0.5"), D("0.5"))
    assert path_through(D("0.2"), ((2026, D("0.25")),), range(2025, 2028), 2024) == (D("1.125"), D("1.25"), D("1.25"))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row("a", "magic")], "ME-01"),
        ([row("a", "pv_own", unit="kWh", size=D(1))], "ME-02"),
        ([row("a", cost_yen=None)], "ME-03"),
        ([row("a"), row("a")], "ME-04"),
        ([row("a", size=D(20))], "ME-07"),
        ([row("a", value=D("-0.1"))], "ME-07"),
        ([row("a", "renewable_menu", value=D(3))], "ME-07"),
        ([row("a", "heat_pump", size=D(2))], "ME-07"),
        ([row("a", "pv_own", size=None)], "ME-07"),
        ([row("a", cost_yen=-1)], "ME-07"),
        ([row("a", renewal_fy=2026, renewal_discount=D("1.5"))], "ME-07"),
    ],
)
def test_line_of_measures_that_cannot_be_used_says_why(rows: list[dict], code: str) -> None:
    with pytest.raises(PlanningError, match=code):
        planned(rows)


@pytest.mark.parametrize(
    ("asked", "code"),
    [(row("a", facility_id="f9"), "PO-05"), (row("a", requires="x"), "PO-01")],
)
def test_measure_without_its_facility_or_prerequisite_is_refused(asked: dict, code: str) -> None:
    with pytest.raises(PlanningError, match=code):
        optimal(problem_of(setting(asked)))


def test_library_holds_every_kind_the_issue_names() -> None:
    assert {
        *("led", "heat_pump", "boiler", "insulation", "zeb", "pv_own", "pv_ppa", "wood_boiler", "fuel_switch"),
        *("renewable_menu", "ev", "waste_plastic", "operation", "ems"),
    } <= set(library())


def test_lead_time_of_the_library_reaches_the_option() -> None:
    assert problem_of(replace(setting(row("a", "pv_own", size=D(1))), budgets=(D(1), D(1)))).options[0].lead == 1


def test_path_goes_through_every_year_that_has_a_factor() -> None:
    # 0.40 to 0.30 in two years, then to 0.10 in two more; after the last it stays.
    points = ((2028, D("0.10")), (2026, D("0.30")))
    assert path_through(D("0.40"), points, range(2025, 2030), 2024) == (
        D("0.875"),
        D("0.75"),
        D("0.5"),
        D("0.25"),
        D("0.25"),
    )
    assert path_through(D(0), points, range(2025, 2027), 2024) == (D(1), D(1))
