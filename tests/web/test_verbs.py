"""Whatever is logged can be said on the page of the log."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kotsukotsu import texts, web
from kotsukotsu.web.common.templatetags import words

VERB = re.compile(r'\bverb="(\w+)"')


def test_every_verb_that_is_logged_has_its_word():
    code = [path.read_text(encoding="utf-8") for path in Path(web.__file__).parent.rglob("*.py")]
    found = {verb for one in code for verb in VERB.findall(one)}
    assert {"prepare", "publish", "prose"} <= found
    assert {f"web.verb.{verb}" for verb in found} <= set(texts.entries())


@pytest.mark.parametrize(("language", "said"), [("ja", "年度"), ("en", "Fiscal year")])
def test_a_field_of_the_log_without_words_of_its_own_begins_as_the_others_do(language, said):
    with texts.speaking(language):
        assert words.field("fiscal_year") == said
