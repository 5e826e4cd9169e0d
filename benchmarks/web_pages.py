"""Every page of a city of 1,000 facilities over 13 fiscal years: ``python -m benchmarks.web_pages [DATABASE [COUNT]]``.

The demo city's facilities three times and a third (`benchmarks.web_pages_city`) on the real server, on SQLite unless
``PostgreSQL`` is named; of another number of facilities for a try, which is not kept. Every address that can be opened
by GET, one after the other by one person: at once after the start of the server, `ROUNDS` times after a cell was
entered (all figures of its year are new then), and `AGAIN` times without a change; less often once a page has taken
`ENOUGH`. The time of a page is until its last byte. A page that says at first that its figures are being computed is
asked for until they are there; how long that took stands beside it.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import report, results, web_pages_city
from benchmarks.web_load import SERVE, clerk, database_of, free_port, processor, serving

ROUNDS, AGAIN = 2, 5
ENOUGH = 8.0  # for all openings of one kind of a page [s]
WAITS = 600  # longer than any page [s]
COMING, EVERY = 202, 0.1  # the answer of a page whose figures are being computed; how often it is asked for then [s]


def main(database: str, count: str = str(web_pages_city.FACILITIES)) -> int:
    with tempfile.TemporaryDirectory() as city, tempfile.TemporaryDirectory() as home, database_of(database) as url:
        web_pages_city.make(Path(city), int(count))
        environment = {**os.environ, "KOTSUKOTSU_HOME": home, "KOTSUKOTSU_HTTPS": "off", **url}
        hall = _hall(city, environment)
        port = free_port()
        with serving(
            [sys.executable, "-c", SERVE, "serve", "--home", home, "--port", str(port)], port, environment
        ) as pid:
            rows = measured(port, hall, pid)
    for row in rows:
        print(row)
    if int(count) == web_pages_city.FACILITIES:
        report.write(results.keep(f"web_pages_{database}", rows))
    return 0


def _hall(city: str, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.web_pages_hall", city]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(port: int, hall: dict[str, Any], pid: int) -> list[dict[str, Any]]:
    """A row for each page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAITS)
    enter = clerk(hall["clerk"], hall["fy"])
    return [_page(connection, page, _headers(hall, page), enter, pid) for page in hall["pages"]]


def _headers(hall: dict[str, Any], page: dict[str, str]) -> dict[str, str]:
    if page["name"].startswith("api:"):
        return {"Authorization": f"Bearer {hall['token']}"}
    return {"Cookie": f"sessionid={hall['cookies'][page['who']]}"}


def _page(
    connection: Any, page: dict[str, str], headers: dict[str, str], enter: Callable[[Any], bool], pid: int
) -> dict[str, Any]:
    def changed() -> None:
        if not enter(connection):
            raise RuntimeError(page)

    start = time.monotonic()
    first, status, size = _opened(connection, page["address"], headers)
    while status == COMING and time.monotonic() - start < WAITS:
        time.sleep(EVERY)
        _, status, size = _opened(connection, page["address"], headers)
    figures = round(time.monotonic() - start, 4)
    entered = _times(ROUNDS, lambda: _opened(connection, page["address"], headers)[0], changed)
    used = processor(pid)
    again = _times(AGAIN, lambda: _opened(connection, page["address"], headers)[0], lambda: None)
    return {
        "page": page["name"], "who": page["who"], "status": status, "kilobytes": round(size / 1000, 1), "first": first,
        "figures": figures, "entered": _of(entered), "again": _of(again),
        "processor": round((processor(pid) - used) / len(again), 3),
    }  # fmt: skip


def _times(count: int, ask: Callable[[], float], before: Callable[[], None]) -> list[float]:
    taken: list[float] = []
    while len(taken) < count and sum(taken) < ENOUGH:
        before()
        taken.append(ask())
    return taken


def _of(times: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(times), 4), "slowest": max(times)}


def _opened(connection: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> tuple[float, int, int]:
    """Seconds, status and size."""
    start = time.monotonic()
    connection.request("GET", address, None, headers)
    answer = connection.getresponse()
    size = len(answer.read())
    return round(time.monotonic() - start, 4), answer.status, size


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["SQLite"])))
