"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.papers import views

OF_VERSION = "publications/<int:pk>/papers"

urlpatterns = [
    path("papers/", views.sections, name="paper_sections"),
    path("papers/<slug:part>/", views.one_section, name="paper_section"),
    path(f"{OF_VERSION}/", views.papers, name="papers"),
    path(f"{OF_VERSION}/progress/", views.progress, name="paper_progress"),
    path(f"{OF_VERSION}/make/", views.make, name="paper_make"),
    path(f"{OF_VERSION}/comment/", views.comment, name="paper_comment"),
    path(f"{OF_VERSION}/comment/<int:comment_pk>/", views.resolve, name="paper_resolve"),
    path(f"{OF_VERSION}/files/<str:name>", views.draft, name="paper_draft"),
]
