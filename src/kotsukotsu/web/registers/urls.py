"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.registers import file_views, settings_views, views, weather_views
from kotsukotsu.web.registers.reorganisation import views as reorganising

urlpatterns = [
    path("registers/", views.index, name="registers"),
    path("registers/city/", settings_views.page, name="city_settings"),
    path("registers/city/effects/", settings_views.effects, name="city_effects"),
    path("registers/weather/", weather_views.page, name="weather"),
    path("registers/weather/take-in/", weather_views.take_in, name="weather_take_in"),
    path("registers/reorganisation/", reorganising.page, name="reorganisation"),
    path("registers/reorganisation/file/", reorganising.file, name="reorganisation_file"),
    path("registers/reorganisation/carry-out/", reorganising.carry_out, name="reorganisation_carry_out"),
    path("registers/<str:table>/", views.register, name="register"),
    path("registers/<str:table>/new/", views.add, name="register_add"),
    path("registers/<str:table>/file/", file_views.file, name="register_file"),
    path("registers/<str:table>/file/columns/", file_views.columns, name="register_columns"),
    path("registers/<str:table>/file/refused/", file_views.refused, name="register_refused"),
    path("registers/<str:table>/file/take-in/", file_views.take_in, name="register_take_in"),
    path("registers/<str:table>/as/<str:form>/", views.written, name="register_written"),
    path("registers/<str:table>/<int:pk>/", views.row, name="register_row"),
    path("registers/<str:table>/<int:pk>/remove/", views.remove, name="register_remove"),
]
