"""The load of the web application: what is missed, lost or wrong is written so; a short one is really run."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import threading
import time
from typing import ClassVar

from benchmarks import report, web_bare, web_load
from kotsukotsu.web import serving


def test_errors_losses_and_times_decide():
    own = {"count": 9, "errors": 0, "median": 0.01, "p95": 0.02}
    row = {"database": "SQLite", "lost": 0, "own": {"save": own}, "bare": {"save": {**own, "p95": 0.01}}}
    assert report._loaded(row, "save", 4).endswith("| 2.0 | 4 | reached | | |")
    assert report._loaded(row, "save", 1).endswith("| missed | | |")
    assert report._loaded({**row, "lost": 1}, "save", 4).endswith("| missed | | |")
    wrong = {**row, "own": {"save": {**own, "errors": 1}}}
    assert report._loaded(wrong, "save", 4).endswith("| missed | | |")


def test_the_bare_application_has_as_many_threads_and_connections():
    assert (web_bare.THREADS, web_bare.CONNECTIONS) == (serving.THREADS, serving.CONNECTIONS)


def test_answers_that_are_none_are_errors():
    person = web_load.Person(1, 0.0, 0.0, lambda _: False)
    person.end = float("inf")
    person.ask = lambda _: (setattr(person, "end", 0.0), False)[1]
    person.run()
    assert (person.wrong, len(person.taken)) == (1, 1)


class Kept(http.server.BaseHTTPRequestHandler):
    """Keeps each text that is sent, and says that it stands in the cell now."""

    texts: ClassVar = []

    def do_POST(self):
        (cell,) = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["cells"]
        self.texts.append(cell["text"])
        now = {"month": cell["month"], "seen": "A2", "text": cell["text"]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"lines": [{"line": cell["line"], "cells": [now]}]}).encode())

    def log_message(self, *_):
        """Nothing."""


def test_what_a_clerk_types_is_never_what_stands_there_already_which_would_be_no_entry(monkeypatch):
    monkeypatch.setattr("random.randrange", lambda _: 234)
    one = {"session": "s", "csrf": "c", "facility": "f1"}
    one["cells"] = [{"line": "electricity||", "month": "2025-04", "seen": "A1", "text": "1234"}]
    with http.server.HTTPServer(("127.0.0.1", 0), Kept) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert web_load.clerk(one, 2025)(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20))
    assert (Kept.texts, one["cells"][0]["seen"], one["saved"]) == (["12341"], "A2", 1)


def test_the_same_view_for_people_who_have_signed_in_stands_beside_and_judges_nothing():
    row = {
        "database": "SQLite", "lost": 0, "own": {"save": {"count": 9, "errors": 0, "median": 0.01, "p95": 0.02}},
        "bare": {"save": {"p95": 0.004}}, "signed_in": {"save": {"p95": 0.008}},
    }  # fmt: skip
    assert report._loaded(row, "save", 4).endswith("| 0.0040 | 5.0 | 4 | missed | 0.0080 | 2.5 |")


def test_the_processor_time_of_a_process_grows_with_its_work():
    before = web_load.processor(os.getpid())
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    assert web_load.processor(os.getpid()) > before > 0
