"""How it was computed, and everything that can be taken away."""

from __future__ import annotations

from kotsukotsu import texts
from kotsukotsu.documents import sentences, tables
from kotsukotsu.documents.html import element, section, table, text
from kotsukotsu.documents.site.model import Download, Site
from kotsukotsu.documents.site.pages import Page
from kotsukotsu.documents.site.shell import address, page, to

KILOBYTE = 1000
GROUPS = (
    ("documents", ("plan", "report", "summary", "sheets")),
    ("data", ("xlsx", "csv", "codes", "metadata", "json", "workbook")),
    ("proof", ("proof", "proof_script")),
)


def method(site: Site) -> Page:
    """Policy, status of the factors, and the total led back to its factors."""
    found = site.found
    told = (*found.policy, (texts.label("doc.policy.label.catalogue"), found.catalogue))
    policy = element("dl", "".join(text("dt", label) + text("dd", value) for label, value in told))
    main = text("p", texts.label("site.method"))
    main += section(texts.label("site.policy"), "policy", policy)
    main += section(texts.label("site.trace"), "trace", table(site.tables["factors"]))
    status = text("p", sentences.unconfirmed(found)) + table(tables.statuses(found))
    main += section(texts.label("site.statuses"), "statuses", status)
    link = text("a", texts.label("site.to_proof"), href=_to("data") + "#proof")
    main += section(texts.label("site.check"), "check", text("p", texts.label("site.proof")) + element("p", link))
    return page(site, "method", texts.label("site.page.method"), main)


def data(site: Site) -> Page:
    """Documents, open data, the proof."""
    terms = texts.label("site.licence", licence=site.licence) if site.licence else ""
    main = text("p", terms or texts.label("site.no_licence", city=site.found.city))
    for name, kinds in GROUPS:
        files = [one for kind in kinds for one in site.downloads if one.kind == kind]
        if files:
            inner = _intro(name, site) + element("ul", "".join(map(_download, files)), class_="downloads")
            main += section(texts.label(f"site.files.{name}"), name, inner)
    return page(site, "data", texts.label("site.page.data"), main)


def _intro(name: str, site: Site) -> str:
    if name == "proof":
        mark = text("p", texts.label("site.fingerprint", mark=site.fingerprint), class_="note mark")
        return text("p", texts.label("site.proof")) + mark
    return text("p", texts.label("site.files.how")) if name == "data" else ""


def _download(one: Download) -> str:
    kind = one.path.rpartition(".")[2].upper()
    size = max(one.size // KILOBYTE, 1)
    words = texts.label("site.file", name=texts.label(f"site.file.{one.kind}"), kind=kind, size=f"{size:,}")
    here = address("data", texts.language())
    return element("li", text("a", words, href=to(here, one.path)))


def _to(name: str) -> str:
    return to(address("method", texts.language()), address(name, texts.language()))
