"""Names of facilities: what is the same name, and what may be."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from kotsukotsu.importers.tables import table

_COMPANY = re.compile(r"株式会社|有限会社|\(株\)|\(有\)")
_BRACKETS = re.compile(r"\(.*?\)|【.*?】|〔.*?〕")
_CLOSE = 0.8


@lru_cache(maxsize=4096)
def same(name: str) -> str:
    """What two writings of one name have in common for certain: width, spaces, the company's form.

    >>> same("こつこつ　小学校") == same("こつこつ小学校"), same("㈱髙﨑ﾌﾟｰﾙ")
    (True, '髙﨑プール')
    """
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"[\s・]+", "", plain).replace("−", "-").replace("ｰ", "ー")
    return _COMPANY.sub("", plain).casefold()


@cache
def _old_forms() -> dict[int, str]:
    return str.maketrans({row["old"]: row["new"] for row in table("old_forms")})


def alike(name: str) -> str:
    """What two writings of perhaps one name share: old forms of characters, brackets, 市立.

    >>> alike("こつこつ市立髙﨑小学校（旧校舎）") == alike("高崎小学校")
    True
    """
    plain = _BRACKETS.sub("", same(name)).translate(_old_forms())
    plain = re.sub(r"^.{1,6}?(?:市|町|村|区)立", "", plain)
    return re.sub(r"^(?:市|町|村|区)立", "", plain)


class Facilities:
    """The city's facilities by their names."""

    def __init__(self, facilities: Iterable[tuple[str, str]]) -> None:
        self.names: dict[str, str] = {}
        self.by_same: dict[str, set[str]] = {}
        self.by_alike: dict[str, set[str]] = {}
        self.guesses: dict[str, str] = {}
        for code, name in facilities:
            self.names[code] = name
            self.by_same.setdefault(same(name), set()).add(code)
            self.by_same.setdefault(same(code), set()).add(code)
            self.by_alike.setdefault(alike(name), set()).add(code)

    def certain(self, name: str) -> str:
        """The facility of exactly this name, empty if there is none or more than one."""
        found = self.by_same.get(same(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def ambiguous(self, name: str) -> bool:
        """Whether two facilities have this name."""
        return len(self.by_same.get(same(name), ())) > 1

    def perhaps(self, name: str) -> str:
        """The facility that is probably meant; a person must confirm it."""
        if name not in self.guesses:
            self.guesses[name] = self._guess(name)
        return self.guesses[name]

    def _guess(self, name: str) -> str:
        found = self.by_alike.get(alike(name), set())
        if len(found) == 1:
            return next(iter(found))
        close = difflib.get_close_matches(alike(name), self.by_alike, n=2, cutoff=_CLOSE)
        codes = self.by_alike[close[0]] if len(close) == 1 else set()
        return next(iter(codes)) if len(codes) == 1 else ""
