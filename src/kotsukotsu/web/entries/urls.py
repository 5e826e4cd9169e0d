"""The first page and the yearly cycle."""

from __future__ import annotations

from django.urls import path

from kotsukotsu.web.entries.views import (
    bills,
    collection,
    figures,
    files,
    first,
    fleet,
    opening,
    reminders,
    sheet,
    supplies,
)

SHEET = "<int:fy>/facilities/<str:facility_id>/entry"

urlpatterns = [
    path(f"{SHEET}/cells/", sheet.save, name="sheet_cells"),
    path("", first.home, name="home"),
    path("collections/", collection.all_years, name="collections"),
    path("<int:fy>/collection/", collection.overview, name="collection"),
    path("<int:fy>/collection/open/", opening.page, name="collection_open"),
    path(f"{SHEET}/bills/", bills.page, name="sheet_bills"),
    path(f"{SHEET}/bills/<str:activity_id>/withdraw/", bills.withdraw, name="bill_withdraw"),
    path(f"{SHEET}/figures/<str:kind>/", figures.page, name="sheet_figures"),
    path(f"{SHEET}/vehicles/", fleet.page, name="sheet_fleet"),
    path(f"{SHEET}/form/", files.form, name="sheet_form"),
    path(f"{SHEET}/files/", files.add, name="evidence_add"),
    path(f"{SHEET}/files/<int:pk>/", files.get, name="evidence"),
    path(f"{SHEET}/files/<int:pk>/withdraw/", files.withdraw, name="evidence_withdraw"),
    path(f"{SHEET}/files/<int:pk>/take/", files.take, name="evidence_take"),
    path("<int:fy>/reminders/", reminders.page, name="reminders"),
    path("<int:fy>/reminders/word/", reminders.word, name="reminders_word"),
    path("<int:fy>/reminders/mail/", reminders.mail, name="reminders_mail"),
    path("contracts/reported/", supplies.listing, name="supply_reports"),
    path("contracts/reported/<int:pk>/", supplies.answer, name="supply_answer"),
    path(f"{SHEET}/contract/", supplies.report, name="supply_report"),
    path("<int:fy>/collection/ask/", collection.ask, name="collection_ask"),
    path("<int:fy>/collection/due/", collection.due, name="collection_due"),
    path(f"{SHEET}/", sheet.page, name="sheet"),
    path(f"{SHEET}/now/", sheet.now, name="sheet_now"),
    path(f"{SHEET}/lines/", sheet.add_line, name="sheet_line"),
    path(f"{SHEET}/step/<str:name>/", sheet.step, name="sheet_step"),
]
