"""Every finding of the importers has its words, and no words are left over."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import kotsukotsu.importers
from kotsukotsu import texts

FOLDER = Path(kotsukotsu.importers.__file__).parent
FORM_TEXTS = ("IM-G", "IM-C-")


def test_codes_and_texts_are_the_same_set() -> None:
    used = {
        code
        for path in FOLDER.rglob("*.py")
        for code in re.findall(r"""["'](IM-[\dFHR]+|L[123]-\d\d)["']""", path.read_text(encoding="utf-8"))
    }
    with (texts.FOLDER / "importers.csv").open(encoding="utf-8", newline="") as file:
        written = {row["code"] for row in csv.DictReader(file)}
    by_people = {code for code in used - written if code.startswith("L")}
    assert used - by_people == {code for code in written if not code.startswith(FORM_TEXTS)}
    assert by_people == {
        "L1-05", "L1-11", "L1-15", "L2-04", "L2-05", "L3-02", "L3-03", "L3-06", "L3-07", "L3-08",
    }  # fmt: skip


def test_every_finding_says_what_to_do() -> None:
    found = [text for code, text in texts.entries().items() if code.startswith("IM-") and text.severity]
    assert [text.code for text in found if not (text.do["ja"] and text.do["en"])] == []
