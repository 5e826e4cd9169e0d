"""Characters that no file of words can hold, such as those of old terminals: left out of every text."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kotsukotsu.documents.render.model import Document

# XML 1.0, section 2.2: no control characters but tab and line feed (a carriage return becomes one), no half signs.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def fit(document: Document) -> Document:
    """The document without them; the same one where there are none."""
    made: Document = _fit(document)
    return made


def fit_text(text: str) -> str:
    r"""A text without them.

    >>> fit_text("市\x08役所")
    '市役所'
    """
    return _UNFIT.sub("", text)


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return fit_text(value)
    if isinstance(value, tuple):
        made = tuple(map(_fit, value))
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value)}
        new = {name: _fit(part) for name, part in old.items()}
        changed = {name: part for name, part in new.items() if part is not old[name]}
        return replace(value, **changed) if changed else value
    return value
