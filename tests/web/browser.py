"""A real Chromium in front of the real server."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from django.conf import settings

PICTURES = Path(__file__).parents[2] / "out" / "pictures"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 375, "height": 812}
DOUBLE = {"width": 683, "height": 384}  # what 200 % leaves of a desk's screen


@pytest.fixture
def browse(chromium, live_server):
    """Open an address as somebody; what the browser complains of fails the test."""
    contexts, complaints = [], []

    def opened(address, client=None, viewport=DESK, **options):
        context = chromium.new_context(viewport=viewport, base_url=live_server.url, locale="ja-JP", **options)
        contexts.append(context)
        context.set_default_timeout(30_000)  # a picture is drawn when it is first asked for
        if client is not None:
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_fault(said) else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_fault(said):
    return said.type == "error" and "Failed to load resource" not in said.text


def faults(page):
    """What axe finds, shortly."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    return [(one["id"], node["html"][:200]) for one in found for node in one["nodes"]]


def press(page, said):
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=said, exact=True).click()


def paste(page, text):
    """Paste a text into what has the focus, as from Excel."""
    script = """text => { const data = new DataTransfer(); data.setData("text/plain", text);
      const options = {clipboardData: data, bubbles: true, cancelable: true};
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", options)) }"""
    page.evaluate(script, text)


def picture(page, name):
    """Keep how a page looks, for people."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def too_wide(page):
    """Pixels by which the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


FOCUSED = """() => { const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
  const seen = at && (one.contains(at) || at.contains(one)) && getComputedStyle(one).outlineStyle === "solid";
  return [one.outerHTML.slice(0, 120), Boolean(seen)] }"""


def unseen_stops(page):
    """Where the Tab key leads, but the focus is covered or has no ring."""
    found = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return found
        found += [] if stop[1] else [stop[0]]
