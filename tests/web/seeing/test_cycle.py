"""The plan's page: its years in order, how far each has come, and the gap to the path of those with figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.plans.models import FacilityReview
from kotsukotsu.web.seeing import cycle, results
from tests.web.seeing.conftest import filled

pytestmark = pytest.mark.django_db
PLAN = '\n[plan]\nfirst_fy = 2023\nlast_fy = 2027\noffice = "環境課"\n'


@pytest.fixture
def planned(city, people):
    """The years 2023 to 2027 are the plan's; one sheet of two is settled, one review of two approved."""
    own = Municipality.objects.get()
    own.settings_toml += PLAN
    own.save()
    opened = collections.collection_open(
        fy=2025, due_on=timezone.localdate() + timedelta(days=30), actor=people["jimu"]
    )
    first = opened.sheets.order_by("facility_id").first()
    opened.sheets.filter(pk=first.pk).update(state="settled")
    for facility_id, state in (("f1", "approved"), ("f2", "draft")):
        FacilityReview.objects.create(facility_id=facility_id, fiscal_year=2024, state=state)
    return opened


def lines():
    plan, _ = cycle.plan_of(Municipality.objects.get())
    return {line.fy: line for line in cycle.lines_of(plan, cycle.known())}


def test_the_years_of_the_plan_stand_in_order_with_what_each_has_brought(planned):
    found = lines()
    assert [(fy, line.nth) for fy, line in found.items() if line.nth] == [
        (2023, 1), (2024, 2), (2025, 3), (2026, 4), (2027, 5),
    ]  # fmt: skip
    assert (found[2025].sheets, found[2024].reviews) == ((1, planned.sheets.count()), (1, 2))
    assert (found[2026].sheets, found[2026].total, found[2026].gap) == ((0, 0), None, None)


def test_the_gap_is_the_emission_less_the_path_and_only_of_years_that_have_both(planned):
    found = lines()
    year = found[2024]
    assert year.total.exact == results.result(2024).inventory.total
    assert year.gap.exact == year.total.exact - year.level.exact
    assert found[2027].level is not None
    assert found[2027].gap is None


def test_the_page_leads_to_each_yearly_cycle_and_says_the_terms(planned, signed_in):
    page = signed_in("jimu").get("/plan/").content.decode()
    for said in ("計画の見直しの期限", "令和10年3月31日", "環境課", "1年目", "/2025/collection/", "/2024/reviews/"):
        assert said in page
    assert "基準年度比 50% 削減" in page
    assert "数値の抜けがない最新の年度は令和6（2024）年度です。" in page


def test_a_city_without_figures_has_its_years_and_no_gap(people, signed_in, tmp_path):
    path = filled(tmp_path / "none", 1)
    ledger, settings = path / "activities.csv", path / "municipality.toml"
    ledger.write_text(ledger.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    settings.write_text(settings.read_text("utf-8") + PLAN, "utf-8")
    folders.city_import(source=path, actor=people["jimu"])
    page = signed_in("jimu").get("/plan/").content.decode()
    assert "数値の抜けがない年度がまだないため" in page
    assert "5年目" in page
