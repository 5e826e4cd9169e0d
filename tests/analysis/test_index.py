"""Index series: the base year is 100, and what is not known stays open."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.analysis.index import index_by_item


def test_emission_and_use_of_an_item_with_the_base_year_as_100(town):
    session = town.session()
    latest = session.inventory(2023)
    (one,) = index_by_item({2022: latest.base_lines, 2023: latest.lines}, 2022)
    # 140,000 kWh × 0.5 = 70 t → 170,000 × 0.4 = 68 t.
    assert (one.item, one.use[2022], one.use[2023]) == ("electricity", 140000, 170000)
    assert (one.emission[2022], one.emission[2023]) == (70, 68)
    assert one.emission_index[2022] == one.use_index[2022] == 100
    assert round(one.emission_index[2023], 6) == round(Decimal(6800) / 70, 6)
    assert round(one.use_index[2023], 6) == round(Decimal(17000) / 140, 6)


def test_a_year_that_could_not_be_computed_stays_open(town):
    latest = town.session().inventory(2023)
    (one,) = index_by_item({2021: None, 2022: latest.base_lines, 2023: latest.lines}, 2022)
    assert (one.emission[2021], one.use_index[2021]) == (None, None)


def test_an_item_without_rows_in_the_base_year_has_no_index(town):
    town.year("kerosene", 2023, 500)
    latest = town.session().inventory(2023)
    found = {one.item: one for one in index_by_item({2022: latest.base_lines, 2023: latest.lines}, 2022)}
    kerosene = found["kerosene"]
    assert kerosene.use == {2022: None, 2023: 500}
    assert kerosene.use_index == {2022: None, 2023: None}
