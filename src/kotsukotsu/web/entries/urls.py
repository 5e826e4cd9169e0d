"""The first page and the yearly cycle."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.entries import views

urlpatterns = [
    path("", views.home, name="home"),
]
