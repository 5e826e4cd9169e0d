"""A command that was typed wrongly: what is wrong, and where to read how it is meant.

The library says it in English only; here its error is said again from what it carries.
"""

from __future__ import annotations

import re
from typing import Any

from kotsukotsu import texts
from kotsukotsu.cli.helping import kind, limits

QUOTED = re.compile(r"'(.+)'|\(([^()]+)\)$")


def said(error: Any) -> str:
    """The sentence for a ``UsageError`` of typer, in the language of the interface; none where help was shown."""
    wrong = SENTENCES.get(type(error).__name__, _words)(error)
    command = error.ctx.command_path if getattr(error, "ctx", None) else "kotsukotsu"
    return f"{wrong}{texts.label('cli.usage.see', command=command)}" if wrong else ""


def _missing(error: Any) -> str:
    return texts.label("cli.usage.missing", name=_name(error))


def _refused(error: Any) -> str:
    """A sentence of our own as it is; for one of the library, what may be given."""
    why = error.message
    if error.param_hint is None:
        shown = kind(error.param.display_type_rich(error.ctx) or "")
        why = texts.label("cli.usage.may_be", kind=shown + limits(error.param.min, error.param.max))
    return texts.label("cli.usage.refused", name=_name(error), why=why)


def _name(error: Any) -> str:
    if error.param_hint is not None or error.param is None:
        return error.param_hint or ""
    option = error.param.param_type_name == "option"
    return str(error.param.opts[0] if option else error.param.name)


def _no_option(error: Any) -> str:
    like = texts.listed(sorted(error.possibilities or ()))
    return texts.label("cli.usage.no_option", name=error.option_name) + (
        texts.label("cli.usage.like", names=like) if like else ""
    )


def _no_value(error: Any) -> str:
    return texts.label("cli.usage.no_value", name=error.option_name)


def _words(error: Any) -> str:
    """The words that are no command or too many stand in the library's sentence only."""
    found = QUOTED.search(error.message)
    if found is None:
        return ""
    name = "unknown_command" if found[1] else "too_many"
    return texts.label(f"cli.usage.{name}", words=found[1] or found[2])


SENTENCES = {
    "MissingParameter": _missing,
    "BadParameter": _refused,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _no_value,
}
