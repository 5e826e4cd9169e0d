"""The ledger as it stood: a row counts until a row posted later takes its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kotsukotsu.errors import LedgerError
from kotsukotsu.ledger.current import as_of

JST = timezone(timedelta(hours=9))


def at(day: int) -> datetime:
    return datetime(2025, 5, day, 12, tzinfo=JST)


@pytest.fixture
def chain(row):
    """A was there from the start; B took its place on the 2nd, C that of B on the 4th."""
    return [
        row("A", "2024-04-01", "2024-05-01", "1"),
        row("B", "2024-04-01", "2024-05-01", "2", replaces="A", posted_at=at(2)),
        row("C", "2024-04-01", "2024-05-01", "3", replaces="B", posted_at=at(4)),
    ]


def ids(rows):
    return [row["activity_id"] for row in rows]


@pytest.mark.parametrize(
    ("moment", "expected"), [(at(1), ["A"]), (at(2), ["B"]), (at(3), ["B"]), (at(4), ["C"]), (None, ["C"])]
)
def test_one_row_of_a_chain_counts_at_any_moment(chain, moment, expected):
    assert ids(as_of(chain, moment)) == expected


def test_a_replaced_row_does_not_come_back_when_its_correction_is_corrected(chain):
    assert "A" not in ids(as_of(chain, None))


def test_moments_of_other_zones_are_compared_as_moments(chain):
    utc = UTC
    assert ids(as_of(chain, datetime(2025, 5, 2, 3, tzinfo=utc))) == ["B"]
    assert ids(as_of(chain, datetime(2025, 5, 2, 2, 59, tzinfo=utc))) == ["A"]


def test_order_is_kept_and_does_not_matter(chain, row):
    rows = [row("Z", "2024-05-01", "2024-06-01"), *chain, row("B0", "2024-06-01", "2024-07-01")]
    assert ids(as_of(rows, None)) == ["Z", "C", "B0"]
    assert ids(as_of(rows[::-1], None)) == ["B0", "C", "Z"]


@pytest.mark.parametrize(
    ("replaces", "code", "named"),
    [
        ({"B": "X"}, "LG-11", {"activity_id": "B", "replaces": "X", "rows": "2"}),
        ({"B": "A", "C": "A"}, "LG-12", {"replaces": "A", "ids": "B, C", "rows": "2, 3"}),
        ({"A": "C", "B": "A", "C": "B"}, "LG-13", {"ids": "A, C, B", "rows": "1, 2, 3"}),
        ({"A": "A"}, "LG-13", {"ids": "A", "rows": "1"}),
    ],
)
def test_a_broken_chain_stops_with_the_ids_and_places(chain, replaces, code, named):
    rows = [{**row, "replaces": replaces.get(row["activity_id"])} for row in chain]
    with pytest.raises(LedgerError) as error:
        as_of(rows, None)
    assert error.value.code == "LG-10"
    (finding,) = error.value.data["findings"]
    assert (finding.code, dict(finding.data)) == (code, named)
    assert all(part in str(error.value) for part in named.values())


def test_a_row_that_leads_into_a_circle_is_not_part_of_it(chain):
    replaces = {"A": "B", "B": "A", "C": "A"}
    rows = [{**row, "replaces": replaces[row["activity_id"]]} for row in chain[::-1]]
    with pytest.raises(LedgerError) as error:
        as_of(rows, None)
    found = [(finding.code, finding.data["ids"]) for finding in error.value.data["findings"]]
    assert found == [("LG-12", "C, B"), ("LG-13", "A, B")]


def test_an_id_given_twice_stops(chain):
    with pytest.raises(LedgerError) as error:
        as_of([*chain, {**chain[0]}], None)
    assert [finding.code for finding in error.value.data["findings"]] == ["LG-14"]


def test_moments_without_a_zone_are_refused(chain):
    with pytest.raises(LedgerError) as error:
        as_of(chain, at(2).replace(tzinfo=None))
    assert error.value.code == "LG-02"
    chain[1]["posted_at"] = at(2).replace(tzinfo=None)
    with pytest.raises(LedgerError) as error:
        as_of(chain, at(2))
    assert error.value.code == "LG-03"
