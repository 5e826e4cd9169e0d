"""Two small Django applications on the same server and database: one small insert, one small select and a page.

``python -m benchmarks.web_bare PORT`` is a bare view, without sessions or any middleware: what a framework costs before
anything of ours. ``python -m benchmarks.web_bare PORT signed_in`` is the same view as `django-admin startproject` puts
it together, for people who have signed in: session, CSRF token, account, headers. With ``people COUNT`` in place of a
port it makes accounts and prints their sessions as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from waitress import serve

from kotsukotsu.web.settings.database import databases

PAGE = "<h1>{{ count }}</h1><table>{% for id, text in rows %}<tr><td>{{ id }}<td>{{ text }}{% endfor %}</table>"
ROWS = 50
THREADS, CONNECTIONS = 8, 400  # as `kotsukotsu serve`
BACKEND = "django.contrib.auth.backends.ModelBackend"
APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def save(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (text) VALUES (%s)", [request.body.decode()[:200]])
    return _lasting(JsonResponse({"saved": True}))


def read(_: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text FROM bare ORDER BY id DESC LIMIT %s", [ROWS])
        rows = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM bare")
        count = cursor.fetchone()[0]
    return _lasting(HttpResponse(template().render({"rows": rows, "count": count})))


def _lasting(answer: HttpResponse) -> HttpResponse:
    """With its length, so that the connection is kept as those of ours are."""
    answer["Content-Length"] = str(len(answer.content))
    return answer


def save_signed_in(request: HttpRequest) -> HttpResponse:
    return save(request) if request.user.is_authenticated else HttpResponse(status=401)


def read_signed_in(request: HttpRequest) -> HttpResponse:
    return read(request) if request.user.is_authenticated else HttpResponse(status=401)


@cache
def template() -> Any:
    """Read once, as a template of a file is."""
    return engines["django"].from_string(PAGE)


urlpatterns = [
    path("save", csrf_exempt(save)),
    path("read", read),
    path("signed_in/save", save_signed_in),
    path("signed_in/read", read_signed_in),
]


def configure(*, signed_in: bool) -> None:
    settings.configure(
        DATABASES=databases(Path(os.environ["KOTSUKOTSU_HOME"])), ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="bare", MIDDLEWARE=MIDDLEWARE if signed_in else [], INSTALLED_APPS=APPS if signed_in else [],
        USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )  # fmt: skip


def people(count: int) -> list[dict[str, str]]:
    """Accounts with a session and a token, and the table that is written to."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415  # settings first
    from django.middleware.csrf import _get_new_csrf_string  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    made = []
    for number in range(count):
        client = Client(headers={"Host": "127.0.0.1"})
        client.force_login(get_user_model().objects.create(username=f"person{number}"), backend=BACKEND)
        made.append({"session": client.cookies["sessionid"].value, "csrf": _get_new_csrf_string()})
    return made


def make_table() -> None:
    key = "BIGSERIAL PRIMARY KEY" if connection.vendor == "postgresql" else "INTEGER PRIMARY KEY AUTOINCREMENT"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bare (id {key}, text varchar(200))")
    connection.close()


def main() -> None:
    if sys.argv[1] == "people":
        configure(signed_in=True)
        django.setup()
        print(json.dumps(people(int(sys.argv[2]))))
        return
    configure(signed_in="signed_in" in sys.argv)
    application = get_wsgi_application()
    make_table()
    serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS, connection_limit=CONNECTIONS)


if __name__ == "__main__":
    main()
