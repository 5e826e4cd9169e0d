"""The web application's settings for tests, in a folder of the run; read before Django is."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="kotsukotsu-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["KOTSUKOTSU_HOME"] = HOME
os.environ["KOTSUKOTSU_HTTPS"] = "off"
os.environ["DJANGO_SETTINGS_MODULE"] = "kotsukotsu.web.settings"

import django  # noqa: E402

django.setup()
