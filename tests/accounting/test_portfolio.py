"""Emissions of many places from sums: exact, and whole or not at all."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.accounting import portfolio
from kotsukotsu.accounting.exact import product
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.policy import Policy


@pytest.fixture(scope="module")
def law():
    return Law(load())


def summed(place="f1", item="electricity", supplier="A0267", unit="kWh", fy=2020, quantity="1000", missing=0, use=""):
    amount = None if quantity is None else Decimal(quantity)
    return (place, item, supplier, "", use, unit, fy, amount, missing)


def policy(fy):
    return Policy()


def emissions(rows, law, policy):
    names = ["facility_id", "item", "supplier", "menu", "use", "unit", "fiscal_year", "quantity", "missing"]
    kinds = [*[pa.string()] * 6, pa.int32(), pa.decimal128(38, 6), pa.int64()]
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    return portfolio.emissions(pa.table(columns, names=names), law, policy)


def tonnes(found, cell, gas="CO2"):
    return next(thirds / 3 for here, name, thirds in found.lines() if (here, name) == (cell, gas))


def cells(found):
    return [cell for cell, _, _ in found.lines()]


def factor(law, factor_id):
    return next(row.value for row in law.catalogue.factors if row.factor_id == factor_id)


def test_a_cell_is_quantity_times_the_published_factor(law):
    found = emissions([summed()], law, policy)
    assert tonnes(found, ("f1", "electricity", 2020)) == 1000 * factor(law, "A0267.2019.basic")
    assert found.problems == ()


def test_the_unit_of_the_bill_is_converted_exactly(law):
    found = emissions([summed(place="k"), summed(place="M", unit="MWh", quantity="1")], law, policy)
    assert tonnes(found, ("k", "electricity", 2020)) == tonnes(found, ("M", "electricity", 2020))


def test_a_published_name_picks_the_supplier(law):
    name = law.catalogue.suppliers["A0267"].name
    one, other = (list(emissions([summed(supplier=s)], law, policy).lines()) for s in ("A0267", name))
    assert one == other != []


def test_two_suppliers_of_a_year_are_added(law):
    rows = [summed(), summed(supplier="substitute", quantity="10")]
    expected = 1000 * factor(law, "A0267.2019.basic") + 10 * factor(law, "substitute.2019.any")
    assert tonnes(emissions(rows, law, policy), ("f1", "electricity", 2020)) == expected


def test_the_policy_of_the_year_picks_the_factor(law):
    found = emissions([summed(fy=2020), summed(fy=2019)], law, lambda fy: Policy(electricity_year=str(fy - 2)))
    assert tonnes(found, ("f1", "electricity", 2020)) == 1000 * factor(law, "A0267.2018.basic")
    assert tonnes(found, ("f1", "electricity", 2019)) == 1000 * factor(law, "A0267.2017.basic")


def test_a_cell_without_a_factor_is_a_finding_and_no_zero(law):
    found = emissions([summed(supplier="存在しない電力"), summed(place="f2")], law, policy)
    assert cells(found) == [("f2", "electricity", 2020)]
    assert [(p.code, p.data["cause"], p.data["places"]) for p in found.problems] == [("N-01", "A-02", 1)]


def test_a_cell_of_which_a_part_has_no_factor_has_no_value_at_all(law):
    rows = [summed(), summed(supplier=""), summed(item="lpg", supplier="", unit="kg")]
    assert cells(emissions(rows, law, policy)) == [("f1", "lpg", 2020)]
    assert cells(emissions(rows[::-1], law, policy)) == [("f1", "lpg", 2020)]


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (summed(supplier=""), "A-01"),
        (summed(item="unheard-of"), "A-04"),
        (summed(unit="L"), "A-05"),
        (summed(fy=2022, supplier="A0276"), "A-10"),
        (summed(fy=2035, supplier="substitute"), "A-10"),
    ],
)
def test_the_finding_says_why(law, row, cause):
    found = emissions([row], law, policy)
    assert (cells(found), [problem.data["cause"] for problem in found.problems]) == ([], [cause])
    assert cause in found.problems[0].message("ja")
    assert cause in found.problems[0].advice("en")


def test_a_missing_quantity_is_said_and_is_no_zero(law):
    rows = [summed(quantity=None, missing=2), summed(place="f2", missing=1)]
    found = emissions(rows, law, policy)
    assert cells(found) == [("f2", "electricity", 2020)]
    assert found.incomplete == {("f1", "electricity", 2020), ("f2", "electricity", 2020)}
    assert [(p.code, p.data["rows"], p.data["places"]) for p in found.problems] == [("N-02", 3, 2)]


def test_a_zero_is_a_value(law):
    assert tonnes(emissions([summed(quantity="0")], law, policy), ("f1", "electricity", 2020)) == 0


def test_what_is_only_recorded_has_no_emission(law):
    found = emissions([summed(item="electricity_own", supplier="")], law, policy)
    assert (cells(found), found.problems) == ([], ())


def test_gases_are_added_by_the_gwp_of_the_year(law):
    row = summed(item="sewage", supplier="", unit="m3", fy=2020, quantity="1000000")
    found = emissions([row], law, policy)
    cell = ("f1", "sewage", 2020)
    methane, laughing_gas = tonnes(found, cell, "CH4"), tonnes(found, cell, "N2O")
    assert found.co2e() == {cell: methane * 25 + laughing_gas * 298}


def test_methane_and_laughing_gas_of_a_fuel_go_by_its_use(law):
    rows = [summed(item="kerosene", supplier="", unit="L", use=use) for use in ("household", "boiler", "")]
    found = emissions(rows, law, policy)
    cell = ("f1", "kerosene", 2020)
    assert tonnes(found, cell) == 3 * tonnes(emissions(rows[1:2], law, policy), cell)
    assert tonnes(found, cell, "CH4") == 1000 * factor(law, "household.kerosene.CH4") / 1000
    assert tonnes(found, cell, "N2O") == 1000 * factor(law, "household.kerosene.N2O") / 1000


def test_a_fuel_whose_use_is_not_named_is_said_to_be_counted_in_part(law):
    rows = [summed(item="kerosene", supplier="", unit="L", use=use) for use in ("", "household")]
    problems = emissions([*rows, summed()], law, policy).problems
    assert [(p.code, p.data["item_id"], p.data["places"]) for p in problems] == [("N-04", "kerosene", 1)]
    assert "CH4" in problems[0].message("ja")


def test_a_use_that_the_law_does_not_know_is_a_finding(law):
    found = emissions([summed(item="kerosene", supplier="", unit="L", use="rocket")], law, policy)
    assert (cells(found), [problem.data["cause"] for problem in found.problems]) == ([], ["A-08"])
    assert "rocket" in found.problems[0].message("ja")


def test_a_row_without_a_date_is_said_and_not_counted(law):
    found = emissions([summed(fy=None), summed()], law, policy)
    assert cells(found) == [("f1", "electricity", 2020)]
    assert [(problem.code, problem.data["places"]) for problem in found.problems] == [("N-03", 1)]


def test_a_supplier_that_is_null_is_a_contract_that_is_not_named(law):
    found = emissions([summed(supplier=None)], law, policy)
    assert [problem.data["cause"] for problem in found.problems] == ["A-01"]


def test_the_largest_sum_keeps_its_last_digit(law):
    quantity = Decimal("99999999999999999999999999999999.999999")
    found = emissions([summed(quantity=quantity)], law, policy)
    thirds = next(thirds for _, _, thirds in found.lines())
    assert thirds == product(quantity, factor(law, "A0267.2019.basic"), Decimal(3))


quantities = st.decimals("-1e12", "1e12", places=6) | st.just(Decimal(0))
rows_of_cells = st.lists(
    st.tuples(
        st.sampled_from(["f1", "f2"]), st.just("electricity"), st.sampled_from(["A0267", "substitute", "?", ""]),
        st.just(""), st.just(""), st.sampled_from(["kWh", "MWh", "千kWh"]),
        st.sampled_from([2015, 2020]), st.none() | quantities,
        st.integers(0, 2),
    ),
    min_size=1,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows=rows_of_cells)
def test_columns_equal_a_loop_over_rows(law, rows):
    expected, stopped = {}, set()
    for place, item, supplier, _, _, unit, fy, quantity, _ in rows:
        if supplier not in ("A0267", "substitute"):
            stopped.add((place, item, fy))
        elif quantity is not None:
            kind = "basic" if supplier == "A0267" else "any"
            value = factor(law, f"{supplier}.{fy - 1}.{kind}") * (1 if unit == "kWh" else 1000)
            expected[place, item, fy] = expected.get((place, item, fy), 0) + 3 * quantity * value
    found = emissions(rows, law, policy)
    assert {cell: thirds for cell, _, thirds in found.lines()} == {
        c: v for c, v in expected.items() if c not in stopped
    }
    assert found.incomplete == {(row[0], row[1], row[6]) for row in rows if row[8]}
