"""The demo: an invented city with an account for every role, all with one password that the login page shows."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.accounts.selectors import DEMO_PASSWORD
from kotsukotsu.web.demo_work import work
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.municipalities.models import Municipality

DAYS = 30  # until the due date [d]
ACCOUNTS = Path(__file__).parent / "demo_accounts.csv"


@transaction.atomic
def fill(city: Path) -> None:
    """Take in the city and make the accounts, where there is no city yet."""
    if Municipality.objects.exists():
        return
    password = make_password(DEMO_PASSWORD)
    with ACCOUNTS.open(encoding="utf-8", newline="") as file:
        made = [_account(row, password) for row in csv.DictReader(file)]
    folders.city_import(source=city, actor=made[0])
    work(_ask(made[0]))


def _ask(secretariat: User) -> int:
    """Ask for the last year of the ledger, so that everybody finds something to do."""
    last = Activity.objects.aggregate(last=Max("end"))["last"]
    fy = FiscalYear.of(last_day(last)).number
    due = timezone.localdate() + timedelta(days=DAYS)
    collections.collection_open(fy=fy, due_on=due, actor=secretariat)
    return fy


def _account(row: dict[str, str], password: str) -> User:
    user, _ = User.objects.get_or_create(username=row["username"], defaults={"name": row["name"], "password": password})
    place = {"department_id": row["department_id"], "facility_id": row["facility_id"]}
    Role.objects.create(user=user, kind=row["role"], **place)
    return user
