"""The words of an office as keys: normalised, and looked up in the tables beside this file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from kotsukotsu import units
from kotsukotsu.importers.tables import table

_BRACKETS = re.compile(r"[(\[【〔「『<]([^()\[\]【】〔〕「」『』<>]*)[)\]】〕」』>]")
_UNIT_NOTE = re.compile(r"単位\s*[:：;]?\s*([^\s)\]】、。,]+)")
_TOTAL = re.compile(
    r"(?:.*(?:小計|合計|総計|累計|年計|年度計|期計|中計)|(?:.*[^会時統設集家温量推余体])?計|平均|.*年平均)"
)
_YEN = re.compile(r"単位[::]?[千百]?万?円|\([千百]?万?円\)")
_MONEY = re.compile(r"料金|金額|電気代|ガス代")
_ENDINGS = ("使用量", "消費量", "購入量", "給油量", "使用実績", "使用", "量", "実績")

# The same few words stand in every row of a file.
_remember = lru_cache(maxsize=4096)


@_remember
def key(text: str) -> str:
    """A word for comparison: NFKC, without any space or line end.

    >>> key("Ａ 重油"), key("ｶﾞｿﾘﾝ")
    ('A重油', 'ガソリン')
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@_remember
def brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """A word without its brackets, and what stood in them.

    >>> brackets("電気使用量（kWh）")
    ('電気使用量', ('kWh',))
    """
    plain = key(text)
    return _BRACKETS.sub("", plain), tuple(inner for inner in _BRACKETS.findall(plain) if inner)


@_remember
def unit_in(text: str) -> str:
    """The unit that a heading or title names, as written; empty if none.

    >>> unit_in("電気使用量 [kWh]"), unit_in("（単位：千㎥）"), unit_in("灯油 L"), unit_in("施設名")
    ('kWh', '千m3', 'L', '')
    """
    plain = unicodedata.normalize("NFKC", text)
    if (note := _UNIT_NOTE.search(plain)) and units.is_known(note[1]):
        return note[1]
    for inner in brackets(text)[1]:
        if units.is_known(inner):
            return inner
    last = plain.split()[-1:] if len(plain.split()) > 1 else []
    return last[0] if last and units.is_known(last[0]) else ""


@_remember
def without_unit(text: str) -> str:
    """A heading without its unit and brackets.

    >>> without_unit("灯油 (L)"), without_unit("灯油 L")
    ('灯油', '灯油')
    """
    plain = unicodedata.normalize("NFKC", text)
    parts = plain.split()
    if len(parts) > 1 and units.is_known(parts[-1]):
        plain = " ".join(parts[:-1])
    return brackets(plain)[0]


@_remember
def use_in(text: str) -> str:
    """How a fuel is burnt, if the word says so.

    >>> use_in("Ａ重油（ボイラー）")
    'boiler'
    """
    return next((uses()[inner] for inner in brackets(text)[1] if inner in uses()), "")


@_remember
def is_total(text: str) -> bool:
    """Whether a label is that of a sum.

    >>> [is_total(text) for text in ("合 計", "小学校 小計", "小学校計", "年計", "会計課", "計", "市役所")]
    [True, True, True, True, False, True, False]
    """
    return bool(_TOTAL.fullmatch(brackets(text)[0]))


@_remember
def is_ignored(text: str) -> bool:
    """Whether a label names something that is not counted here: money, last year, weather."""
    return without_unit(text) in _ignored()


@cache
def _ignored() -> frozenset[str]:
    return frozenset(key(row["word"]) for row in table("ignored_words"))


@cache
def uses() -> dict[str, str]:
    """Word to the code of a use."""
    return {key(row["word"]): row["use"] for row in table("use_words")}


@cache
def roles() -> dict[str, str]:
    """Column heading to its role."""
    return {key(row["word"]): row["role"] for row in table("column_words")}


@cache
def aliases() -> dict[str, str]:
    """Word to item code."""
    return {key(row["alias"]): row["item"] for row in table("item_aliases")}


def speaks_of_money(titles: Iterable[str], item_in: Callable[[str], str]) -> bool:
    """Whether the nearest title that says anything says yen.

    >>> speaks_of_money(["（単位：円）", "電気料金"], lambda title: "")
    True
    >>> speaks_of_money(["灯油料金（円）"], lambda title: "kerosene")
    True
    >>> speaks_of_money(["電気使用量"], lambda title: "electricity")
    False
    """
    for title in titles:
        if _YEN.search(key(title)):
            return True
        if item_in(title) or unit_in(title):
            return False
        if _MONEY.search(key(title)):
            return True
    return False


def stems(label: str) -> list[str]:
    """The ways to look a label up: as it is, and without 使用量 and the like.

    >>> stems("灯油使用量(L)")
    ['灯油使用量', '灯油']
    """
    word = without_unit(label)
    found = [word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            found.append(word.removesuffix(ending))
            break
    return found
