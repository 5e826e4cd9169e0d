"""Sentences say what the numbers say, name the largest causes first, and never a cause with the wrong sign."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu import texts
from kotsukotsu.analysis.causes import Cause, Causes
from kotsukotsu.analysis.decomposition import EFFECTS, NOTHING, decomposed
from kotsukotsu.analysis.events import Event
from kotsukotsu.analysis.voice import Voice
from kotsukotsu.analysis.words import sentences
from kotsukotsu.rounding import Rounding
from tests.analysis.uses import use_of, uses

ITEMS = {"electricity": "電気", "city_gas": "都市ガス", "waste_plastic_incinerated": "廃プラスチックの焼却"}
RISES, FALLS = "増加しました", "減少しました"


def voice(**more):
    given = {
        "item": lambda code: ITEMS.get(code, code), "facility": lambda code: f"{code}館", "unit_of": lambda _: "kWh",
        "energy": {"electricity", "city_gas"}, "year": "令和6年度", "base": "平成25年度", "base_short": "基準年度",
        "rounding": Rounding(),
    }  # fmt: skip
    return Voice(**{**given, **more})


def cause(before, after, item="electricity", facility="a", drivers=None):
    return Cause(facility, item, before, after, decomposed(before, after, drivers), None, drivers or {})


def told(*found, **more):
    return sentences(Causes(2024, 2013, found), "見本館", voice(**more))


def power(quantity, factor="0.5", supplier="A"):
    return use_of({supplier: quantity}, {(supplier, "CO2"): factor})


def test_an_increase_is_told_with_its_cause_as_the_plan_tells_it():
    # 400 t → 528 t: 32 % more electricity at the same factor.
    texts_told = [one.text for one in told(cause(power(800), power(1056)))]
    assert texts_told == [
        "見本館の令和6年度の排出量は528 tで、平成25年度の400 tから128 t（32.0%）増加しました。",
        "電気の使用量が基準年度より32%増加したため、排出量は128 t増加しました。",
    ]


def test_every_sentence_carries_the_figures_it_rests_on():
    whole, because = told(cause(power(800), power(1056)))
    assert {figure.name: figure.value for figure in whole.figures} == {"before": 400, "after": 528, "change": 128}
    figures = {figure.name: (round(figure.value, 9), figure.unit) for figure in because.figures}
    assert figures == {"amount": (128, "t-CO2e"), "use_before": (800, "kWh"), "use_after": (1056, "kWh")}
    assert (because.effect, because.item) == ("amount", "electricity")


def test_the_largest_cause_against_the_change_is_told_last():
    # The plan's 花川南中学校: cleaner electricity, but much more of it.
    found = told(cause(power(1000), power(1800, "0.35")))
    assert found[1].text.startswith("電気の使用量が基準年度より80%増加したため")
    assert found[2].text.startswith("一方、電気の排出係数が下がったため")
    assert FALLS in found[2].text


def test_a_change_of_supplier_is_named_as_one():
    found = told(cause(power(1000), power(1000, "0.1", "B")))
    assert found[1].text == "電気の供給者やメニューの組合せが変わったため、排出量は400 t減少しました。"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (power(0), power(200), "都市ガスを基準年度より後に使い始めたため、排出量は100 t増加しました。"),
        (power(200), power(0), "都市ガスを使わなくなったため、排出量は100 t減少しました。"),
    ],
)
def test_an_item_that_begins_or_ends_is_told_without_a_rate(before, after, text):
    other = cause(power(1000), power(1000))
    assert told(cause(before, after, "city_gas"), other)[1].text == text


def test_what_is_burnt_is_an_activity_and_not_a_use():
    found = told(cause(power(1000), power(900), "waste_plastic_incinerated"))
    assert found[1].text.startswith("廃プラスチックの焼却の活動量が基準年度より10%減少したため")


def test_a_change_below_the_limit_is_about_the_same_and_has_no_cause():
    found = told(cause(power(100000), power(100900)))
    assert [one.text for one in found] == [
        "見本館の令和6年度の排出量は50,450 tで、平成25年度の50,000 tとほぼ同じでした。"
    ]


def test_small_causes_are_left_out_but_the_largest_is_always_named():
    many = [cause(power(100), power(110), f"item{number:02}") for number in range(20)]
    assert len(told(*many)) == 2


def test_no_rate_is_claimed_where_the_sum_goes_the_other_way():
    # A clean facility uses 200 kWh more, a dirty one 100 kWh less: more is used, less is emitted.
    found = told(
        cause(power(1000, "0.01"), power(1200, "0.01")), cause(power(1000), power(900), facility="b"),
    )  # fmt: skip
    assert found[1].text == "電気の使用量の増減を合わせると、排出量は48 t減少しました。"


def test_a_year_without_rows_is_told_as_such_and_not_as_zero():
    assert told(Cause("a", "electricity", NOTHING, power(200), {"opened": Decimal(100)}, None, {}))[0].text == (
        "見本館の令和6年度の排出量は100 tでした（平成25年度の行はありません）。"
    )
    gone = told(Cause("a", "electricity", power(200), NOTHING, {"closed": Decimal(-100)}, None, {}))
    assert [one.text for one in gone] == [
        "見本館には令和6年度の行がありません（平成25年度の排出量は100 tでした）。",
        "a館の廃止に伴い、排出量は100 t減少しました。",
    ]


def test_weather_is_not_called_use():
    before, after = power(1000), power(800)
    found = told(cause(before, after, drivers={"weather": (Decimal(100), Decimal(95))}))
    assert [one.effect for one in found] == ["", "amount", "weather"]
    assert found[1].text.startswith("気象の影響を除いた電気の使用量の変化により")


def test_what_begins_is_told_as_beginning_whatever_was_taken_out_of_it():
    found = told(cause(power(0), power(800), drivers={"weather": (Decimal(100), Decimal(95))}))
    assert found[1].text.startswith("電気を基準年度より後に使い始めたため")


def test_what_was_taken_out_of_the_amount_is_named():
    found = told(cause(power(1000), power(800), drivers={"base": (Decimal(100), Decimal(95))}))
    assert found[1].text.startswith("規模の影響を除いた電気の使用量の変化により")


def test_a_rate_of_facilities_that_stayed_is_not_told_as_the_rate_of_all():
    # All: 1,300 → 1,150 kWh, 12 % less; those that stayed: 1,000 → 800 kWh, 20 % less.
    opened = Event("opened", is_whole=True, day=date(2020, 4, 1))
    new = Cause("b", "electricity", power(300), power(350), {"opened": Decimal(25)}, opened, {})
    found = told(cause(power(1000), power(800)), new)
    assert found[1].text == (
        "新設・廃止・統合・移転のない施設では、電気の使用量が基準年度より20%減少したため、排出量は100 t減少しました。"
    )
    other = Cause("b", "city_gas", power(300), power(350), {"opened": Decimal(25)}, opened, {})
    assert told(cause(power(1000), power(800)), other)[1].text.startswith("電気の使用量が基準年度より20%減少した")


def test_no_factor_is_said_to_fall_where_that_of_another_facility_rose():
    found = told(cause(power(1000), power(1000, "0.3")), cause(power(500), power(500, "0.6"), facility="b"))
    assert found[1].text == "電気の排出係数の上がり下がりを合わせると、排出量は150 t減少しました。"


def test_an_emission_below_nothing_keeps_its_sign_and_claims_no_rate_of_use():
    # A refund of 300 kWh entered as a negative bill: 500 t → -150 t.
    found = told(cause(power(1000), power(-300)))
    assert found[0].text.startswith("見本館の令和6年度の排出量は△150 tで、平成25年度の500 tから650 t（130.0%）減少")
    assert found[1].text == "電気の使用量の増減を合わせると、排出量は650 t減少しました。"


def test_a_town_that_counts_in_kilograms_reads_kilograms():
    found = told(cause(power(2), power(3)), rounding=Rounding(unit="kg"))
    assert "1,500 kgで" in found[0].text


CAUSES = st.lists(
    st.tuples(uses(("A", "B")), uses(("A", "B")), st.sampled_from(sorted(ITEMS)), st.sampled_from("ab")),
    min_size=1, max_size=5, unique_by=lambda one: (one[2], one[3]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(CAUSES)
def test_no_sentence_has_the_wrong_sign(found):
    causes = [cause(before, after, item, facility) for before, after, item, facility in found]
    whole, *others = told(*causes)
    change = sum(one.change for one in causes)
    for one in others:
        effect = next(figure.value for figure in one.figures if figure.name == one.effect)
        assert (RISES if effect > 0 else FALLS) in one.text
        assert one.text.startswith("一方") == ((effect > 0) != (change > 0))
        used = {figure.name: figure.value for figure in one.figures}
        if "使用量が" in one.text or "活動量が" in one.text:
            rises = re.search(r"より[\d,.]+%(増加|減少)したため", one.text)[1] == "増加"
            assert rises == (used["use_after"] > used["use_before"]) == (effect > 0)
    if RISES in whole.text or FALLS in whole.text:
        assert (RISES in whole.text) == (change > 0)


@settings(max_examples=40, deadline=None)
@given(CAUSES)
def test_the_first_cause_is_the_largest_in_the_direction_of_the_change(found):
    causes = [cause(before, after, item, facility) for before, after, item, facility in found]
    others = told(*causes)[1:]
    if not others:
        return
    up = sum(one.change for one in causes) > 0
    sums = {
        (name, item if name in ("amount", "mix", "factor") else ""): Decimal(0) for name in EFFECTS for item in ITEMS
    }
    for one in causes:
        for name, value in one.effects.items():
            sums[name, one.item if name in ("amount", "mix", "factor") else ""] += value
    largest = max(sums.values()) if up else min(sums.values())
    first = next(figure.value for figure in others[0].figures if figure.name == others[0].effect)
    assert abs(first - largest) <= abs(largest) * Decimal("1E-20")


def test_every_sentence_has_both_languages_and_the_same_places():
    for code, entry in texts.entries().items():
        if code.startswith("an."):
            found = [set(re.findall(r"{(\w+)}", entry.says[language])) for language in ("ja", "en")]
            assert found[1] <= found[0], code
            assert entry.says["en"], code


def test_the_english_says_the_same(monkeypatch):
    monkeypatch.setenv("KOTSUKOTSU_LANG", "en")
    assert "increased by 32%" in told(cause(power(800), power(1056)))[1].text
