"""The city's settings (``municipality.toml``): its name, base year, choices and plan; begun and changed in the browser.

What a change does to years that are not yet published follows as from any register; published years stay.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kotsukotsu import texts
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.documents.plan.setting import setting_of
from kotsukotsu.planning.targets import milestones_of
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.store import folder
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.selectors import facility_names

KIND = "municipality"
BEGINNING = Path(__file__).parent / "beginning.toml"
FACILITY = re.compile(r"weather\.exception\.\d+\.facilities\.\d+")  # settings that name one
EVER = 9999  # a fiscal year after every change of the policy
Change = tuple[str, str, str]


def written() -> str:
    """The settings as the city wrote them; before that, what it may begin with."""
    own = Municipality.objects.first()
    return own.settings_toml if own else BEGINNING.read_text(encoding="utf-8")


def read(text: str) -> Mapping[str, Any]:
    """The settings of a text as values; what a city begins with lacks its name, which is no fault yet.

    Raises
    ------
    FolderError
        F-07 it cannot be read.
    """
    return tomllib.loads(text) if not Municipality.objects.exists() else folder.settings_of(text)


def mark(text: str) -> str:
    """Fingerprint of the settings, by which a page sees that somebody else was faster."""
    return hashlib.sha256(text.encode()).hexdigest()


def history() -> QuerySet[LogEntry]:
    """What the log says of the city as a whole, the newest first."""
    return LogEntry.objects.filter(kind=KIND).order_by("-at", "-id")


def shown(text: str) -> tuple[tuple[str, str], ...]:
    """Each setting in words, and its value."""
    return tuple((named(name), told(name, value)) for name, value in flat(folder.settings_of(text)).items())


def named(name: str) -> str:
    """A setting in words, with its name in the file.

    >>> named("milestone.2.fiscal_year"), named("policy.change.1.gwp"), named("x")
    ('目標の年度（milestone.2.fiscal_year）', '地球温暖化係数（policy.change.1.gwp）', 'x')
    """
    entry = next((found for way in _ways(name) if (found := texts.entries().get(f"city.key.{way}"))), None)
    return texts.bracketed(entry.says[texts.language()], name) if entry else name


def told(name: str, value: str) -> str:
    """A value in words, where it is one of a choice or a facility.

    >>> told("policy.gwp", "AR5"), told("policy.change.1.month_of", "days"), told("plan.office", "環境課")
    ('第5次評価報告書の値に固定', '日数で月と年度に分ける', '環境課')
    """
    if value and FACILITY.fullmatch(name):
        return texts.bracketed(facility_names().get(value, texts.none()), value)
    entry = next((found for way in _ways(name) if (found := texts.entries().get(f"city.choice.{way}.{value}"))), None)
    return entry.says[texts.language()] if entry else value


def _ways(name: str) -> tuple[str, ...]:
    """A name as the texts may know it: without the number of a row or of a part."""
    row = re.sub(r"\.\d+(?=\.|$)", ".*", name)
    return row, row.removesuffix(".*"), row.replace("change.*.", "")


def changes(before: str, after: str) -> tuple[Change, ...]:
    """What differs: the key as ``policy.gwp``, its value before and after (empty where there is none).

    Raises
    ------
    FolderError, PolicyError, PlanError, DocumentError
        What cannot be read in the text after, and where.
    """
    old, new = (flat(folder.settings_of(before)) if Municipality.objects.exists() else {}), flat(checked(after))
    names = dict.fromkeys((*old, *new))
    return tuple((name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name))


def checked(text: str) -> Mapping[str, Any]:
    """The settings as read, every part of them looked at.

    Raises
    ------
    FolderError, PolicyError, PlanError, DocumentError
        What cannot be read, and where.
    """
    settings = folder.settings_of(text)
    policy_at(settings, EVER)
    goals = milestones_of(settings, catalogue())
    setting_of(settings, goals[-1].fiscal_year if goals else EVER)
    return settings


def flat(settings: Any, name: str = "") -> dict[str, str]:
    """Each single setting under its whole name.

    >>> flat({"policy": {"gwp": "AR5", "change": [{"from_fy": 2025}]}})
    {'policy.gwp': 'AR5', 'policy.change.1.from_fy': '2025'}
    """
    if isinstance(settings, dict):
        parts = settings.items()
    elif isinstance(settings, list):
        parts = enumerate(settings, start=1)  # type: ignore[assignment]
    else:
        return {name: str(settings)}
    return {key: said for part, value in parts for key, said in flat(value, f"{name}.{part}".lstrip(".")).items()}


@transaction.atomic
def settings_write(*, text: str, seen: str, reason: str, actor: User) -> Municipality:
    """Keep the settings as they were shown; before there is a city, this begins it.

    Parameters
    ----------
    seen : str
        The `mark` of the settings that the writer had before them.

    Raises
    ------
    ConflictError
        WR-14 somebody else has changed them since.
    WebError
        W-27 without a reason; others as `changes`.
    """
    policy.require(actor, "register")
    own = Municipality.objects.select_for_update().first()
    before = written()
    if mark(before) != seen:
        raise ConflictError("WR-14")
    if not reason.strip():
        raise WebError("W-27", step="")
    told = changes(before, text)
    kept, _ = Municipality.objects.update_or_create(defaults={"settings_toml": text})
    registers_changed()
    log(
        actor=actor, verb="set" if own else "found", kind=KIND, key=str(kept), reason=reason,
        before={name: old for name, old, _ in told}, after={name: new for name, _, new in told},
    )  # fmt: skip
    return kept
