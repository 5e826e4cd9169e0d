"""A bare Django application on the same server and database: one small insert, one small select and a page.

``python -m benchmarks.web_bare PORT``; what a framework costs before anything of ours.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.conf import settings
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
THREADS = 8  # as `kotsukotsu serve`


@csrf_exempt
def save(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (text) VALUES (%s)", [request.body.decode()[:200]])
    return JsonResponse({"saved": True})


def read(_: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text FROM bare ORDER BY id DESC LIMIT %s", [ROWS])
        rows = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM bare")
        count = cursor.fetchone()[0]
    page = engines["django"].from_string(PAGE).render({"rows": rows, "count": count})
    return HttpResponse(page)


urlpatterns = [path("save", save), path("read", read)]


def main() -> None:
    settings.configure(
        DATABASES=databases(Path(os.environ["KOTSUKOTSU_HOME"])), ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="bare", MIDDLEWARE=[], INSTALLED_APPS=[], USE_TZ=True,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )  # fmt: skip
    application = get_wsgi_application()
    key = "BIGSERIAL PRIMARY KEY" if connection.vendor == "postgresql" else "INTEGER PRIMARY KEY AUTOINCREMENT"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (id {key}, text varchar(200))")
    connection.close()
    serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS)


if __name__ == "__main__":
    main()
