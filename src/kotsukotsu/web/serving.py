"""The server: waitress, the same on Windows and Linux."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import typer
from django.core.management import call_command
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone
from waitress import serve as answer

from kotsukotsu import texts
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web import demo as demo_city
from kotsukotsu.web.accounts import retention
from kotsukotsu.web.common.coming import Coming
from kotsukotsu.web.entries.known import registers_of
from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities import dated
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.seeing.scope import whole
from kotsukotsu.web.seeing.views import dated_of
from kotsukotsu.web.settings.environment import proxy
from kotsukotsu.web.wsgi import application

THREADS = 8
DAY = 24 * 60 * 60  # between two looks at what need not be kept any longer [s]
CONNECTIONS = 400  # open at once: a browser keeps several; select() on Windows takes 512
# A thread that computes lets the others have their turn after this; a saved cell has many, one for each question to
# the database. [s]
TURN = 0.0005
GARBAGE = 20_000  # objects that are looked through at once: more than a request holds, so that none is stopped in it
WARMED = 2  # the year that is being entered, and the last whole one
LARGEST_REQUEST = 30 * 1024 * 1024  # [byte]


def prepare() -> None:
    """Bring the database to the form of this version, its protections included."""
    call_command("migrate", verbosity=0, interactive=False)
    retention.carry_out(now=timezone.now())


def serve(*, host: str, port: int, demo: Path | None) -> None:
    """Answer requests until stopped; the demo's city is taken in first where the database is empty."""
    prepare()
    if demo is not None:
        typer.echo(texts.label("web.cli.preparing"))
        demo_city.fill(demo)
    sys.setswitchinterval(TURN)
    get_resolver().url_patterns  # noqa: B018  # reads every page's module now, not while the first reader waits
    dated.compute_beside()
    catalogue()
    gc.collect()
    gc.freeze()  # what is there now stays: looking through all of it again and again stops everybody
    gc.set_threshold(GARBAGE)
    Thread(target=warm_up, daemon=True).start()
    Thread(target=retention.carry_out_daily, args=[tomorrow], daemon=True).start()
    typer.echo(texts.label("web.cli.serving", host=host, port=port))
    answer(
        application, host=host, port=port, threads=THREADS, connection_limit=CONNECTIONS, ident=None,
        max_request_body_size=LARGEST_REQUEST, clear_untrusted_proxy_headers=True, **behind(proxy()),
    )  # fmt: skip


def tomorrow() -> None:
    """Wait a day, holding no connection to the database."""
    connection.close()
    sleep(DAY)


def warm_up() -> None:
    """Begin to compute the city's newest years before anybody asks, so that the first reader does not wait."""
    if Municipality.objects.exists():
        registers_of(Municipality.objects.get(), "")
        for fy in sorted(fiscal_years(), reverse=True)[:WARMED]:
            with suppress(Coming):
                dated_of(whole(), fy)
    connection.close()


def behind(address: str) -> dict[str, Any]:
    """Believe one proxy what it says of who asks and how; nobody else."""
    if not address:
        return {}
    headers = {"x-forwarded-proto", "x-forwarded-for"}
    return {"trusted_proxy": address, "trusted_proxy_count": 1, "trusted_proxy_headers": headers}
