"""The files of the proof, as they lie beside the publication."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.trace import Trace
from kotsukotsu.documents.data import FORMULA_SIGNS, harmless
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.documents.printing import Printer
from kotsukotsu.documents.proof.rows import FACTOR, KINDS, ROW, Factors, rows, thirds_by
from kotsukotsu.errors import PublicationError
from kotsukotsu.rounding import plain

SCRIPT = "check_totals.py"
MANIFEST = "manifest.csv"
TOTAL = ("fiscal_year", "kind", "key", "tonnes_times_3", "printed", "unit", "digits", "method", "sum")
WORDS = ("altered", "differs", "total", "agrees")
DAY = (1980, 1, 1, 0, 0, 0)  # of every file in the archive, so that the same figures make the same file
Files = Mapping[str, bytes]
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def proof(found: Overview, results: Mapping[int, Inventory], traces: Mapping[int, Trace], names: Names) -> Files:
    """Every file of the proof by its name.

    Parameters
    ----------
    results : mapping
        Fiscal year to its inventory, whose totals are published.
    traces : mapping
        Fiscal year to the rows behind the total.

    Raises
    ------
    PublicationError
        PB-01 if the rows of a year do not add up to its total.
    """
    factors = Factors(next(iter(results.values())).law)
    files: dict[str, bytes] = {}
    for fy, result in sorted(results.items()):
        if traces[fy].total != result.total:
            raise PublicationError("PB-01", fiscal_year=fy, rows=plain(traces[fy].total), total=plain(result.total))
        made = rows(fy, traces[fy].lines, result.law, result.policy, factors)
        files[f"rows-{fy}.csv"] = table(ROW, made)
    files["factors.csv"] = table(FACTOR, factors.rows())
    files["totals.csv"] = table(TOTAL, _totals(results))
    files["names.csv"] = table(("kind", "code", "name"), _names(results, names))
    files["words.csv"] = table(("word", "text"), ((word, _word(word)) for word in WORDS))
    files["README.txt"] = _readme(found).encode("utf-8-sig")
    files[SCRIPT] = (Path(__file__).parent / SCRIPT).read_bytes()
    marks = ((name, hashlib.sha256(data).hexdigest()) for name, data in sorted(files.items()))
    return {**files, MANIFEST: table(("file", "sha256"), marks)}


def fingerprint(files: Files) -> str:
    """SHA-256 of the manifest, which names those of all other files."""
    return hashlib.sha256(files[MANIFEST]).hexdigest()


def zipped(files: Files, folder: str) -> bytes:
    """The files as one archive, the same bytes for the same files."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(ZipInfo(f"{folder}/{name}", DAY), data, ZIP_DEFLATED)
    return out.getvalue()


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """CSV with a byte order mark, in which no cell is a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_safe(cell) if cell[:1] in FORMULA_SIGNS else cell for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """A negative number stays one."""
    return cell if _NUMBER.fullmatch(cell) else harmless(cell)


def _totals(results: Mapping[int, Inventory]) -> Iterator[tuple[str, ...]]:
    for fy, result in sorted(results.items()):
        rounding = result.policy.rounding
        printer = Printer(rounding)
        parts = [row.tonnes_co2e for row in result.rows(("item",))]
        for kind in KINDS:
            for key, thirds in sorted(thirds_by(result.lines, kind).items()):
                tonnes = exact.whole(thirds)
                figure = printer.total(tonnes, parts) if kind == "total" else printer.emission(tonnes)
                yield (
                    str(fy), kind, key, plain(thirds), plain(figure.printed or exact.total(())), printer.unit,
                    str(rounding.digits), rounding.method, rounding.sum,
                )  # fmt: skip


def _names(results: Mapping[int, Inventory], names: Names) -> Iterator[tuple[str, str, str]]:
    for kind in ("facility", "item", "sector"):
        codes = {key for result in results.values() for key in thirds_by(result.lines, kind)}
        yield from ((kind, code, names[kind](code)) for code in sorted(codes))


def _word(word: str) -> str:
    """A sentence of the script, with its places still to be filled."""
    return texts.entries()[f"proof.{word}"].says[texts.language()]


def _readme(found: Overview) -> str:
    lines = (f"proof.readme.{part}" for part in ("what", "run", "formula", "files", "share", "mark"))
    first = texts.label("doc.title", city=found.city, year=found.year.label)
    invented = [texts.label("doc.invented")] if found.invented else []
    return "\r\n".join([first, *invented, "", *(texts.label(line, script=SCRIPT) for line in lines), ""])
