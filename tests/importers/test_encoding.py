from __future__ import annotations

import pytest

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.encoding import decode, for_cp932, has_private_use, unencodable

TEXT = "施設名,4月\r\n㈱髙﨑プール,12\r\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 (BOM)"),
        ("cp932", "CP932"),
        ("utf-16", "UTF-16LE (BOM)"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
    ],
)
def test_encoding_is_found_by_content_and_names_are_kept(codec: str, name: str) -> None:
    assert decode(TEXT.encode(codec)) == (TEXT, name)


def test_utf8_that_also_happens_to_be_cp932_is_utf8() -> None:
    assert "灯油".encode().decode("cp932") != "灯油"
    assert decode("灯油".encode()) == ("灯油", "UTF-8")


def test_names_that_shift_jis_lacks_are_lost_without_cp932() -> None:
    with pytest.raises(UnicodeEncodeError):
        TEXT.encode("shift_jis")


def test_wave_dash_and_minus_are_one_sign_in_every_encoding() -> None:
    assert decode("〜−".encode())[0] == decode("～－".encode("cp932"))[0] == "～－"


def test_bytes_that_are_no_text_are_refused_in_words() -> None:
    with pytest.raises(ImportFileError, match="文字コード"):
        decode(bytes(range(256)), "x.csv")


def test_characters_that_cp932_lacks_are_named_with_a_proposal() -> None:
    assert unencodable("CO₂ ㎥ ℓ 髙﨑㈱ 𠮷") == {"₂": "2", "㎥": "m3", "ℓ": "L", "𠮷": None}


def test_proposals_make_a_text_that_cp932_can_write() -> None:
    text, missing = for_cp932("100t-CO₂、5㎥〜6㎥")
    assert text.encode("cp932").decode("cp932") == "100t-CO2、5m3～6m3"
    assert missing == {"₂": "2", "㎥": "m3"}


def test_a_character_without_proposal_is_not_replaced_in_silence() -> None:
    assert for_cp932("𠮷田") == ("𠮷田", {"𠮷": None})


def test_characters_of_one_machine_are_seen() -> None:
    assert has_private_use(b"\xf0\x40".decode("cp932"))
    assert not has_private_use("髙﨑")
