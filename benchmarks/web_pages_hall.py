"""The large city in the database of the environment: ``python -m benchmarks.web_pages_hall CITY`` prints its pages.

As JSON: every address that can be opened by GET with an id of this city, who opens it, and a clerk who enters.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.web_people import clerk_of, session_of

ACCESS = Path(__file__).parents[1] / "tests" / "web" / "access.csv"
PEOPLE = {"secretariat": "jimukyoku", "auditor": "kansa", "administrator": "kanri"}  # who opens, the first who may
# What stands in the tests' addresses, and what in this city's. Of facilities one of each kind: the city hall, a school,
# a clinic, sewage, waste, a park, the vehicles; of departments one below another and one with others below it.
PLACES = {
    "f1": ("f001", "f010", "f124", "f143", "f175", "f226", "f300"), "f2": ("f002",), "f3": ("f003",),
    "d1": ("d61", "d60"), "d2": ("d11",), "x": ("emissions.csv",),
}  # fmt: skip
OPENS = ("200", "302")  # 302 where the tests' city has nothing to show
CLOSED = 2024  # the fiscal year of which there is a version
MADE = "pk=1"  # a version or a file, which the tests' city does not have
LEFT_OUT = Path(__file__).parent / "web_pages_left_out.csv"
TRACED = ("city_trace", "department_trace", "facility_trace")
ITEMS = {"f300": "gasoline"}  # what is traced; electricity elsewhere
TOKEN_DAYS = 2


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kotsukotsu.web.settings"
    import django  # noqa: PLC0415  # settings first

    django.setup()
    print(json.dumps(filled(Path(sys.argv[1]))))


def filled(city: Path) -> dict[str, Any]:
    """Take the city in as the demo's, with a version and a file of evidence."""
    from kotsukotsu.web import demo, serving  # noqa: PLC0415
    from kotsukotsu.web.accounts.models import User  # noqa: PLC0415
    from kotsukotsu.web.entries import excel  # noqa: PLC0415
    from kotsukotsu.web.entries.models import Sheet  # noqa: PLC0415
    from kotsukotsu.web.entries.services.evidence import evidence_add  # noqa: PLC0415
    from kotsukotsu.web.publications.services import publication_prepare  # noqa: PLC0415

    serving.prepare()
    demo.fill(city)
    users = {kind: User.objects.get(username=name) for kind, name in PEOPLE.items()}
    publication_prepare(fiscal_year=CLOSED, actor=users["secretariat"])
    sheet = Sheet.objects.select_related("collection").filter(lines__isnull=False).order_by("facility_id").first()
    evidence_add(sheet=sheet, name="form.xlsx", content=excel.written(sheet), actor=users["secretariat"])
    return {
        "fy": sheet.fiscal_year,
        "clerk": clerk_of(0, sheet),
        "cookies": {kind: session_of(user)["session"] for kind, user in users.items()},
        "token": _token(users["secretariat"]),
        "pages": [{"name": name, "who": who, "address": address} for name, who, address in _pages()],
    }


def _token(user: Any) -> str:
    from django.utils import timezone  # noqa: PLC0415

    from kotsukotsu.web.api import tokens  # noqa: PLC0415

    day = timezone.localdate() + timedelta(days=TOKEN_DAYS)
    return str(tokens.token_make(name="benchmark", valid_to=day, is_read_only=True, actor=user)[1])


def _pages() -> Iterator[tuple[str, str, str]]:
    """Name, who opens it, address."""
    from django.urls import reverse  # noqa: PLC0415

    for line, who in lines():
        for arguments in _arguments(line):
            said = " ".join([line["name"], *arguments.values()])
            address = reverse(line["name"], kwargs=arguments)
            yield said, who, address
            if line["name"] in TRACED:
                item = ITEMS.get(arguments.get("facility_id", ""), "electricity")
                yield f"{said} {item}", who, f"{address}?item={item}"


def lines() -> Iterator[tuple[dict[str, str], str]]:
    """Addresses that are opened, and who opens them."""
    for line in _table(ACCESS):
        who = next((who for who in PEOPLE if line[who] in OPENS or MADE in line["arguments"]), None)
        if line["method"] == "get" and who and line["name"] not in left_out():
            yield line, who


def left_out() -> dict[str, str]:
    """Addresses that are not opened here, and why."""
    return {line["name"]: line["why"] for line in _table(LEFT_OUT)}


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _arguments(line: dict[str, str]) -> Iterator[dict[str, str]]:
    """What stands in the address, in this city; each register's page for each register."""
    from kotsukotsu.web.accounts.models import User  # noqa: PLC0415
    from kotsukotsu.web.entries.models import Evidence  # noqa: PLC0415
    from kotsukotsu.web.municipalities.registers import Facility  # noqa: PLC0415
    from kotsukotsu.web.registers.kinds import registers  # noqa: PLC0415

    keys = {"clerk": User.objects.get(username="shogakko").pk, "f1": Facility.objects.get(facility_id="f001").pk}
    given = dict(pair.split("=") for pair in line["arguments"].split(";") if pair)
    if line["name"].startswith("evidence"):  # the file that was added here, beside those of the demo
        file = Evidence.objects.select_related("sheet").order_by("-id")[0]
        given |= {"pk": str(file.pk), "facility_id": file.sheet.facility_id}
    if "{f1}" not in given.values() and "facilities" in given.values():
        yield from ({**given, "table": table} for table in registers())
    else:
        choices = [PLACES.get(value, (value.format(**keys),)) for value in given.values()]
        yield from (dict(zip(given, chosen, strict=True)) for chosen in product(*choices))


if __name__ == "__main__":
    main()
