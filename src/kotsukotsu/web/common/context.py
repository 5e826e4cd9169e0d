"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy


def page(request: HttpRequest) -> dict[str, Any]:
    """Language, rights of the reader (``rights.publish``) and whether this is the demo."""
    user = getattr(request, "user", None)
    return {
        "language": texts.language(),
        "rights": dict.fromkeys(policy.rights_of(user), True) if user and user.is_authenticated else {},
        "is_demo": settings.DEMO,
    }
