"""The city's own texts in its database: the file ``texts/plan-basics.md`` of its folder, kept and exported as such."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

from kotsukotsu.documents.prose import ADDED, SUFFIX
from kotsukotsu.errors import FactorError
from kotsukotsu.planning.targets import PlanError
from kotsukotsu.sessions.papers import TEXTS
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.models import CityFile, Municipality
from kotsukotsu.web.papers import preview

KIND = "prose"
LONGEST = 100_000  # characters of a section
Own = dict[str, str]


def own_texts() -> Own:
    """The city's texts by the name of their file."""
    files = CityFile.objects.filter(path__startswith=f"{TEXTS}/", path__endswith=SUFFIX)
    return {file.path.removeprefix(f"{TEXTS}/"): bytes(file.content).decode("utf-8-sig", "replace") for file in files}


def mark(own: Own, part: str) -> str:
    """Fingerprint of a section's texts, by which a page sees that somebody else was faster."""
    return hashlib.sha256(json.dumps([own.get(name, "") for name in files(part)]).encode()).hexdigest()


def files(part: str) -> tuple[str, str]:
    """Names of the files that replace a section and that follow it."""
    return f"{part}{SUFFIX}", f"{part}{ADDED}{SUFFIX}"


@transaction.atomic
def prose_write(*, part: str, text: str, added: str, seen: str, actor: User) -> None:
    """Keep what the city writes in place of a section and after it; an empty text brings the default back.

    Parameters
    ----------
    seen : str
        The `mark` of the texts that the writer had before them.

    Raises
    ------
    ConflictError
        WD-03 somebody else has written since.
    WebError
        WD-04 a text is too long.
    DocumentError
        If a name or condition in the text cannot be read; it says in which line.
    """
    policy.require(actor, "prepare_publication")
    Municipality.objects.select_for_update().get()
    own = own_texts()
    if mark(own, part) != seen:
        raise ConflictError("WD-03")
    given = {name: said.strip() for name, said in zip(files(part), (text, added), strict=True)}
    if max(map(len, given.values())) > LONGEST:
        raise WebError("WD-04", longest=LONGEST)
    _readable(part, replaced(own, part, text, added))
    for name, said in given.items():
        if said != own.get(name, "").strip():
            _keep(name, said, own.get(name, ""), actor)


def replaced(own: Own, part: str, text: str, added: str) -> Own:
    """The city's texts with those of one section changed."""
    changed = dict(zip(files(part), (text.strip(), added.strip()), strict=True))
    return {name: said for name, said in {**own, **changed}.items() if said}


def _readable(part: str, own: Own) -> None:
    """Refuse a text that no document could be made of; where figures are missing, that shows at the making."""
    try:
        preview.section(part, own)
    except (FactorError, PlanError):
        return


def _keep(name: str, said: str, before: str, actor: User) -> None:
    path = f"{TEXTS}/{name}"
    if said:
        CityFile.objects.update_or_create(path=path, defaults={"content": f"{said}\n".encode()})
    else:
        CityFile.objects.filter(path=path).delete()
    log(actor=actor, verb="prose", kind=KIND, key=name, before={"text": before}, after={"text": said})
