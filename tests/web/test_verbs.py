"""Whatever is logged can be said on the page of the log."""

from __future__ import annotations

import re
from pathlib import Path

from kotsukotsu import texts, web

VERB = re.compile(r'\bverb="(\w+)"')


def test_every_verb_that_is_logged_has_its_word():
    code = [path.read_text(encoding="utf-8") for path in Path(web.__file__).parent.rglob("*.py")]
    found = {verb for one in code for verb in VERB.findall(one)}
    assert {"prepare", "publish", "prose"} <= found
    assert {f"web.verb.{verb}" for verb in found} <= set(texts.entries())
