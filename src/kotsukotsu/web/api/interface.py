"""The interface for programs, put together: every address needs a token, every answer is JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.api import inventories, ledger, publications, registers
from kotsukotsu.web.api.access import Needs
from kotsukotsu.web.api.answers import handle
from kotsukotsu.web.api.described import described
from kotsukotsu.web.api.shapes import Me

api = NinjaAPI(
    title="kotsukotsu", version="1", description=texts.entries()["web.api.text"].says["ja"],
    urls_namespace="api", docs_url=None, openapi_url="openapi.json", auth=Needs(),
)  # fmt: skip
handle(api)
api.add_router("/registers", registers.router)
api.add_router("/ledger", ledger.router)
api.add_router("/inventory", inventories.router)
api.add_router("/publications", publications.router)


@api.get("/me", response=Me, tags=["me"], auth=Needs(), **described("me"))
def me(request: HttpRequest) -> dict[str, Any]:
    """Whose token it is, and what it may do."""
    token = request.auth
    return {
        "username": request.user.username, "name": request.user.name, "rights": sorted(policy.rights_of(request.user)),
        "is_read_only": token.is_read_only, "valid_to": token.valid_to,
    }  # fmt: skip
