"""Addresses of publications."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.publications import views

urlpatterns = [
    path("publications/", views.publications, name="publications"),
    path("publications/prepare/", views.prepare, name="publication_prepare"),
    path("publications/preparing/<int:fy>/", views.preparing, name="publication_preparing"),
    path("publications/<int:pk>/", views.publication, name="publication"),
    path("publications/<int:pk>/check/", views.check, name="publication_check"),
    path("publications/<int:pk>/submit/", views.submit, name="publication_submit"),
    path("publications/<int:pk>/return/", views.send_back, name="publication_return"),
    path("publications/<int:pk>/publish/", views.publish, name="publication_publish"),
    path("publications/<int:pk>/remark/", views.remark, name="publication_remark"),
    path("publications/<int:pk>/files/<str:name>", views.file, name="publication_file"),
]
