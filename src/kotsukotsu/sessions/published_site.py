"""The whole public site of a publication, both languages, as paths and bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.documents import workbook
from kotsukotsu.documents.charts import charts
from kotsukotsu.documents.data_files import downloads
from kotsukotsu.documents.facilities.model import Sheets
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.proof import bundle
from kotsukotsu.documents.site import build
from kotsukotsu.documents.site.model import Download, Site
from kotsukotsu.documents.site.places import file_names
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.yearly import factors, goals, measures, told
from kotsukotsu.sessions.publication import Publication

FOLDER = "downloads"
PROOF = "proof"
MAIN = "ja"
PARTS = 4
KINDS = {
    "emissions.xlsx": "xlsx", "emissions.csv": "csv", "emissions-codes.csv": "codes",
    "emissions-metadata.csv": "metadata", "emissions.json": "json", "tables.xlsx": "workbook",
    "proof.zip": "proof", f"{PROOF}/{bundle.SCRIPT}": "proof_script",
}  # fmt: skip
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the site offers: name of its file, key of its name (``plan``, ``report`` …) and content."""

    name: str
    kind: str
    content: bytes


def site_files(
    whole: Publication, documents: Sequence[Document], mark: str, step: Callable[[], None] = lambda: None
) -> Files:
    """Every file of the site by its path below the root.

    Parameters
    ----------
    mark : str
        Stands on every page until the publication is approved; empty afterwards.
    step : callable
        Called when one of `PARTS` parts is done.
    """
    with texts.speaking(MAIN):
        found = whole.overview()
        proof = bundle.proof(found, whole.results, whole.traces, whole.names)
        offered = _offered(whole, found, proof)
    step()
    files: Files = {f"{FOLDER}/{name}": data for name, data in offered.items()}
    files |= {f"{FOLDER}/{one.name}": one.content for one in documents}
    listed = [*((name, KINDS[name]) for name in offered if name in KINDS),
              *((one.name, one.kind) for one in documents)]  # fmt: skip
    offers = tuple(Download(f"{FOLDER}/{name}", kind, len(files[f"{FOLDER}/{name}"])) for name, kind in listed)
    pages: Files = {}
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            pages |= build.build(_site(whole, offers, bundle.fingerprint(proof), mark))
        step()
    files |= pages | build.style(pages.values())
    step()
    return files


def _offered(whole: Publication, found: Overview, proof: bundle.Files) -> Files:
    """Open data, tables to print and the proof, as files and as one archive."""
    return {
        **downloads(found, whole.results, whole.names),
        "tables.xlsx": workbook.overview_workbook(found, whole.results, whole.names),
        "proof.zip": bundle.zipped(proof, PROOF),
        **{f"{PROOF}/{name}": data for name, data in proof.items()},
    }


def _site(whole: Publication, offers: tuple[Download, ...], fingerprint: str, mark: str) -> Site:
    found, result = whole.overview(), whole.results[whole.fy]
    base, last = whole.since_base(), whole.since_last()
    why = [one.text for view in (last, base) if view for one in view.report.sentences]
    sheets = whole.sheets(found, base, last)
    return Site(
        found=found, drawn=charts(found), goals=goals.goals(found, result), sheets=sheets,
        files=file_names(sheet.code for sheet in sheets.sheets), why=tuple(dict.fromkeys(why)),
        tables=tables_of(whole, found, sheets), downloads=offers, fingerprint=fingerprint,
        licence=str(whole.session.city.settings.get("publication", {}).get("licence", "")), mark=mark,
    )  # fmt: skip


def tables_of(whole: Publication, found: Overview, sheets: Sheets) -> dict[str, Table]:
    """Tables that site and report share, in the language spoken now."""
    city, fy, result = whole.session.city, whole.fy, whole.results[whole.fy]
    names = {sheet.code: sheet.name for sheet in sheets.sheets}
    return {
        "kinds": measures.kinds_table(city, fy, whole.saved, found.rounding),
        "each": measures.each_table(city, fy, lambda code: names.get(code, code)),
        "kpis": measures.kpi_table(whole.kpis, fy),
        "factors": factors.factors(found, result, whole.names),
        "opinions": told.opinions(city, fy),
        "errata": told.errata(city),
        "statements": told.statements(result),
    }
