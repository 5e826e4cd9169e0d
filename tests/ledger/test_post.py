"""Posting adds rows, all or none; a correction names what it replaces and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kotsukotsu.errors import LedgerError
from kotsukotsu.ledger.current import as_of
from kotsukotsu.ledger.post import correct, post, withdraw
from kotsukotsu.ledger.states import state

NOW = datetime(2025, 5, 1, 0, 30, tzinfo=UTC)
BY = {"actor": "環境課 山田", "now": NOW}


def refused(error):
    return [finding.code for finding in error.value.data["findings"]]


@pytest.fixture
def new(row):
    """A row as an importer gives it, without an id."""
    return {**row("", "2024-04-01", "2024-05-01", "12.345678"), "activity_id": None}


def test_a_posted_row_has_a_number_a_moment_in_japan_and_a_name(new):
    (posted,) = post([], [new], **BY)
    assert (posted["activity_id"], posted["posted_by"]) == ("A000001", "環境課 山田")
    assert posted["posted_at"].isoformat() == "2025-05-01T09:30:00+09:00"
    assert posted["quantity"] == new["quantity"]


def test_numbers_go_on_after_the_highest_and_are_the_same_every_time(new, row):
    existing = [row("A0041", "2024-06-01", "2024-07-01"), row("b-77", "2024-07-01", "2024-08-01")]
    posted = post(existing, [new, new], **BY)
    assert [one["activity_id"] for one in posted] == ["A000042", "A000043"]
    assert posted == post(existing, [new, new], **BY)


def test_an_id_that_a_row_brings_is_kept_and_never_given_again(new):
    posted = post([], [{**new, "activity_id": "A7"}, new, {**new, "activity_id": "x1"}], **BY)
    assert [one["activity_id"] for one in posted] == ["A7", "A000008", "x1"]


def test_an_id_that_is_taken_is_refused(new, row):
    with pytest.raises(LedgerError) as error:
        post([row("A1", "2024-04-01", "2024-05-01")], [{**new, "activity_id": "A1"}], **BY)
    assert refused(error) == ["LG-14"]


def test_posting_leaves_what_it_was_given_as_it_was(new, row):
    existing, before = [row("A1", "2024-04-01", "2024-05-01")], dict(new)
    post(existing, [new], **BY)
    assert (len(existing), new) == (1, before)


@pytest.mark.parametrize("actor", ["", "  "])
def test_nobody_cannot_post(new, actor):
    with pytest.raises(LedgerError) as error:
        post([], [new], actor=actor, now=NOW)
    assert error.value.code == "LG-01"


def test_a_moment_without_a_zone_cannot_be_posted(new):
    with pytest.raises(LedgerError) as error:
        post([], [new], actor="x", now=NOW.replace(tzinfo=None))
    assert error.value.code == "LG-02"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"end": date(2024, 4, 1)}, "C-34"),
        ({"end": date(2024, 3, 31)}, "C-34"),
        ({"basis": "guessed"}, "LG-22"),
        ({"quantity": Decimal("0.0000001")}, "C-29"),
        ({"quantity": Decimal("1.0000000")}, "C-29"),
        ({"quantity": Decimal(10) ** 12}, "C-29"),
        ({"quantity": -(Decimal(10) ** 12)}, "C-29"),
        ({"quantity": 12.5}, "LG-23"),
        ({"quantity": 12}, "LG-23"),
        ({"quantity": Decimal("NaN")}, "LG-23"),
        ({"cost_yen": 12.5}, "LG-23"),
        ({"basis": "not_occurring"}, "C-31"),
        ({"basis": "not_occurring", "quantity": Decimal(0)}, "C-31"),
        ({"facility_id": ""}, "LG-21"),
        ({"facility_id": None}, "LG-21"),
        ({"item": None}, "LG-21"),
        ({"unit": None}, "LG-21"),
        ({"start": None}, "LG-21"),
        ({"basis": None}, "LG-21"),
        ({"start": "2024-04-01"}, "LG-23"),
        ({"start": datetime(2024, 4, 1, tzinfo=UTC)}, "LG-23"),
        ({"unit": "杯"}, "U-01"),
        ({"replaces": "A9"}, "LG-11"),
    ],
)
def test_a_row_that_would_break_the_ledger_is_refused(new, change, code):
    with pytest.raises(LedgerError) as error:
        post([], [{**new, **change}], **BY)
    assert (error.value.code, refused(error)) == ("LG-04", [code])


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": None},
        {"quantity": Decimal(0)},
        {"quantity": None, "basis": "not_occurring"},
        {"basis": "estimated"},
        {"quantity": Decimal("999999999999.999999")},
        {"quantity": Decimal(-5)},
        {"unit": "千kWh"},
    ],
)
def test_missing_zero_estimated_and_not_occurring_can_all_be_posted(new, change):
    (posted,) = post([], [{**new, **change}], **BY)
    assert {name: posted[name] for name in change} == change


def test_one_bad_row_refuses_all_and_every_reason_is_told(new):
    rows = [new, {**new, "unit": "杯"}, {**new, "end": new["start"], "basis": "guessed"}]
    with pytest.raises(LedgerError) as error:
        post([], rows, **BY)
    assert (refused(error), error.value.data["count"]) == (["U-01", "C-34", "LG-22"], 3)
    assert "A000002" in str(error.value)


def test_nothing_is_posted_onto_a_broken_ledger(new, row):
    with pytest.raises(LedgerError) as error:
        post([row("A1", "2024-04-01", "2024-05-01", replaces="A9")], [new], **BY)
    assert refused(error) == ["LG-11"]


@pytest.fixture
def ledger(row):
    return [row("A1", "2024-04-01", "2024-05-01", "100"), row("A2", "2024-05-01", "2024-06-01", "200")]


def test_a_correction_names_what_it_replaces_and_why(ledger):
    fixed = correct(ledger, "A1", {"quantity": Decimal(110)}, note="検針票の読み違い", **BY)
    assert (fixed["activity_id"], fixed["replaces"], fixed["note"]) == ("A000003", "A1", "検針票の読み違い")
    counting = as_of([*ledger, fixed], None)
    assert [(one["activity_id"], one["quantity"]) for one in counting] == [("A2", 200), ("A000003", 110)]


def test_the_remark_that_a_row_had_stays_before_the_reason(ledger):
    ledger[0].update(basis="estimated", note="前年同月による推計")
    fixed = correct(ledger, "A1", {"quantity": Decimal(110)}, note="再計算", **BY)
    assert fixed["note"] == "前年同月による推計（再計算）"


@pytest.mark.parametrize(
    ("activity_id", "changes", "note", "code"),
    [
        ("A1", {"quantity": Decimal(110)}, " ", "LG-05"),
        ("A9", {"quantity": Decimal(110)}, "x", "LG-06"),
        ("A1", {"activity_id": "A9"}, "x", "LG-08"),
        ("A1", {"posted_at": NOW}, "x", "LG-08"),
        ("A1", {"amount": Decimal(110)}, "x", "LG-08"),
        ("A1", {}, "x", "LG-09"),
        ("A1", {"quantity": Decimal(100)}, "x", "LG-09"),
        ("A1", {"quantity": Decimal("0.0000001")}, "x", "LG-04"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(ledger, activity_id, changes, note, code):
    with pytest.raises(LedgerError) as error:
        correct(ledger, activity_id, changes, note=note, **BY)
    assert error.value.code == code


def test_a_row_is_corrected_once_and_then_its_correction(ledger):
    first = correct(ledger, "A1", {"quantity": Decimal(110)}, note="x", **BY)
    with pytest.raises(LedgerError) as error:
        correct([*ledger, first], "A1", {"quantity": Decimal(120)}, note="y", **BY)
    assert (error.value.code, error.value.data["by"]) == ("LG-07", "A000003")
    second = correct([*ledger, first], "A000003", {"quantity": Decimal(120)}, note="y", **BY)
    assert [one["quantity"] for one in as_of([*ledger, first, second], None)] == [200, 120]


def test_a_row_entered_twice_is_withdrawn_as_not_occurring(ledger):
    taken_back = withdraw(ledger, "A2", note="二重入力", **BY)
    assert (state(taken_back), taken_back["quantity"], taken_back["replaces"]) == (
        "not_occurring",
        None,
        "A2",
    )


def test_errors_are_told_in_the_language_of_the_reader(ledger):
    with pytest.raises(LedgerError) as error:
        correct(ledger, "A9", {"quantity": Decimal(1)}, note="x", **BY)
    assert "訂正する行 A9 がありません" in error.value.text("ja")
    assert "no row A9" in error.value.text("en")
