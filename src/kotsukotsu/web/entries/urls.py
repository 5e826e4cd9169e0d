"""The first page and the yearly cycle."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.entries.views import collection, first, reminders, sheet, supplies

SHEET = "<int:fy>/facilities/<str:facility_id>/entry"

urlpatterns = [
    path("", first.home, name="home"),
    path("collections/", collection.listing, name="collections"),
    path("<int:fy>/collection/", collection.overview, name="collection"),
    path("<int:fy>/collection/open/", collection.opening, name="collection_open"),
    path("<int:fy>/reminders/", reminders.page, name="reminders"),
    path("<int:fy>/reminders/word/", reminders.word, name="reminders_word"),
    path("<int:fy>/reminders/mail/", reminders.mail, name="reminders_mail"),
    path("contracts/reported/", supplies.listing, name="supply_reports"),
    path("contracts/reported/<int:pk>/", supplies.answer, name="supply_answer"),
    path(f"{SHEET}/contract/", supplies.report, name="supply_report"),
    path("<int:fy>/collection/due/", collection.due, name="collection_due"),
    path(f"{SHEET}/", sheet.page, name="sheet"),
    path(f"{SHEET}/cells/", sheet.save, name="sheet_cells"),
    path(f"{SHEET}/now/", sheet.now, name="sheet_now"),
    path(f"{SHEET}/lines/", sheet.add_line, name="sheet_line"),
    path(f"{SHEET}/step/<str:name>/", sheet.step, name="sheet_step"),
]
