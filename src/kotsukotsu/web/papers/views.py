"""Pages of documents: the sections, one section, a version's documents with comments, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kotsukotsu import texts
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.selectors import history
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import sent
from kotsukotsu.web.papers import comments, forms, making, prose, selectors
from kotsukotsu.web.papers.models import Comment, Paper
from kotsukotsu.web.papers.parts import Part, every
from kotsukotsu.web.papers.preview import section, usable
from kotsukotsu.web.publications.models import Publication
from kotsukotsu.web.publications.selectors import title


@require_GET
@requires("overview")
def sections(request: HttpRequest) -> HttpResponse:
    """Every section, and whether the city wrote its own."""
    return render(request, "papers/sections.html", {"documents": selectors.by_document(), "crumbs": _crumbs()})


@require_http_methods(["GET", "POST"])
@requires("prepare_publication")
def one_section(request: HttpRequest, part: str) -> HttpResponse:
    """A section: the text that comes with the program, the city's own, the two as printed, and who wrote what."""
    known = every().get(part)
    if known is None:
        raise Http404
    form = forms.Prose(request.POST) if request.method == "POST" else forms.Prose(initial=_initial(part))
    if request.method == "GET":
        return render(request, "papers/section.html", _shown(known, form))
    if not form.is_valid():
        return render(request, "papers/section.html", _shown(known, form), status=422)
    try:
        if "preview" in request.POST:
            return render(request, "papers/section.html", {**_shown(known, form), **_seen(part, form)})
        prose.prose_write(part=part, actor=request.user, **form.cleaned_data)
    except DocumentError as error:  # on the page itself, so that what was typed stays
        return render(request, "papers/section.html", {**_shown(known, form), "error": error}, status=422)
    messages.success(request, texts.label("papers.prose.saved"))
    return redirect("paper_section", part=part)


def _seen(part: str, form: forms.Prose) -> dict[str, Any]:
    """The section as printed, and what its text may name."""
    own = prose.replaced(prose.own_texts(), part, form.cleaned_data["text"], form.cleaned_data["added"])
    # the renderer has escaped every text in it
    return {"preview": mark_safe(section(part, own)), "names": usable(part)}  # noqa: S308


def _initial(part: str) -> dict[str, str]:
    own = prose.own_texts()
    text, added = (own.get(name, "") for name in prose.files(part))
    return {"text": text, "added": added, "seen": prose.mark(own, part)}


def _shown(part: Part, form: forms.Prose) -> dict[str, Any]:
    entries = [entry for name in prose.files(part.name) for entry in history(prose.KIND, name)[:20]]
    return {
        "part": part, "form": form, "crumbs": _crumbs(part.title or part.name),
        "history": sorted(entries, key=lambda entry: entry.at, reverse=True),
    }  # fmt: skip


def _crumbs(last: str = "") -> list[dict[str, str]]:
    first = {"name": texts.label("publication.title"), "address": reverse("publications")}
    found = [first, {"name": texts.label("papers.sections"), "address": reverse("paper_sections") if last else ""}]
    return [*found, {"name": last, "address": ""}] if last else found


@require_GET
@requires("overview")
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """A version's documents: how far they are, the drafts, the comments."""
    one = get_object_or_404(Publication, pk=pk)
    return render(request, "papers/papers.html", _papers(request, one, forms.Comment()))


def _papers(request: HttpRequest, one: Publication, form: forms.Comment) -> dict[str, Any]:
    may_comment = policy.may(request.user, comments.RIGHT) and not one.is_published
    return {
        "publication": one, "named": title(one), "form": form if may_comment else None, "may_comment": may_comment,
        "may_make": policy.may(request.user, "prepare_publication") and one.state in ("draft", "returned"),
        "progress": selectors.progress(one), "comments": selectors.comments_by_part(one),
        "open": selectors.open_comments(one),
        "drafts": selectors.drafts(one),
        "crumbs": [{"name": texts.label("publication.title"), "address": reverse("publications")},
                   {"name": title(one), "address": reverse("publication", args=[one.pk])},
                   {"name": texts.label("papers.title"), "address": ""}],
    }  # fmt: skip


@require_GET
@requires("overview")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the documents are, as a part of the page."""
    one = get_object_or_404(Publication, pk=pk)
    return render(request, "papers/progress.html", {"progress": selectors.progress(one)})


@require_POST
@requires("prepare_publication")
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to make the documents."""
    making.papers_make(publication=get_object_or_404(Publication, pk=pk), actor=request.user)
    return redirect("papers", pk=pk)


@require_GET
@requires("overview")
def draft(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A draft; the final files come with the publication."""
    kept = get_object_or_404(Paper, publication_id=pk, name=name, is_final=False)
    return sent(bytes(kept.content), kept.name)


@require_POST
@requires(comments.RIGHT)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a comment."""
    one, form = get_object_or_404(Publication, pk=pk), forms.Comment(request.POST)
    if not form.is_valid():
        return render(request, "papers/papers.html", _papers(request, one, form), status=422)
    comments.comment_add(publication=one, actor=request.user, **form.cleaned_data)
    messages.success(request, texts.label("papers.comment.sent"))
    return redirect("papers", pk=pk)


@require_POST
@requires(comments.RIGHT)
def resolve(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Settle a comment, or open it again."""
    one = get_object_or_404(Publication, pk=pk)
    kept = get_object_or_404(Comment, pk=comment_pk, fiscal_year=one.fiscal_year, number=one.number)
    resolved = request.POST.get("resolved") == "yes"
    comments.comment_resolve(publication=one, comment=kept, resolved=resolved, actor=request.user)
    return redirect("papers", pk=pk)
