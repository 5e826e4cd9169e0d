"""Records are kept as long as was said, and no longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kotsukotsu.web.accounts import retention
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.errors import WebError


def entries():
    now = timezone.now()
    for days in (0, 5 * 365, 6 * 366):
        LogEntry.objects.create(at=now - timedelta(days=days), actor_name="x", verb="v", kind="k", key=str(days))


def test_without_a_period_everything_is_kept(hall):
    entries()
    assert retention.carry_out(now=timezone.now()) == (0, 0)
    assert LogEntry.objects.count() == 3


def test_entries_older_than_the_period_go_and_the_others_stay(hall):
    entries()
    retention.retention_set(kind="log", years=6, reason="文書管理規程", actor=hall["administrator"])
    assert retention.carry_out(now=timezone.now()) == (1, 0)
    assert set(LogEntry.objects.values_list("key", flat=True)) == {"0", "1825", "log"}


def test_names_of_people_who_left_long_ago_are_forgotten_and_their_entries_stay(hall):
    User.objects.filter(username="clerk").update(is_active=False, closed_on=date(2020, 4, 1))
    User.objects.filter(username="head").update(is_active=False, closed_on=timezone.localdate())
    retention.retention_set(kind="staff", years=1, reason="個人情報", actor=hall["administrator"])
    assert retention.carry_out(now=timezone.now()) == (0, 1)
    assert {hall[who].pk: User.objects.get(pk=hall[who].pk).name for who in ("clerk", "head")} == {
        hall["clerk"].pk: "－", hall["head"].pk: "headさん",
    }  # fmt: skip
    assert retention.carry_out(now=timezone.now()) == (0, 0)


@pytest.mark.parametrize(("kind", "years"), [("log", 4), ("staff", 0), ("log", 101), ("ledger", 10)])
def test_a_period_too_short_too_long_or_of_the_ledger_is_refused(hall, kind, years):
    with pytest.raises(WebError, match="W-53"):
        retention.retention_set(kind=kind, years=years, reason="x", actor=hall["administrator"])


def test_only_the_administrator_sets_a_period(hall):
    with pytest.raises(PermissionDenied):
        retention.retention_set(kind="log", years=10, reason="x", actor=hall["secretariat"])


def test_a_server_that_is_never_stopped_keeps_to_the_periods_every_day(hall):
    retention.retention_set(kind="log", years=6, reason="文書管理規程", actor=hall["administrator"])
    days = iter(range(2))

    def next_day():
        next(days)
        entries()

    retention.carry_out_daily(next_day)
    assert sorted(LogEntry.objects.exclude(key="log").values_list("key", flat=True)) == ["0", "0", "1825", "1825"]
