"""A small document with everything in it, and names and texts that would like to be more than texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.documents.printing import Printer
from kotsukotsu.documents.registry import Behind, Note, Number, Picture, Registry
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.documents.render.template import blocks
from kotsukotsu.documents.table import Table
from kotsukotsu.rounding import Rounding

HOSTILE = (
    "<script>alert(1)</script>",
    '"#panic("x")',
    '#import "a.typ": *',
    "\\input{/etc/passwd}",
    "$x^2$ `raw` _a_ [b](javascript:c) ![d](e)",
    '=HYPERLINK("x")',
    "]]><w:p/>&amp;",
    "| a | b |",
    "{=openxml}",
)
PRINTER = Printer(Rounding())
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120"><rect width="300" height="90" fill="#0072B2"/>'
    '<text x="10" y="60" font-family="x" font-size="14">図の中の字</text></svg>'
)
TEXT = """# 基本的事項

## 目的

{{ name }}の総排出量は **{{ total }}** t です{{ note gwp }}。
{{ ref curve }}と{{ ref items }}を見てください。

### 細目

- 一つ目
- **二つ目**

1. 順に

> 備考の文です。

{{ chart curve }}

::: 枠の題
枠の中の文です{{ note gwp }}。
:::

{{ table items }}

{{ if gone }}
消えた値は {{ gone }} です。
{{ else }}
値のない条件です。
{{ end }}

# 次の章

次の本文です。

# 資料 {-}

{{ page }}
資料の文です。
"""


def registry(name: str = "コツコツ市", rows: int = 60) -> Registry:
    made = Registry()
    made.add(
        [
            Number("total", "総排出量", PRINTER.emission(Decimal("14326.7")), "四捨五入", Behind(2024)),
            Number("gone", "値のない数値", PRINTER.emission(None), "四捨五入"),
        ]
    )
    made.say({"name": name})
    lines = tuple((f"施設{index}", PRINTER.emission(Decimal(index * 1000)), name) for index in range(rows))
    made.tables["items"] = Table(
        "施設別の排出量", "単位：t-CO2e", ("施設", "排出量", "備考"), lines,
        (("計", PRINTER.emission(Decimal(1_770_000)), ""),), "端数は合わないことがあります。",
    )  # fmt: skip
    made.pictures["curve"] = Picture("推移", PICTURE, "排出量の推移", source="市の資料")
    made.notes["gwp"] = Note("地球温暖化係数", "二酸化炭素を1とした値です。")
    return made


def document(text: str = TEXT, name: str = "コツコツ市", mark: str = "案") -> Document:
    return Document(
        "実行計画", "事務事業編", "コツコツ市", date(2026, 6, 1), blocks(text, "sample.md", registry(name)),
        "コツコツ市　版1", ("令和8年6月", "コツコツ市"), mark, chapters=True, contents=True,
        colophon=(("発行", "令和8年6月"),),
    )  # fmt: skip


@dataclass(frozen=True)
class Files:
    """A document written once."""

    docx: bytes
    pdf: bytes
    html: str


@pytest.fixture(scope="session")
def files() -> Files:
    made = render(document())
    return Files(made.files["docx"], made.files["pdf"], made.files["html"].decode())


@pytest.fixture(scope="session")
def hostile() -> Files:
    made = render(document(name="　".join(HOSTILE)))
    return Files(made.files["docx"], made.files["pdf"], made.files["html"].decode())
