"""Pages that show figures; the year is part of each address."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.seeing import cycle_views, factor_views, glance, handover_views, outlook_views, views

urlpatterns = [
    path("account/handover/", handover_views.handover, name="handover"),
    path("plan/", cycle_views.plan_cycle, name="plan_cycle"),
    path("plan/outlook/", outlook_views.outlook, name="plan_outlook"),
    path("plan/outlook/choice/", outlook_views.workbook, name="plan_choice_file"),
    path("plan/outlook/keep/", outlook_views.keep, name="plan_choice_keep"),
    path("factors/", factor_views.update, name="factor_update"),
    path("factors/set-aside/", factor_views.set_aside, name="factor_set_aside"),
    path("<int:fy>/", views.city, name="city_seen"),
    path("<int:fy>/glance/", glance.glance, name="city_glance"),
    path("<int:fy>/trace/", views.city_trace, name="city_trace"),
    path("<int:fy>/departments/<str:department_id>/", views.department_page, name="department_seen"),
    path("<int:fy>/departments/<str:department_id>/trace/", views.department_trace, name="department_trace"),
    path("<int:fy>/facilities/", views.facilities, name="facilities_seen"),
    path("<int:fy>/facilities/<str:facility_id>/", views.facility_page, name="facility_seen"),
    path("<int:fy>/facilities/<str:facility_id>/trace/", views.facility_trace, name="facility_trace"),
]
