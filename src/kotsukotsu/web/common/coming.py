"""A page whose figures are computed for the first time: it says so at once, and shows them when they are there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ACCEPTED = 202  # RFC 9110, 15.3.3: begun, not yet done


class Coming(Exception):  # noqa: N818  # nothing has gone wrong
    """The first figures of a page are long in coming."""


def coming(request: HttpRequest) -> HttpResponse:
    """What is shown meanwhile; its script asks again."""
    return render(request, "common/coming.html", status=ACCEPTED)
