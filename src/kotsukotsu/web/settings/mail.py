"""Mail is off unless a server is named."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

_SERVER = urlsplit(os.environ.get("KOTSUKOTSU_MAIL", ""))
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_NONE = "django.core.mail.backends.dummy.EmailBackend"

EMAIL_BACKEND = _SMTP if _SERVER.hostname else _NONE
EMAIL_HOST = _SERVER.hostname or ""
EMAIL_PORT = _SERVER.port or 25
EMAIL_HOST_USER = unquote(_SERVER.username or "")
EMAIL_HOST_PASSWORD = unquote(_SERVER.password or "")
