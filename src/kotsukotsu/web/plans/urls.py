"""Reviews."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.plans import views

REVIEW = "<int:fy>/facilities/<str:facility_id>/review"

urlpatterns = [
    path("<int:fy>/reviews/", views.listing, name="reviews"),
    path(f"{REVIEW}/", views.page, name="review"),
    path(f"{REVIEW}/step/<str:name>/", views.step, name="review_step"),
    path(f"{REVIEW}/progress/<int:pk>/", views.progress, name="review_progress"),
]
