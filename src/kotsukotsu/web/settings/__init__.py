"""Settings of the web application; what differs between installations comes from the environment.

=========================== ==========================================================================
``KOTSUKOTSU_HOME``         folder of the database and the secret
``DATABASE_URL``            a PostgreSQL database in place of the SQLite file
``KOTSUKOTSU_HOSTS``        names under which the server is reached, parted by commas
``KOTSUKOTSU_HTTPS``        ``off`` where only this PC reads the pages, without a certificate
``KOTSUKOTSU_PROXY``        ``on``, or the address of the server that takes https for this one
``KOTSUKOTSU_DEMO``         ``on`` lists an account for every role on the login page
``KOTSUKOTSU_OIDC``         a JSON file with the single sign-on provider (server address, id, secret)
``KOTSUKOTSU_MAIL``         ``smtp://user:password@host:port`` (``smtps``, or ``smtp+tls`` for STARTTLS); else none
``KOTSUKOTSU_MAIL_FROM``    address that mail comes from
=========================== ==========================================================================
"""

from __future__ import annotations

from pathlib import Path

from kotsukotsu.documents import page_font
from kotsukotsu.web.settings.apps import *
from kotsukotsu.web.settings.database import databases
from kotsukotsu.web.settings.environment import home, named, on
from kotsukotsu.web.settings.mail import *
from kotsukotsu.web.settings.secret import secret_key
from kotsukotsu.web.settings.security import *
from kotsukotsu.web.settings.sign_in import *

HOME = home()
DEMO = on("KOTSUKOTSU_DEMO")
SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = [*named("KOTSUKOTSU_HOSTS"), "127.0.0.1", "localhost", "[::1]"]

ROOT_URLCONF = "kotsukotsu.web.urls"
WSGI_APPLICATION = "kotsukotsu.web.wsgi.application"
DATABASES = databases(HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [("fonts", str(path)) for path in (page_font.folder(),) if path]
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
