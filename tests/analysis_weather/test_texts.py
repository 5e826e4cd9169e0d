"""Every sentence of the component can be said with the data that its findings carry, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kotsukotsu.analysis
from kotsukotsu import texts

CODES = sorted(code for code in texts.entries() if code.startswith("WE-"))
MODULES = [
    *Path(kotsukotsu.analysis.__file__).parent.glob("*.py"),
    Path(texts.__file__).parents[1] / "importers" / "weather.py",
]


@pytest.mark.parametrize("code", CODES)
def test_both_languages_name_the_same_data(code):
    text = texts.entries()[code]
    named = [set(re.findall(r"\{(\w+)", text.says[language] + text.do[language])) for language in texts.LANGUAGES]
    assert named[0] == named[1]
    assert all(text.says.values())
    assert all(text.do.values())


def test_every_code_is_used_and_every_code_used_has_a_text():
    used = {code for path in MODULES for code in re.findall(r'"(WE-\d+)"', path.read_text(encoding="utf-8"))}
    assert used == set(CODES)
