"""What is asked of publications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotsukotsu import texts
from kotsukotsu.documents.published import Change, changes
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.sessions.published_site import KINDS
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.publications.freezing import LANGUAGE, now, read, then
from kotsukotsu.web.publications.models import DRAFT, PUBLISHED, RETURNED, SUBMITTED, Publication, PublishedFile


def last_published(fiscal_year: int) -> Publication | None:
    """The version of a year that is in force."""
    return Publication.objects.filter(fiscal_year=fiscal_year, state=PUBLISHED).order_by("-number").first()


def before(publication: Publication) -> Publication | None:
    """The version that this one corrects."""
    earlier = Publication.objects.filter(fiscal_year=publication.fiscal_year, number__lt=publication.number)
    return earlier.filter(state=PUBLISHED).order_by("-number").first()


def after(publication: Publication) -> Publication | None:
    """The version in force that corrects this one."""
    last = last_published(publication.fiscal_year)
    return last if last and publication.is_published and last.number > publication.number else None


def corrections(publication: Publication) -> tuple[Change, ...]:
    """What reads otherwise than in the version before (正誤表); nothing for a first publication."""
    earlier = before(publication)
    return changes(read(earlier.figures.all()), read(publication.figures.all())) if earlier else ()


def errata(publication: Publication, corrected_on: date) -> list[Row]:
    """The same as rows of the city's register of errata: the document is the version in which the wrong stands."""
    earlier = before(publication)
    with texts.speaking(LANGUAGE):
        document = title(earlier) if earlier else ""
    return [
        {"corrected_on": corrected_on, "fiscal_year": publication.fiscal_year, "document": document,
         "place": one.meaning, "wrong": _printed(one.before, one.unit), "right": _printed(one.after, one.unit),
         "reason": publication.reason}
        for one in corrections(publication)
    ]  # fmt: skip


def _printed(text: str, unit: str) -> str:
    return text if text == texts.none() else f"{text} {unit}".strip()


@dataclass(frozen=True, slots=True)
class Today:
    """What the city's data say of a version today.

    Attributes
    ----------
    changed : tuple of Change
        What they give otherwise than was frozen; a closed year itself stays as it is.
    hindrances : tuple of Finding
        Open findings that forbid to publish the year.
    """

    changed: tuple[Change, ...]
    hindrances: tuple[Finding, ...]


def today(pk: int) -> Today:
    """What the city's data say of a version today."""
    publication = Publication.objects.get(pk=pk)
    found = now(publication.fiscal_year, publication.made_on)
    return Today(changes(read(publication.figures.all()), found.numbers), found.hindrances)


def again(pk: int, _: int = 0) -> tuple[Change, ...]:
    """What computing it again, from the ledger as it stood then, gives otherwise; nothing where all is well.

    The second number is for `dated`: with another one it is computed once more.
    """
    publication = Publication.objects.get(pk=pk)
    computed = then(publication.fiscal_year, publication.made_on, publication.moment)
    return changes(read(publication.figures.all()), computed)


def acts(publication: Publication, user: User) -> frozenset[str]:
    """What a person may do with a version now."""
    found = set()
    if policy.may(user, "prepare_publication") and publication.state in (DRAFT, RETURNED):
        found.add("submit")
    if policy.may(user, "publish") and publication.state == SUBMITTED:
        found.add("return")
        if user.pk not in (publication.prepared_by_id, publication.submitted_by_id):
            found.add("publish")
    if not publication.is_published:
        found.add("remark")
    return frozenset(found)


def files(publication: Publication) -> list[tuple[str, PublishedFile]]:
    """The files of a version, each with what it is; its name where there is no word for it."""
    words = {"municipality.toml": "publication.file.settings"} | {
        name: f"site.file.{kind}" for name, kind in KINDS.items()
    }
    found = publication.files.defer("content")
    return [(texts.label(words[one.name]) if one.name in words else one.name, one) for one in found]


def title(publication: Publication) -> str:
    """Name of a version for people."""
    year = FiscalYear(publication.fiscal_year).label()
    return texts.label("publication.name", year=year, number=publication.number)
