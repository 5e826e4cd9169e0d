from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.energy_control import made
from kotsukotsu.energy.backtest import (
    CONTROLLER,
    FORESIGHT,
    NOTHING,
    PERSISTENCE,
    Result,
    closed,
    controlled,
    foresight,
    gap,
    nothing,
    regret,
)
from kotsukotsu.energy.control import Controller, Rule, Seen
from kotsukotsu.energy.dispatch.change import some_slots
from kotsukotsu.energy.dispatch.model import System
from kotsukotsu.energy.forecast import STAYS, Again, Loads, Outlook, Suns, loads, quantiles, suns
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.rolling import equipment
from kotsukotsu.energy.slots import PER_DAY, year
from tests.energy_studies.sites import contract

Pair = tuple[Outlook, Outlook]

UNSEEN = 9  # a year of the protocol of `benchmarks.energy_control` that nothing was set on
FIRST, DAYS = 280, 42  # six weeks from the beginning of January, in which the cold sets the maximum


@pytest.fixture(scope="module")
def weeks() -> tuple[System, Pair, Pair]:
    """Six weeks of a synthetic year, with what each way of forecasting is told of them."""
    system, (load, sun), _ = made(UNSEEN)
    slots = np.arange(FIRST * PER_DAY, (FIRST + DAYS) * PER_DAY)
    whole = system.meters[0]
    meter = some_slots(whole, slots, np.ones(len(slots)))
    kept = replace(contract(year(2022)), yen_per_kw=1700.0 * 12 * DAYS / 365, months=np.zeros(len(slots), np.int64))
    known = Loads(load.expected[:, slots]), Suns(sun.expected[:, slots], sun.clear[slots])
    before = slice(slots[0] - PER_DAY, slots[0])
    again = Again(whole.load[before]), Again(whole.assets[0].per_kw[before] * 300.0)
    return replace(system, meters=(replace(meter, grid=replace(meter.grid, contract=kept)),)), known, again


@pytest.fixture(scope="module")
def results(weeks: tuple[System, Pair, Pair]) -> dict[str, Result]:
    system, known, again = weeks
    return {
        NOTHING: nothing(system),
        PERSISTENCE: controlled(system, *again, Rule(careful=False)),
        CONTROLLER: controlled(system, *known, Rule()),
        FORESIGHT: foresight(system)[0],
    }


def test_nobody_beats_knowing_everything(results: dict[str, Result]) -> None:
    assert min(regret(results).values()) == 0.0
    assert results[NOTHING].cost > results[CONTROLLER].cost


def test_the_controller_closes_half_of_the_gap_on_weeks_that_its_setting_has_not_seen(
    results: dict[str, Result],
) -> None:
    share = closed(results)
    assert share is not None
    assert share >= 0.5


def test_without_a_gap_no_share_of_it_is_told(results: dict[str, Result]) -> None:
    assert closed({**results, PERSISTENCE: results[FORESIGHT]}) is None


def test_what_is_counted_equals_the_programmes_own_objective(
    weeks: tuple[System, Pair, Pair], results: dict[str, Result]
) -> None:
    system = weeks[0]
    assert results[FORESIGHT].cost == pytest.approx(foresight(system)[1].cost, rel=1e-6)


def test_cars_do_not_lack_energy_under_the_controller(results: dict[str, Result]) -> None:
    assert results[CONTROLLER].short_kwh < 50


def test_without_sun_or_stores_there_is_nothing_to_win(weeks: tuple[System, Pair, Pair]) -> None:
    system, known, _ = weeks
    bare = replace(system, meters=(replace(system.meters[0], assets=()),))
    assert controlled(bare, known[0], Again(np.zeros(PER_DAY)), Rule()).cost == pytest.approx(nothing(bare).cost)


def test_a_forecast_looks_at_nothing_that_has_not_happened() -> None:
    load = np.random.default_rng(1).uniform(0, 10, (100, PER_DAY))
    kinds, told, first, now = np.zeros(100, np.int64), np.zeros(100), 70, 80 * PER_DAY + 20
    outlooks = []
    for later in (1.0, 1e9):
        changed = load.ravel().copy()
        changed[now:] *= later
        made_ = loads(changed, kinds, told, first), suns(changed, first), Again(changed[: first * PER_DAY])
        outlooks.append([one.ways(now - first * PER_DAY, 64, changed[first * PER_DAY :]) for one in made_])
    for known, again in zip(*outlooks, strict=True):
        assert (known == again).all()


def test_yesterday_again_takes_the_day_before_where_yesterday_is_not_over() -> None:
    seen = np.arange(3.0 * PER_DAY)
    told = Again(-np.ones(PER_DAY)).ways(PER_DAY + 10, PER_DAY + 5, seen)[0]
    assert told[:PER_DAY].tolist() == seen[10 : PER_DAY + 10].tolist()
    assert told[PER_DAY:].tolist() == seen[10:15].tolist()


