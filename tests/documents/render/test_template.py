from __future__ import annotations

import pytest

from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.model import Box, Bullets, Drawn, Heading, Paragraph, Placed, Text
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.template import blocks

from .conftest import HOSTILE, TEXT, document, registry


def _blocks(text):
    return blocks(text, "texts/plan-purpose.md", registry())


def _code(text):
    with pytest.raises(DocumentError) as caught:
        _blocks(text)
    return caught.value


def test_signs_become_headings_paragraphs_lists_frames_tables_and_pictures():
    kinds = [type(block) for block in _blocks(TEXT)]
    assert kinds[:6] == [Heading, Heading, Paragraph, Heading, Bullets, Bullets]
    assert {Drawn, Box, Placed} <= set(kinds)


def test_a_name_in_a_sentence_is_the_printed_figure():
    (paragraph,) = _blocks("総排出量は **{{ total }}** t。")
    assert paragraph.inlines == (Text("総排出量は "), Text("14,327", strong=True), Text(" t。"))


def test_an_unknown_name_is_told_with_file_line_and_the_nearest_name():
    error = _code("一行目\n\n値は {{ totl }} です。")
    assert error.code == "DC-01"
    assert (error.data["file"], error.data["line"], error.data["near"]) == ("texts/plan-purpose.md", 3, "total")
    assert "texts/plan-purpose.md の 3 行目" in error.text()


KINDS = ("{{ table total }}", "{{ chart items }}", "{{ blocks none }}", "{{ if none }}\n{{ end }}", "{{ ref total }}")


@pytest.mark.parametrize("line", [*KINDS, "{{ note none }}"])
def test_a_name_of_another_kind_is_unknown_too(line):
    assert _code(line).code == "DC-01"


@pytest.mark.parametrize("line", ["値は {{ total です。", "値は total }} です。", "{{ a b c }}", "{{ }}"])
def test_braces_that_cannot_be_read_are_an_error_not_a_text(line):
    assert (_code(f"\n{line}").code, _code(f"\n{line}").data["line"]) == ("DC-02", 2)


@pytest.mark.parametrize(("text", "line"), [("{{ if total }}\n文", 1), ("文\n{{ end }}", 2), ("{{ else }}", 1),
                                            ("文\n\n::: 題\n中", 3)])  # fmt: skip
def test_a_condition_or_frame_without_its_end_is_an_error(text, line):
    assert (_code(text).code, _code(text).data["line"]) == ("DC-03", line)


def test_a_condition_asks_whether_there_is_a_value():
    text = "{{ if total }}\nある\n{{ else }}\nない\n{{ end }}\n\n{{ if not gone }}\n値なし\n{{ end }}"
    assert [block.inlines[0].text for block in _blocks(text)] == ["ある", "値なし"]


def test_a_hidden_passage_may_not_hide_an_unknown_condition():
    assert _code("{{ if gone }}\n{{ if none }}\n{{ end }}\n{{ end }}").code == "DC-01"


@pytest.mark.parametrize("text", HOSTILE)
def test_other_signs_stay_texts(text):
    (paragraph,) = _blocks(f"文 {text}")
    assert "".join(piece.text for piece in paragraph.inlines) == f"文 {text}"


def test_lines_of_japanese_are_joined_without_a_space_and_words_with_one():
    (japanese,), (english,) = _blocks("一行目、\n二行目。"), _blocks("one\ntwo")
    assert "".join(piece.text for piece in japanese.inlines) == "一行目、二行目。"
    assert "".join(piece.text for piece in english.inlines) == "one two"


def test_numbers_of_captions_headings_and_notes_are_counted_by_the_document():
    made = numbered(
        document("{{ table items }}\n{{ chart curve }}\n# 章\n## 節\n### 項\n{{ chart curve }}\n# 別 {-}\n# 章")
    )
    assert [block.number for block in made.blocks] == [1, 1, "第1章", "1.1.", "(1)", 2, "", "第2章"]


def test_a_reference_takes_the_number_of_what_it_names():
    made = numbered(document("{{ ref items }}と{{ ref curve }}\n\n{{ chart curve }}\n{{ table items }}"))
    assert [piece.text for piece in made.blocks[0].inlines] == ["表1", "と", "図1"]


def test_a_reference_to_what_is_not_placed_is_an_error():
    with pytest.raises(DocumentError) as caught:
        numbered(document("文\n\n{{ ref items }}"))
    assert (caught.value.code, caught.value.data["line"]) == ("DC-04", 3)


def test_a_term_is_explained_once_at_the_end_of_its_section():
    made = numbered(document("## 一\n\n甲{{ note gwp }}乙{{ note gwp }}\n\n## 二\n\n丙{{ note gwp }}"))
    boxes = [index for index, block in enumerate(made.blocks) if isinstance(block, Box)]
    assert boxes == [2]
    assert made.blocks[-1].inlines[1].number == 1


def test_a_place_for_blocks_of_which_there_are_none_prints_nothing():
    empty = registry()
    empty.blocks["reasons"] = ()
    assert [type(one) for one in blocks("前\n\n{{ blocks reasons }}\n\n後", "x.md", empty)] == [Paragraph, Paragraph]
