"""Addresses of the interface for programs, of its page, and of one's tokens."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.api import views
from kotsukotsu.web.api.interface import api

urlpatterns = [
    path("account/tokens/", views.tokens_page, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", views.revoke, name="token_revoke"),
    path("api/", views.reference, name="api_reference"),
    path("api/v1/", api.urls),
]