def test_quantiles_hold_what_they_promise() -> None:
    chance = np.random.default_rng(2)
    load = 100 + 10 * chance.standard_normal((400, PER_DAY))
    low, _, high = quantiles(loads(load.ravel(), np.zeros(400, np.int64), np.zeros(400), 100).expected)
    inside = (load[100:].ravel() >= low) & (load[100:].ravel() <= high)
    assert 0.7 < inside.mean() < 0.85


def test_a_day_hotter_than_all_before_is_expected_to_take_more_than_they_did() -> None:
    degrees = np.concatenate([np.linspace(18, 28, 90), [32.0]])
    load = np.repeat(100 + 5 * np.clip(degrees - 20, 0, None), PER_DAY)
    told = loads(load, np.zeros(91, np.int64), degrees, 90).expected
    assert told.mean() == pytest.approx(160, abs=6)


def test_a_dull_morning_makes_a_dull_afternoon() -> None:
    hours = np.clip(np.sin((np.arange(PER_DAY) - 12) / 24 * np.pi), 0, None) * 100
    clear = np.tile(hours, 71)
    dull = clear[70 * PER_DAY :] * 0.2
    told = suns(clear, 70).ways(24, 12, dull).mean(axis=0)
    assert told == pytest.approx(dull[24:36], rel=0.25)


def test_a_day_that_begins_above_what_was_told_is_told_to_go_on_above_it() -> None:
    told = Loads(np.full((3, 2 * PER_DAY), 100.0))
    made = told.ways(24, 30, np.full(24, 130.0)).mean(axis=0)
    assert made[12:24].min() > 115
    assert made[24:] == pytest.approx(100, abs=2), "nothing is known of the day after"


def test_a_first_day_after_a_vacation_is_told_by_its_morning() -> None:
    busy = np.where((np.arange(PER_DAY) >= 16) & (np.arange(PER_DAY) < 36), 100.0, 10.0)
    chance = np.random.default_rng(3).uniform(0.95, 1.05, (81, 1))
    days = np.where(((np.arange(81) < 40) | (np.arange(81) == 80))[:, np.newaxis], busy, 10 + 0.1 * busy) * chance
    outlook, today = loads(days.ravel(), np.zeros(81, np.int64), np.zeros(81), 80), days[80]
    assert outlook.ways(0, 36, today[:0]).mean(axis=0)[20:].max() < 40, "nothing tells it at midnight"
    assert outlook.ways(19, 17, today).mean(axis=0) == pytest.approx(today[19:36], rel=0.15)


def test_a_plan_is_made_in_every_half_hour(weeks: tuple[System, Pair, Pair]) -> None:
    system, known, _ = weeks
    asked: list[int] = []

    class Noted:
        def ways(self, slot: int, length: int, seen: np.ndarray) -> np.ndarray:
            asked.append(slot)
            return known[0].ways(slot, length, seen)

    day = replace(system, meters=(some_slots(system.meters[0], np.arange(PER_DAY), np.ones(PER_DAY)),))
    controlled(day, Noted(), known[1], Rule())
    assert asked == list(range(PER_DAY))


def test_days_above_what_was_told_raise_the_next_day_of_their_kind_and_no_other() -> None:
    kinds = np.array([0, 0, 0, 1, 0])
    told = Loads(np.full((3, 5 * PER_DAY), 100.0), kinds)
    made = told.ways(3 * PER_DAY, 2 * PER_DAY, np.full(3 * PER_DAY, 120.0)).mean(axis=0)
    assert made[:PER_DAY] == pytest.approx(100)
    assert made[PER_DAY:] == pytest.approx(100 + 20 * STAYS)


def test_the_maximum_incurred_is_a_floor_under_the_cap_and_not_what_is_bought(
    weeks: tuple[System, Pair, Pair],
) -> None:
    """A peak that is paid for frees the store: less is given and nothing is bought to come up to it."""
    system, (load, sun), _ = weeks
    site = equipment(system)
    bought = []
    for incurred in (0.0, 1000.0):
        made = Controller(site, load, sun, Rule()).decide(
            18, Seen(150.0, 300.0, np.full(18, 90.0), np.zeros(18), incurred)
        )
        assert made.limit >= incurred
        bought.append(made.orders.buy)
    assert bought[1].max() < 500
    assert bought[1].max() > bought[0].max()


def test_what_each_pays_more_than_foresight_adds_up_by_what_it_is_paid_for(results: dict[str, Result]) -> None:
    for name, left in regret(results).items():
        assert sum(gap(results, name).values()) == pytest.approx(left, abs=1e-6)
    assert gap(results, PERSISTENCE)["maximum"] > 0


def test_too_few_days_before_are_refused() -> None:
    with pytest.raises(StudyError, match="ED-09"):
        loads(np.ones(48 * 80), np.zeros(80, np.int64), np.zeros(80), 50)
    with pytest.raises(StudyError, match="ED-09"):
        suns(np.ones(48 * 80), 50)
