"""Inventory, publications and the interface's own page."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from django.urls import reverse

from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.publications.models import Publication
from kotsukotsu.web.publications.services import publication_prepare
from tests.web.api.conftest import Program, secret_of
from tests.web.api.test_tokens import code


def test_the_inventory_is_that_of_the_pages(program, collection):
    status, found = program("executive").ask("get", "inventory/2024?by=facility,item")
    assert status == 200
    total = figures.inventory(2024).total
    assert Decimal(found["total_tonnes_co2e"]) == total
    assert sum(Decimal(row["tonnes_co2e"]) for row in found["rows"]) == total
    assert {row["facility"] for row in found["rows"]} == {"f1", "f2", "f3"}


def test_a_year_without_rows_and_a_column_that_is_none_are_refused(program, collection):
    one = program("executive")
    status, body = one.ask("get", "inventory/2020")
    assert (status, body["error"]["code"]) == (422, "A-00")
    assert [finding["code"] for finding in body["error"]["findings"]] == ["A-11"]
    assert code(one.ask("get", "inventory/2024?by=colour")) == (422, "WA-14")


@pytest.mark.parametrize("address", ["publications/1", "publications/99999999999999999999", "inventory/12"])
def test_what_is_not_there_is_said_so(program, address):
    assert program("auditor").ask("get", address)[0] in (404, 422)


def test_the_page_lists_every_address(signed_in):
    page = signed_in("clerk").get(reverse("api_reference")).content.decode()
    for address in ("/api/v1/ledger/{facility_id}/{fy}", "/api/v1/publications/{pk}/files/{name}"):
        assert address in page
    assert "Swagger" not in page


def test_a_version_is_read_with_its_figures_and_files(people, city):
    version = publication_prepare(fiscal_year=2014, actor=people["jimu"])
    one = Program(secret_of(people["kansa"], is_read_only=True))
    status, found = one.ask("get", "publications")
    assert (status, [row["id"] for row in found]) == (200, [version.pk])
    status, whole = one.ask("get", f"publications/{version.pk}")
    assert whole["digest"] == version.digest
    total = next(figure for figure in whole["figures"] if figure["name"] == "total")
    assert Decimal(total["value"]) == figures.inventory(version.fiscal_year).total
    file = whole["files"][0]
    response = one.client.get(file["address"])
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(response.getvalue()).hexdigest() == file["sha256"]
    assert Publication.objects.count() == 1
