"""Which of the government's rules of machine readability a file breaks.

Source: デジタル庁「行政データにおける機械可読性に関するルール」, rule ids as there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kotsukotsu.findings import Finding
from kotsukotsu.importers.layouts import entry_form
from kotsukotsu.importers.model import Book, Table
from kotsukotsu.importers.readability_rules import CHECKS, Received

State = Literal["found", "clear", "not_run"]


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one rule; a rule that could not be looked at is never clear."""

    rule: str
    state: State
    findings: tuple[Finding, ...] = ()


def check(book: Book, tables: Sequence[Table]) -> list[Check]:
    """Every rule that a program can look at, with what it found.

    Rules that need a person's judgement (L1-11 colours, L2-04 choices, L3-02 code tables …) are ``not_run``.
    """
    subject = Received(book, tables)
    foreign = Received(book, [table for table in tables if table.layout != entry_form.NAME])
    done = []
    for rule, find in CHECKS.items():
        of = foreign if rule in _OF_LAYOUT else subject
        found = tuple(find(of)) if subject.sheets and _can_run(rule, subject) else None
        done.append(Check(rule, "not_run") if found is None else Check(rule, "found" if found else "clear", found))
    return [*done, *(Check(rule, "not_run") for rule in _BY_PEOPLE)]


def _can_run(rule: str, subject: Received) -> bool:
    if subject.book.kind == "csv":
        return rule not in ("L1-12", "L1-13", "L2-06", "L1-10")
    return rule != "L1-14" and (rule not in ("L1-13", "L2-06") or all(s.checked for s in subject.sheets))


# What whoever fills in our own form did not choose: its sums, its title above the headings, its months.
_OF_LAYOUT = ("L2-06", "L3-01", "L3-05")
_BY_PEOPLE = ("L1-05", "L1-11", "L1-15", "L2-04", "L2-05", "L3-02", "L3-03", "L3-06", "L3-07", "L3-08")
