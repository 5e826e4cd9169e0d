"""A hall full of people for the load: ``python -m benchmarks.web_people`` prints their sessions as JSON.

The demo city in the database that the environment names (``KOTSUKOTSU_HOME``, ``DATABASE_URL``); one clerk for each of
a hundred facilities, twenty people who read. With ``--count`` it prints how many rows each clerk has in the ledger.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

CITY = Path(__file__).parents[1] / "examples" / "kotsukotsu-shi"
CLERKS, READERS = 100, 20
LINES = 3  # of a sheet, so that a clerk goes round some dozens of cells
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kotsukotsu.web.settings"
    import django  # noqa: PLC0415  # settings first

    django.setup()
    print(json.dumps(counted() if "--count" in sys.argv else made()))


def made() -> dict[str, Any]:
    from kotsukotsu.web import demo, serving  # noqa: PLC0415
    from kotsukotsu.web.entries.models import Sheet  # noqa: PLC0415

    serving.prepare()
    demo.fill(CITY)
    sheets = [one for one in Sheet.objects.select_related("collection").order_by("facility_id") if one.lines.exists()]
    clerks = [clerk_of(number, sheet) for number, sheet in enumerate(sheets[:CLERKS])]
    fy = sheets[0].fiscal_year
    return {"fy": fy, "clerks": clerks, "readers": [_reader(number) for number in range(READERS)]}


def clerk_of(number: int, sheet: Any) -> dict[str, Any]:
    from kotsukotsu.web.entries.sheets import grid  # noqa: PLC0415

    user = person_of(f"clerk{number:03}", "facility_manager", facility_id=sheet.facility_id)
    cells = [
        {"line": line.ident, "month": str(cell.month), "seen": cell.seen, "text": cell.text}
        for line in grid(sheet, checked=False).lines[:LINES] for cell in line.cells if len(cell.rows) <= 1
    ]  # fmt: skip
    return {"facility": sheet.facility_id, "cells": cells, "user": user.username, **session_of(user)}


def _reader(number: int) -> dict[str, Any]:
    return session_of(person_of(f"reader{number:03}", "auditor"))


def person_of(username: str, kind: str, **place: str) -> Any:
    from kotsukotsu.web.accounts.models import Role, User  # noqa: PLC0415

    user = User.objects.create(username=username, name=username)
    Role.objects.create(user=user, kind=kind, **place)
    return user


def session_of(user: Any) -> dict[str, str]:
    """A session as after signing in; hashing a hundred passwords is not what is measured."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(user, backend=BACKEND)
    client.get("/account/")
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    return {"session": client.cookies[settings.SESSION_COOKIE_NAME].value, "csrf": token}


def counted() -> dict[str, int]:
    from django.db.models import Count  # noqa: PLC0415

    from kotsukotsu.web.entries.models import Activity  # noqa: PLC0415

    found = Activity.objects.filter(posted_by__startswith="clerk").values_list("posted_by").annotate(count=Count("id"))
    return dict(found.order_by())


if __name__ == "__main__":
    main()
