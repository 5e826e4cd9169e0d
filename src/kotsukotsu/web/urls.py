"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

from kotsukotsu.web.common import views

urlpatterns = [
    path("", include("kotsukotsu.web.entries.urls")),  # first, for most of what a hall asks is a cell to be saved
    path("language/", views.speak, name="speak"),
    path("", include("kotsukotsu.web.accounts.urls")),
    path("", include("kotsukotsu.web.plans.urls")),
    path("", include("kotsukotsu.web.look.urls")),
    path("", include("kotsukotsu.web.registers.urls")),
    path("", include("kotsukotsu.web.publications.urls")),
    path("", include("kotsukotsu.web.papers.urls")),
    path("", include("kotsukotsu.web.api.urls")),
    path("", include("kotsukotsu.web.seeing.urls")),
]
handler400 = views.misread
handler403 = views.refused
handler404 = views.not_found
handler500 = views.broken
