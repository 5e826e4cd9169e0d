"""Daily temperatures of the city: a file of the Meteorological Agency looked at, then taken into ``weather.csv``."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kotsukotsu import schema
from kotsukotsu.importers.weather import read_weather
from kotsukotsu.importers.weather_rows import Merged, merged
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import CityFile, Municipality

TABLE = "weather"


def spans() -> list[tuple[str, date, date, int]]:
    """Station, first day, last day and number of days with a temperature."""
    found: dict[str, list[date]] = {}
    for row in tables.of_file(TABLE):
        if row["temperature"] is not None:
            found.setdefault(row["station"], []).append(row["day"])
    return [(station, min(days), max(days), len(days)) for station, days in sorted(found.items())]


def judged(name: str, data: bytes) -> Merged:
    """What taking in a file would do.

    Raises
    ------
    ImportFileError
        WE-01 to WE-03 the file cannot be read.
    """
    return merged(tables.of_file(TABLE), read_weather(data, name).rows, name)


@transaction.atomic
def weather_take(*, name: str, data: bytes, actor: User) -> Merged:
    """Take a file in; a value that the Agency has corrected takes the place of the older one.

    Raises
    ------
    WebError
        W-10 there is no city yet.
    ImportFileError
        WE-01 to WE-03 the file cannot be read.
    """
    policy.require(actor, "register")
    if Municipality.objects.select_for_update().first() is None:
        raise WebError("W-10")
    found = judged(name, data)
    content = schema.write(found.rows, TABLE).encode()
    CityFile.objects.update_or_create(path=f"{TABLE}.csv", defaults={"content": content})
    registers_changed()
    after = {"new": found.new, "changed": len(found.changed), "same": found.same}
    log(actor=actor, verb="import", kind=TABLE, key=name, after=after)
    return found
