"""A hundred people who enter and twenty who read, for a minute: ``python -m benchmarks.web_load``.

The demo city on the real server, on SQLite and on PostgreSQL; after it on the same server and kind of database, under
the same load, a bare Django view without sessions or middleware, and the same view for people who have signed in
(`benchmarks.web_bare`). A person who enters waits `THINKS` between two cells, one who reads between two
dashboards; the waiting is spread, so that they do not all come at once. The server has answered one
dashboard before. The load comes from the same machine, so the
times hold what the callers themselves take of its cores.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from benchmarks import report, results
from tests.backends.server import running_server

SECONDS = 60.0
THINKS = {"save": 5.0, "dashboard": 10.0}  # [s]
START = 90.0  # a server that does not answer by then is given up [s]
BODY = json.dumps({"cells": [{"line": "electricity||", "month": "2025-04", "seen": "A000000", "text": "1000"}]})
SERVE = "from kotsukotsu.cli.main import main; main()"


class Person(threading.Thread):
    """Asks, waits, asks again; keeps how long each answer took and what went wrong."""

    def __init__(self, port: int, end: float, thinks: float, ask: Callable[[http.client.HTTPConnection], bool]) -> None:
        super().__init__()
        self.port, self.end, self.thinks, self.ask = port, end, thinks, ask
        self.taken: list[float] = []
        self.wrong = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        time.sleep(random.uniform(0, self.thinks))
        while time.monotonic() < self.end:
            start = time.monotonic()
            try:
                good = self.ask(connection)
            except (OSError, http.client.HTTPException):
                good, connection = False, http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            self.taken.append(time.monotonic() - start)
            self.wrong += not good
            time.sleep(random.uniform(0.5, 1.5) * self.thinks)


def clerk(one: dict[str, Any], fy: int) -> Callable[[http.client.HTTPConnection], bool]:
    """Types one cell after the other and remembers what stands in it then."""
    cells, turn = one["cells"], iter(range(10**9))
    headers = {
        "Cookie": f"sessionid={one['session']}; csrftoken={one['csrf']}", "X-CSRFToken": one["csrf"],
        "Content-Type": "application/json", "Accept": "application/json",
    }  # fmt: skip

    def save(connection: http.client.HTTPConnection) -> bool:
        number = next(turn)
        cell = cells[number % len(cells)]
        text = str(1000 + number * 7 + random.randrange(5000))
        if text == cell["text"]:  # what stands there already would be no entry
            text += "1"
        body = json.dumps({"cells": [{**cell, "text": text}]})
        connection.request("POST", f"/{fy}/facilities/{one['facility']}/entry/cells/", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            return False
        line = next(line for line in json.loads(said)["lines"] if line["line"] == cell["line"])
        now = next(found for found in line["cells"] if found["month"] == cell["month"])
        cell["seen"], cell["text"] = now["seen"], now["text"]
        one["saved"] = one.get("saved", 0) + 1
        return True

    return save


def fetch(method: str, address: str, **headers: str) -> Callable[[http.client.HTTPConnection], bool]:
    def ask(connection: http.client.HTTPConnection) -> bool:
        connection.request(method, address, BODY if method == "POST" else None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200

    return ask


def loaded(port: int, saves: list[Any], reads: list[Any], seconds: float, server: int) -> dict[str, Any]:
    """Times of both kinds of people under the whole load, and what an answer takes of the server's processor. [s]"""
    used = processor(server)
    end = time.monotonic() + seconds
    people = {
        "save": [Person(port, end, THINKS["save"], ask) for ask in saves],
        "dashboard": [Person(port, end, THINKS["dashboard"], ask) for ask in reads],
    }
    every = [one for group in people.values() for one in group]
    for one in every:
        one.start()
    for one in every:
        one.join()
    answers = sum(len(one.taken) for one in every)
    return {name: _summary(group) for name, group in people.items()} | {
        "processor": round((processor(server) - used) / answers, 5)
    }


def processor(pid: int) -> float:
    """What a process has used, without those that it has begun. [s]"""
    found = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(found[11]) + int(found[12])) / os.sysconf("SC_CLK_TCK")


