"""Text of bytes: the encoding is found by content, and CP932's gaps are named before they do harm."""

from __future__ import annotations

import codecs
from functools import cache

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.tables import table

# The same printed sign has two code points by the origin of a file; the one that CP932 reads and writes is kept.
_SAME_SIGN = str.maketrans("〜−‖—¢£¬", "～－∥―￠￡￢")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE (BOM)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE (BOM)"),
)
_ALLOWED_CONTROLS = frozenset("\t\r\n\f\x1a")


def decode(data: bytes, name: str = "") -> tuple[str, str]:
    """Text and the name of its encoding.

    Raises
    ------
    ImportFileError
        IM-02 if the bytes are no text.

    Examples
    --------
    >>> decode("髙﨑㈱～".encode("cp932"))
    ('髙﨑㈱～', 'CP932')
    >>> decode("電気,1".encode("utf-16-le"))
    ('電気,1', 'UTF-16LE')
    """
    for codec, label, start in _candidates(data):
        try:
            text = data[start:].decode(codec)
        except UnicodeDecodeError:
            continue
        if not any(ord(sign) < 32 and sign not in _ALLOWED_CONTROLS for sign in text):
            return same_signs(text), label
    raise ImportFileError("IM-02", file=name)


def _candidates(data: bytes) -> list[tuple[str, str, int]]:
    for mark, codec, label in _MARKS:
        if data.startswith(mark):
            return [(codec, label, len(mark))]
    if b"\0" in data:
        # Commas, digits and line ends of a UTF-16 text have a zero byte, always on the same side.
        little = data[1::2].count(0) > data[::2].count(0)
        return [("utf-16-le", "UTF-16LE", 0)] if little else [("utf-16-be", "UTF-16BE", 0)]
    return [("utf-8", "UTF-8", 0), ("cp932", "CP932", 0)]


def same_signs(text: str) -> str:
    """Wave dash and minus with the one code point that this program uses.

    >>> same_signs("〜−") == "～－"
    True
    """
    return text.translate(_SAME_SIGN)


@cache
def _replacements() -> dict[str, str]:
    return {row["character"]: row["replacement"] for row in table("cp932_replacements")}


def unencodable(text: str) -> dict[str, str | None]:
    """Characters that CP932 lacks, with the proposed replacement, None if a person must choose.

    >>> unencodable("CO₂ ㎥ 髙﨑㈱")
    {'₂': '2', '㎥': 'm3'}
    """
    missing: dict[str, str | None] = {}
    for sign in dict.fromkeys(same_signs(text)):
        try:
            sign.encode("cp932")
        except UnicodeEncodeError:
            missing[sign] = _replacements().get(sign)
    return missing


def for_cp932(text: str) -> tuple[str, dict[str, str | None]]:
    """Text with the proposals applied, and what was or could not be replaced.

    >>> for_cp932("CO₂（㎥）")
    ('CO2（m3）', {'₂': '2', '㎥': 'm3'})
    """
    missing = unencodable(text)
    known: dict[str, str | int | None] = {sign: new for sign, new in missing.items() if new is not None}
    return same_signs(text).translate(str.maketrans(known)), missing


def has_private_use(text: str) -> bool:
    """Whether a text holds 外字 of one machine."""
    return any("\ue000" <= sign <= "\uf8ff" for sign in text)
