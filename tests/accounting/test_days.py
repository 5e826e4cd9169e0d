"""To which month and fiscal year a bill belongs: its last day (検針月), or each of its days."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kotsukotsu.accounting.groups import portions_table
from kotsukotsu.periods import date

DAYS = ['month_of = "days"']


def months(town, fy):
    return {row.keys["month"]: row.quantity for row in town.inventory(fy, by_month=True).rows(("month",))}


def test_by_last_day_a_bill_lies_whole_in_the_month_of_its_last_day(town):
    town.act("gasoline", "2013-04-20", "2013-05-20", 300)
    town.act("gasoline", "2013-05-20", "2013-06-01", 100)
    assert months(town, 2013) == {"2013-05": 400}


def test_by_last_day_a_bill_over_31_march_belongs_to_the_year_of_its_last_day(town):
    town.act("gasoline", "2014-03-15", "2014-04-01", 100)
    town.act("gasoline", "2014-03-15", "2014-04-15", 310)
    assert months(town, 2013) == {"2014-03": 100}
    assert months(town, 2014) == {"2014-04": 310}


def test_by_day_a_bill_is_split_over_its_months(town):
    town.policy = DAYS
    town.act("gasoline", "2013-04-21", "2013-05-21", 300)
    assert months(town, 2013) == {
        "2013-04": Decimal("0.333333333333333333") * 300,
        "2013-05": Decimal("0.666666666666666667") * 300,
    }


def test_by_day_a_bill_over_31_march_is_split_over_both_years_and_nothing_is_lost(town):
    town.policy = DAYS
    town.act("gasoline", "2014-03-15", "2014-04-15", 310)
    before, after = (town.total(fy) for fy in (2013, 2014))
    assert before + after == 310 * Decimal("0.00232")
    assert abs(before - 170 * Decimal("0.00232")) < Decimal("1E-15")


@pytest.mark.parametrize(("start", "end"), [("2013-04-01", "2013-04-02"), ("2012-02-28", "2012-03-01"),
                                            ("2013-03-31", "2013-07-02"), ("2011-12-25", "2014-06-08")])  # fmt: skip
def test_shares_of_any_period_add_up_to_one_and_end_on_its_last_day(start, end):
    first, stop = date.fromisoformat(start), date.fromisoformat(end)
    rows = portions_table([(first, stop)])
    assert sum(Decimal(row[-1]) for row in rows) == 1
    assert (rows[-1][4] - first).days + 1 == (stop - first).days
    begin = first
    for _, _, _, _, last, share in rows:
        part = Fraction((last - begin).days + 1, (stop - first).days)
        assert abs(Fraction(Decimal(share)) - part) < Fraction(1, 10**16)
        begin = last.fromordinal(last.toordinal() + 1)


def test_a_bill_longer_than_70_days_is_given_to_no_month(town):
    town.act("gasoline", "2013-04-01", "2013-06-11", 71)
    town.act("gasoline", "2013-04-01", "2013-06-10", 70)
    assert months(town, 2013) == {"": 71, "2013-06": 70}


def test_by_day_a_long_bill_is_split_over_fiscal_years_only(town):
    town.policy = DAYS
    town.act("gasoline", "2013-10-01", "2014-10-01", 365)
    assert [list(months(town, fy)) for fy in (2013, 2014)] == [[""], [""]]
    assert town.total(2013) + town.total(2014) == 365 * Decimal("0.00232")
    assert abs(town.total(2013) - 182 * Decimal("0.00232")) < Decimal("1E-12")


def test_by_day_each_part_of_a_bill_has_the_contract_of_its_own_time(town):
    # A bill over 31 March: the new retailer of April sold nothing in March.
    town.policy = DAYS
    for supplier, value in (("甲電力", "0.4"), ("乙電力", "0.2")):
        town.own("electricity", value, supplier=supplier)
    town.contract("甲電力", valid_to="2014-04-01")
    town.contract("乙電力", valid_from="2014-04-01")
    town.act("electricity", "2014-03-02", "2014-05-01", 600)
    assert town.total(2013) == 300 * Decimal("0.0004")
    assert town.total(2014) == 300 * Decimal("0.0002")


@pytest.mark.parametrize("policy", [[], DAYS])
@pytest.mark.parametrize("end", ["2013-04-01", "2013-03-31"])
def test_a_period_that_holds_no_day_is_refused(town, policy, end):
    town.policy = policy
    town.year("gasoline", 2013, 1000)
    town.act("gasoline", "2013-04-01", end, 10)
    assert town.problems(2013) == ["C-34"]


def test_a_leap_day_counts(town):
    town.policy = DAYS
    town.municipality["base_fy"] = 2015
    town.act("gasoline", "2016-02-01", "2016-03-02", 30)
    # 29 of 30 days in February, one in March: the last share is what the others leave.
    assert months(town, 2015) == {
        "2016-02": 30 * Decimal("0.966666666666666667"),
        "2016-03": 30 * Decimal("0.033333333333333333"),
    }


def test_policy_may_change_from_last_day_to_days(town):
    town.policy = ["[[policy.change]]", "from_fy = 2014", 'month_of = "days"']
    town.act("gasoline", "2013-04-20", "2013-05-20", 300)
    town.act("gasoline", "2014-04-21", "2014-05-21", 300)
    assert list(months(town, 2013)) == ["2013-05"]
    assert list(months(town, 2014)) == ["2014-04", "2014-05"]


def test_a_row_of_more_than_a_year_is_no_quantity_of_one_fiscal_year(town):
    town.act("gasoline", "2013-04-01", "2015-04-01", 730)
    town.year("gasoline", 2013, 1)
    assert [town.problems(fy) for fy in (2013, 2014)] == [[], ["A-25"]]
    town.policy = DAYS
    assert [town.problems(fy) for fy in (2013, 2014)] == [[], []]
    assert town.total(2013) == 366 * Decimal("0.00232")


def test_a_whole_year_with_a_leap_day_is_no_longer_than_a_year(town):
    town.year("gasoline", 2015, 366)
    assert town.problems(2015) == []
