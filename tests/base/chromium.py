"""The one Chromium of a test run.

Playwright keeps a loop in the thread that began it, and a second one refuses to begin beside it: whichever tests of
a worker want a browser first begin it for all that follow.
"""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a worker."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Django sees Playwright's loop in its own thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
