"""What is still to be done stands beside the figures of the city, a department and a facility."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.plans.models import FacilityReview
from kotsukotsu.web.seeing import scope, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(city, people):
    """Of five sheets one is handed in, one is late; one facility has a review."""
    due = timezone.localdate() + timedelta(days=30)
    made = collections.collection_open(fy=2024, due_on=due, actor=people["jimu"])
    Sheet.objects.filter(facility_id="f1").update(state="submitted")
    Sheet.objects.filter(facility_id="f2").update(due_on=date(2020, 1, 1))
    FacilityReview.objects.create(facility_id="f1", fiscal_year=2024, state="submitted")
    return made


def test_sheets_and_reviews_are_counted_by_state_within_the_part(asked, people):
    found = tasks.tasks_of(scope.whole(), 2024)
    assert {code: count for code, _, count in found.sheets} == {"entering": 4, "submitted": 1}
    assert (found.late, found.due, [one[2] for one in found.reviews]) == (1, asked.due_on, [1])
    own = tasks.tasks_of(scope.department(people["jimu"], "d0", 2024), 2024)
    assert (sum(count for _, _, count in own.sheets), own.narrow) == (5, None)  # d1 is below it
    below = tasks.tasks_of(scope.department(people["jimu"], "d1", 2024), 2024)
    assert (sum(count for _, _, count in below.sheets), below.narrow) == (3, "?department=d1&")
    assert tasks.tasks_of(scope.whole(), 2023) is None


def test_each_page_leads_to_what_is_to_be_done(asked, signed_in):
    page = signed_in("jimu").get("/2024/").content.decode()
    assert 'href="/2024/collection/?state=submitted#sheets"' in page
    assert "期限を過ぎた様式 1件" in page
    page = signed_in("school").get("/2024/facilities/f1/").content.decode()
    assert '<a href="/2024/facilities/f1/entry/">提出</a>' in page
    assert '<a href="/2024/facilities/f1/review/">提出</a>' in page
    assert "/2024/collection/" not in page
