"""Mail is off unless a server is named."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

_SERVER = urlsplit(os.environ.get("KOTSUKOTSU_MAIL", ""))
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_NONE = "django.core.mail.backends.dummy.EmailBackend"

EMAIL_BACKEND = _SMTP if _SERVER.hostname else _NONE
EMAIL_HOST = _SERVER.hostname or ""
EMAIL_PORT = _SERVER.port or (465 if _SERVER.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_SERVER.username or "")
EMAIL_HOST_PASSWORD = unquote(_SERVER.password or "")
EMAIL_USE_SSL = _SERVER.scheme == "smtps"
EMAIL_USE_TLS = _SERVER.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10  # so long a page waits for a server that does not answer [s]
DEFAULT_FROM_EMAIL = os.environ.get("KOTSUKOTSU_MAIL_FROM", "kotsukotsu@localhost")
