"""Make the parts of the documentation that are made: sections from tables, and what the shown commands print.

    python tools/docs/pages.py                    make all pages anew
    python tools/docs/pages.py docs/index.md      only these
    python tools/docs/pages.py --check            change nothing; name the pages out of date, exit status 1

Pages of findings have their own program, ``findings_pages.py``; their examples are run here, so make these first.
"""

from __future__ import annotations

import difflib
import sys
import tempfile
from pathlib import Path

import markdown
import sections
from transcripts import ROOT, TranscriptError, Transcripts

FINDINGS = ROOT / "docs" / "reference" / "findings"
EXAMPLES = Path(__file__).parent / "examples"


def all_pages() -> list[Path]:
    """Every page but those of findings, whose examples are pages too."""
    pages = sorted((ROOT / "docs").rglob("*.md"))
    own = [*sorted(ROOT.glob("*.md")), *(page for page in pages if FINDINGS not in page.parents)]
    return [*own, *sorted(EXAMPLES.glob("*.md"))]


def made(pages: list[Path]) -> tuple[dict[Path, tuple[str, str]], list[str]]:
    """Each page as it is and as it should be; and what went wrong with those that cannot be made."""
    found, failed = {}, []
    with tempfile.TemporaryDirectory() as folder:
        transcripts = Transcripts(Path(folder))
        for page in pages:
            try:
                shown = transcripts.page(page)
            except TranscriptError as error:
                failed.append(str(error))
                continue
            found[page] = page.read_text(encoding="utf-8"), markdown.with_sections(shown, sections.MAKERS)
    return found, failed


def main(arguments: list[str]) -> int:
    """Write or check; the exit status."""
    named = [Path(name).resolve() for name in arguments if name != "--check"]
    found, failed = made(named or all_pages())
    old = {page: texts for page, texts in found.items() if texts[0] != texts[1]}
    for page, (before, after) in old.items():
        print(page.relative_to(ROOT))
        if "--check" in arguments:
            print("\n".join(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)))
        else:
            page.write_text(after, encoding="utf-8")
    for problem in failed:
        print(problem)
    print(f"{len(found)} pages, {len(old)} changed, {len(failed)} failed", file=sys.stderr)
    return 1 if failed or (old and "--check" in arguments) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
