"""The document with which somebody hands their post over, in one click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kotsukotsu import texts
from kotsukotsu.periods import day_name
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common import word
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import sent
from kotsukotsu.web.municipalities.selectors import municipality
from kotsukotsu.web.seeing.handover import sections


@require_GET
@requires()
def handover(request: HttpRequest) -> HttpResponse:
    """What the reader hands over, as Word; in the language of the installation, as letters are."""
    today = timezone.localdate()
    with texts.speaking(texts.INSTALLED):
        name = texts.label("handover.file", name=request.user.name, day=today.strftime("%Y%m%d"))
        return sent(_word(request.user), name, word.KIND)


def _word(user: User) -> bytes:
    document, day = word.begun(), timezone.localdate()
    word.line(document, day_name(day), word.RIGHT)
    document.add_heading(texts.label("handover.title"), 1)
    word.line(document, texts.label("handover.of", city=str(municipality() or ""), name=user.name))
    for section in sections(user):
        document.add_heading(texts.label(f"handover.{section.name}"), 2)
        headings = [texts.label(f"handover.{section.name}.{column}") for column in section.columns]
        word.table(document, headings, section.rows, section.widths)
    word.line(document, texts.label("web.letter.end"), word.RIGHT)
    return word.written(document)