def _summary(group: list[Person]) -> dict[str, float]:
    times = sorted(taken for one in group for taken in one.taken)
    return {
        "count": len(times), "errors": sum(one.wrong for one in group), "median": round(statistics.median(times), 4),
        "p95": round(times[int(0.95 * (len(times) - 1))], 4),
    }  # fmt: skip


@contextmanager
def serving(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """A server while it is needed; the number of its process."""
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            give_up = time.monotonic() + START
            while not _answers(port):
                if server.poll() is not None or time.monotonic() > give_up:
                    said.seek(0)
                    raise RuntimeError(said.read().decode()[-2000:])
                time.sleep(0.2)
            yield server.pid
        finally:
            server.terminate()
            server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def measured(database: str, seconds: float = SECONDS) -> dict[str, Any]:
    """Both applications on one kind of database."""
    with tempfile.TemporaryDirectory() as home, database_of(database) as url:
        environment = {**os.environ, "KOTSUKOTSU_HOME": home, "KOTSUKOTSU_HTTPS": "off", **url}
        people = _asked(environment)
        port = free_port()
        with serving(
            [sys.executable, "-c", SERVE, "serve", "--home", home, "--port", str(port)], port, environment
        ) as server:
            reads = [
                fetch("GET", f"/{people['fy']}/", Cookie=f"sessionid={one['session']}") for one in people["readers"]
            ]  # fmt: skip
            while not reads[0](http.client.HTTPConnection("127.0.0.1", port, timeout=120)):
                time.sleep(1)  # a server that has run for a while
            own = loaded(port, [clerk(one, people["fy"]) for one in people["clerks"]], reads, seconds, server)
        counted = _asked(environment, "--count")
        saved = {one["user"]: one.get("saved", 0) for one in people["clerks"]}
        lost = sum(count - counted.get(name, 0) for name, count in saved.items())
        count = len(saved), len(reads)
        with tempfile.TemporaryDirectory() as other:
            alone = {**environment, "KOTSUKOTSU_HOME": other, **another(url)}
            bare = _beside(alone, [fetch("POST", "/save")] * count[0], [fetch("GET", "/read")] * count[1], seconds)
            signed_in = _beside(alone, *_signed_in(alone, *count), seconds, "signed_in")
    return {
        "database": database, "saved": sum(saved.values()), "lost": lost, "own": own, "bare": bare,
        "signed_in": signed_in,
    }  # fmt: skip


def _beside(environment: dict[str, str], saves: list[Any], reads: list[Any], seconds: float, *words: str) -> Any:
    """The times of a small Django application under the same load."""
    port = free_port()
    with serving([sys.executable, "-m", "benchmarks.web_bare", str(port), *words], port, environment) as server:
        return loaded(port, saves, reads, seconds, server)


def _signed_in(environment: dict[str, str], saves: int, reads: int) -> tuple[list[Any], list[Any]]:
    """People with a session and a token, who send a body as that of a cell."""
    command = [sys.executable, "-m", "benchmarks.web_bare", "people", str(saves + reads)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    people = [
        {"Cookie": f"sessionid={one['session']}; csrftoken={one['csrf']}", "X-CSRFToken": one["csrf"]}
        for one in json.loads(done.stdout.splitlines()[-1])
    ]
    return (
        [fetch("POST", "/signed_in/save", **one) for one in people[:saves]],
        [fetch("GET", "/signed_in/read", **one) for one in people[saves:]],
    )


def another(url: dict[str, str]) -> dict[str, str]:
    """An empty database on the same server; on SQLite the folder says which."""
    if not url:
        return {}
    with psycopg.connect(url["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE bare")
    return {"DATABASE_URL": f"{url['DATABASE_URL'].rpartition('/')[0]}/bare"}


def _asked(environment: dict[str, str], *words: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.web_people", *words]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def database_of(name: str) -> Iterator[dict[str, str]]:
    with running_server() if name == "PostgreSQL" else nullcontext("") as server:
        folder = re.search(r"host=(\S+)", server)
        yield {"DATABASE_URL": f"postgres://kotsukotsu@{quote(folder[1], safe='')}/postgres"} if folder else {}


def main() -> None:
    rows = [measured(database) for database in ("SQLite", "PostgreSQL")]
    for row in rows:
        print(row)
    report.write(results.keep("web_load", rows))


if __name__ == "__main__":
    main()
