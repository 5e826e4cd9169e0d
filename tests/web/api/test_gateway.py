"""The meter gateway of the how-to page, as it stands there, against a running server."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.web.common import protection
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.models import Sheet
from tests.web.api.conftest import secret_of

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "meter-gateway.md"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def script(tmp_path):
    block = PAGE.read_text(encoding="utf-8").partition("```python norun\n")[2].partition("```")[0]
    path = tmp_path / "gateway.py"
    path.write_text(block, encoding="utf-8")
    yield path
    protection.unprotect()


def sent(script, server, secret):
    told = {"KOTSUKOTSU": server.url, "TOKEN": secret, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-I", str(script)]
    return subprocess.run(
        command, env={**os.environ, **told}, capture_output=True, encoding="utf-8", check=False, timeout=60
    )  # fmt: skip


def test_the_gateway_of_the_page_posts_once_and_is_told_what_is_wrong(script, live_server, collection, hall):
    secret = secret_of(hall["manager"])
    first, second = (sent(script, live_server, secret) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    assert "登録しました" in first.stdout
    assert "登録済み" in second.stdout
    assert [row["quantity"] for row in ledger.of_years("f1", 2025, 2025)] == [Decimal("1234.5")]
    Sheet.objects.filter(facility_id="f1").update(state="submitted")
    script.write_text(script.read_text(encoding="utf-8").replace("1234.5", "99"), encoding="utf-8")
    refused = sent(script, live_server, secret)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[1].startswith("0: ")
