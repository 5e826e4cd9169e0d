"""Everything that a city publishes of a year, as paths and bytes: made first, written as one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.answers.workbook import workbook as answers_workbook
from kotsukotsu.documents.facilities.pdf import pdf
from kotsukotsu.documents.facilities.workbook import workbook as sheets_workbook
from kotsukotsu.documents.plan import document as plan
from kotsukotsu.documents.printing import Figure, decimals
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.forms import Form
from kotsukotsu.documents.render.model import Document as Paper
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.documents.report.document import drafting_document, question_document, report_document
from kotsukotsu.documents.report.registry import registry_of
from kotsukotsu.documents.report.source import Source
from kotsukotsu.documents.report.workbook import workbook as report_workbook
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.findings import Finding
from kotsukotsu.sessions import plan_paper
from kotsukotsu.sessions.answers_paper import answers_of
from kotsukotsu.sessions.publication import Publication
from kotsukotsu.sessions.published_site import PARTS, Document, site_files
from kotsukotsu.sessions.report_paper import source_of

DOCUMENTS, SITE = "documents", "site"
STEPS = 6 + PARTS
OFFERED = {"plan.pdf": "plan", "summary.pdf": "summary", "report.pdf": "report", "report.docx": "report",
           "plan.docx": "plan", "facility-sheets.pdf": "sheets"}  # fmt: skip
SOME: tuple[Form, ...] = ("docx", "pdf")
THOUSAND = 1000
Files = dict[str, bytes]
Step = Callable[[], None]


def published(
    whole: Publication, own: Mapping[str, str], mark: str, step: Step, forms: tuple[Form, ...] = SOME
) -> tuple[Files, tuple[Finding, ...]]:
    """The plan, its summary, the report, the sheets, answers for other eyes, the site and the draft of the decision.

    Parameters
    ----------
    own : mapping
        The city's own texts by the name of their file.
    mark : str
        On every page, until the publication is approved; empty afterwards.
    step : callable
        Called `STEPS` times.
    forms : tuple of str
        Forms of the documents that people read.
    """
    source = source_of(whole)
    registry = registry_of(source)
    files, findings = _plan(whole, own, mark, forms)
    step()
    made = report_document(source, registry, own, mark)
    files |= _written("report", made.document, forms) | {"report.xlsx": report_workbook(source, registry, mark)}
    findings += made.findings
    step()
    files["facility-sheets.pdf"] = pdf(source.sheets, mark)
    step()
    files["facility-sheets.xlsx"] = sheets_workbook(source.sheets, whole.made, mark)
    step()
    files |= _answers(whole, source, registry, own, mark)
    step()
    offered = [Document(name, kind, files[name]) for name, kind in OFFERED.items() if name in files]
    site = site_files(whole, offered, mark, step)
    found = {f"{DOCUMENTS}/{name}": data for name, data in files.items()} | {f"{SITE}/{p}": d for p, d in site.items()}
    found |= _draft(source, registry, own, mark, found)
    step()
    return found, tuple(findings)


def _plan(
    whole: Publication, own: Mapping[str, str], mark: str, forms: tuple[Form, ...]
) -> tuple[Files, list[Finding]]:
    source = plan_paper.source_of(whole.session, whole.fy, whole.made)
    registry = plan.registry_of(source)
    made = plan.plan_document(source, registry, own)
    short = plan.summary_document(source, registry, own)
    files = _written("plan", replace(made.document, mark=mark), forms)
    files |= _written("summary", replace(short.document, mark=mark), forms)
    return files, list(made.findings)


def _written(name: str, document: Paper, forms: tuple[Form, ...] = SOME) -> Files:
    return {f"{name}.{form}": data for form, data in render(document, forms).files.items()}


def _answers(whole: Publication, source: Source, registry: Registry, own: Mapping[str, str], mark: str) -> Files:
    question = question_document(source, registry, own, mark)
    book = answers_workbook(source.found, answers_of(whole, source), mark)
    return {"answers.xlsx": book} | _written("question", question.document)


def _draft(source: Source, registry: Registry, own: Mapping[str, str], mark: str, files: Files) -> Files:
    """The draft of the decision with its enclosures, each with its fingerprint."""
    registry.tables["enclosures"] = enclosures(files)
    made = drafting_document(source, registry, own, mark)
    return {f"{DOCUMENTS}/{name}": data for name, data in _written("draft", made.document).items()}


def enclosures(files: Mapping[str, bytes]) -> Table:
    """The documents to be decided on, and the site as one, each with size and SHA-256."""
    rows: list[Row] = [_enclosure(name, data) for name, data in sorted(files.items()) if name.startswith(DOCUMENTS)]
    site = {name: data for name, data in files.items() if name.startswith(SITE)}
    listed = "".join(f"{hashlib.sha256(data).hexdigest()} {name}\n" for name, data in sorted(site.items()))
    name = texts.label("draft.site", count=len(site))
    rows.append((name, _size(sum(map(len, site.values()))), _mark(listed.encode())))
    heads = tuple(texts.label(f"draft.head.{name}") for name in ("file", "size", "mark"))
    return Table(texts.label("draft.enclosures"), "", heads, tuple(rows), (), texts.label("draft.note"))


def _enclosure(name: str, data: bytes) -> Row:
    file = name.removeprefix(f"{DOCUMENTS}/")
    return f"{texts.label(f'draft.file.{file}')}\n{name}", _size(len(data)), _mark(data)


def _mark(data: bytes) -> str:
    """SHA-256 in two lines, which is as much as the paper holds."""
    mark = hashlib.sha256(data).hexdigest()
    return f"{mark[:32]}\n{mark[32:]}"


def _size(count: int) -> Figure:
    return decimals(Decimal(max(count // THOUSAND, 1)), 0, "KB")
