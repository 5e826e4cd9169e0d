"""What is asked of sections, makings and comments."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from kotsukotsu import texts
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.common import alone
from kotsukotsu.web.papers import prose
from kotsukotsu.web.papers.comments import comments_of
from kotsukotsu.web.papers.making import basis, is_alive
from kotsukotsu.web.papers.models import DONE, FAILED, Comment, Making, Paper
from kotsukotsu.web.papers.parts import DOCUMENTS, Part, every
from kotsukotsu.web.publications.models import Publication

ORDER = ("plan", "summary", "report", "facility-sheets", "answers", "question", "draft", "site")
FORMS = {"pdf": "PDF", "docx": "Word", "html": "HTML", "xlsx": "Excel", "zip": "ZIP"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the documents of a version are.

    Attributes
    ----------
    state : str
        ``running``, ``interrupted``, ``done``, ``failed``, ``outdated`` or ``none``.
    percent : int
        Of the steps.
    """

    state: str
    percent: int = 0
    making: Making | None = None


def progress(publication: Publication) -> Progress:
    """How far the documents of a version are."""
    making = Making.objects.select_related("started_by").filter(publication=publication).first()
    if making is None:
        return Progress("none")
    return Progress(_state(making, publication), alone.percent(making.done, making.steps), making)


def _state(making: Making, publication: Publication) -> str:
    if making.state == FAILED:
        return "failed"
    if making.state != DONE:
        return "running" if is_alive(making) else "interrupted"
    is_open = publication.state in ("draft", "returned")
    return "outdated" if is_open and making.basis != basis() else "done"


def drafts(publication: Publication) -> list[tuple[str, list[tuple[str, Paper]]]]:
    """Each document with the forms in which it can be read, in the order in which a reader takes them."""
    found = Paper.objects.filter(publication=publication, is_final=False).defer("content")
    forms: dict[str, list[tuple[str, Paper]]] = {name: [] for name in ORDER}
    for paper in sorted(found, key=lambda one: list(FORMS).index(_split(one.name)[1])):
        name, form = _split(paper.name)
        forms[name].append((FORMS[form], paper))
    return [(texts.label(f"draft.file.{each[0][1].name}"), each) for each in forms.values() if each]


def _split(name: str) -> tuple[str, str]:
    document, _, form = name.partition(".")
    return document, form


def by_document() -> list[tuple[str, list[tuple[Part, bool, bool, object]]]]:
    """Each document with its sections: whether the city replaced or extended one, and when it was last changed."""
    own = prose.own_texts()
    logged = LogEntry.objects.filter(kind=prose.KIND).values_list("key").annotate(last=Max("at"))
    last = dict(logged.values_list("key", "last"))
    found: dict[str, list[tuple[Part, bool, bool, object]]] = {name: [] for name in DOCUMENTS}
    for part in every().values():
        text, added = prose.files(part.name)
        changed = max((last[name] for name in (text, added) if name in last), default=None)
        found[part.document].append((part, text in own, added in own, changed))
    return [(texts.label(f"papers.document.{name}"), lines) for name, lines in found.items()]


def comments_by_part(publication: Publication) -> list[tuple[str, list[Comment]]]:
    """Comments under document and section; open ones first."""
    found: dict[str, list[Comment]] = {}
    for one in comments_of(publication):
        found.setdefault(one.part, []).append(one)
    order = list(every())
    places = sorted(found, key=lambda name: order.index(name) if name in order else len(order))
    return [(place(name), sorted(found[name], key=lambda one: one.resolved_at is not None)) for name in places]


def place(name: str) -> str:
    """A section with its document, for people."""
    part = every().get(name)
    if part is None:
        return name
    return f"{texts.label(f'papers.document.{part.document}')}{texts.gap()}{part.title or part.name}"


def open_comments(publication: Publication) -> int:
    """How many comments are not settled."""
    return comments_of(publication).filter(resolved_at=None).count()
