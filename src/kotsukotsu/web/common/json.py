"""JSON in and out of a view."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from kotsukotsu.web.errors import WebError


def body(request: HttpRequest) -> dict[str, Any]:
    """The object that a script sent.

    Raises
    ------
    WebError
        W-33 the body is no JSON object.
    """
    try:
        found = json.loads(request.body)
    except (json.JSONDecodeError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        raise WebError("W-33")
    return found


def text(values: dict[str, Any], name: str, default: str = "") -> str:
    """A text of the object.

    Raises
    ------
    WebError
        W-33 it is something else.
    """
    found = values.get(name, default)
    if not isinstance(found, str):
        raise WebError("W-33")
    return found
