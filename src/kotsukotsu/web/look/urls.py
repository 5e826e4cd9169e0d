"""The page of parts."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.look import views

urlpatterns = [path("look/", views.parts, name="look_parts")]
