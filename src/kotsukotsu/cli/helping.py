"""The pages of ``--help``: in the language of the interface, their lines folded instead of cut."""

from __future__ import annotations

import re

from rich.text import Text
from typer import rich_utils

from kotsukotsu import texts

STRINGS = {
    "OPTIONS_PANEL_TITLE": "options",
    "ARGUMENTS_PANEL_TITLE": "arguments",
    "COMMANDS_PANEL_TITLE": "commands",
    "DEFAULT_STRING": "default",
    "REQUIRED_LONG_STRING": "required",
    "ABORTED_TEXT": "aborted",
}
FIXED = (
    ("Usage: ", "usage"),
    ("[OPTIONS]", "some_options"),
    ("COMMAND [ARGS]...", "some_command"),
    ("Show this message and exit.", "help"),
)
KINDS = ("path", "str", "int", "float", "datetime")
FORMS = {"<%Y-%m-%d>": "day", "<%Y-%m>": "month", "<list[str]>": "str"}  # of dates, and what may be given again
SWITCH = "bool"
ARGUMENT = re.compile(r"\{(\w+)\}")  # in the line of usage; the documentation writes CITY
LIMITS = re.compile(r" \[(?:(?P<low>[\d.]+)<=)?x(?:<=(?P<high>[\d.]+)|>=(?P<least>[\d.]+))\]")


def speak() -> None:
    """Give the words of the help pages, which stand as constants and in two highlighters of `typer.rich_utils`."""
    for constant, name in STRINGS.items():
        setattr(rich_utils, constant, _word(name))
    rich_utils.highlighter = _Folded()
    rich_utils.types_highlighter = _Kinds()


def _word(name: str) -> str:
    return texts.label(f"cli.usage.{name}")


class _Folded(rich_utils.OptionHighlighter):
    """Words that the library fixes are exchanged; a sentence without spaces goes on in the next line."""

    def __call__(self, text: str | Text) -> Text:
        """The text with its colours."""
        whole = str(text)
        if whole.startswith(FIXED[0][0]):
            whole = ARGUMENT.sub(lambda found: found[1].upper(), whole)
        for fixed, name in FIXED:
            whole = whole.replace(fixed, _word(name))
        if whole != str(text):
            text = Text(whole, style=text.style if isinstance(text, Text) else "")
        coloured = super().__call__(text)
        coloured.overflow = "fold"
        return coloured


class _Kinds(rich_utils.TypesHighlighter):
    """What kind of value an option takes, by its word."""

    def __call__(self, text: str | Text) -> Text:
        """The text with its colours."""
        said = kind(str(text))
        return super().__call__(Text(said, style=text.style, overflow="fold") if isinstance(text, Text) else said)


def kind(display: str) -> str:
    """What the library shows as ``<int range> [1<=x<=9]`` or ``<path>``, in words; a switch takes nothing."""
    for shown, name in FORMS.items():
        display = display.replace(shown, _word(f"kind.{name}"))
    named = re.sub(r"<(\w+)( range)?>", lambda found: _kind(found[1], found[0]), display)
    return LIMITS.sub(lambda found: limits(found["low"] or found["least"], found["high"]), named)


def limits(low: object, high: object) -> str:
    """Between what a number must lie; nothing where it has no limits."""
    if low is None and high is None:
        return ""
    name = "between" if low is not None and high is not None else "at_most" if low is None else "at_least"
    return texts.label(f"cli.usage.{name}", low=low, high=high)


def _kind(name: str, shown: str) -> str:
    if name == SWITCH:
        return ""
    return _word(f"kind.{name}") if name in KINDS else shown
