"""States of a sheet."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.entries import sheets
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import states
from kotsukotsu.web.errors import ConflictError, WebError
from tests.web.conftest import FY


@pytest.fixture
def step(hall, sheet):
    def take(name, who, reason="", version=None):
        now = Sheet.objects.get(pk=sheet.pk)
        version = now.version if version is None else version
        return states.sheet_step(sheet=now, name=name, version=version, reason=reason, actor=hall[who]).state

    return take


def test_a_sheet_goes_its_way_from_entering_to_settled_and_back(enter, step):
    enter("2025-04", "1")
    way = [
        step("submit", "clerk"), step("return", "head", "4月を確かめてください"), step("submit", "clerk"),
        step("confirm", "head"), step("settle", "secretariat"), step("reopen", "secretariat", "請求の訂正"),
    ]  # fmt: skip
    assert way == ["submitted", "returned", "submitted", "confirmed", "settled", "returned"]
    said = LogEntry.objects.filter(kind="sheet").order_by("id").values_list("verb", "reason")
    assert list(said) == [
        ("submit", ""), ("return", "4月を確かめてください"), ("submit", ""), ("confirm", ""), ("settle", ""),
        ("reopen", "請求の訂正"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("not_started", {"submit"}), ("entering", {"submit"}), ("returned", {"submit"}),
        ("submitted", {"withdraw", "return", "confirm"}), ("confirmed", {"return", "settle"}), ("settled", {"reopen"}),
    ],
)  # fmt: skip
def test_each_state_takes_its_steps_and_no_others(sheet, step, state, allowed):
    taken = set()
    for name in states.STEPS:
        Sheet.objects.filter(pk=sheet.pk).update(state=state)
        if name in allowed:
            step(name, "secretariat", "理由")
            taken.add(name)
            Sheet.objects.filter(pk=sheet.pk).update(submitted_by=None)
        else:
            with pytest.raises(WebError, match="W-26"):
                step(name, "secretariat", "理由")
    assert taken == allowed


@pytest.mark.parametrize("name", ["return", "reopen"])
def test_to_send_back_or_reopen_needs_a_reason(sheet, step, name):
    Sheet.objects.filter(pk=sheet.pk).update(state=states.STEPS[name].before[0])
    with pytest.raises(WebError, match="W-27"):
        step(name, "secretariat", "  ")


def test_nobody_confirms_or_settles_what_they_entered(enter, step):
    enter("2025-04", "1", who="secretariat")
    step("submit", "clerk")
    with pytest.raises(WebError, match="W-28"):
        step("confirm", "secretariat")
    step("confirm", "head")
    with pytest.raises(WebError, match="W-28"):
        step("settle", "secretariat")


def test_nobody_confirms_what_they_submitted_and_the_page_says_why(step, signed_in):
    step("submit", "secretariat")
    address, said = f"/{FY}/facilities/f1/entry/", "「確認する」はほかの人が行います"
    assert said in signed_in("secretariat").get(address).content.decode()
    page = signed_in("head").get(address).content.decode()
    assert said not in page
    assert page.index("確認する</button>") < page.index("差し戻す</button>")
    with pytest.raises(WebError, match="W-28"):
        step("confirm", "secretariat")


@pytest.mark.parametrize(
    ("name", "who"),
    [("submit", "head"), ("submit", "operator"), ("confirm", "clerk"), ("settle", "head"), ("reopen", "executive")],
)
def test_who_has_not_the_right_is_refused(sheet, step, name, who):
    Sheet.objects.filter(pk=sheet.pk).update(state=states.STEPS[name].before[0])
    with pytest.raises(PermissionDenied):
        step(name, who, "理由")


def test_who_acts_on_an_older_version_is_told(step):
    step("submit", "clerk")
    with pytest.raises(ConflictError, match="W-25"):
        step("return", "head", "理由", version=1)


def test_a_sheet_with_an_error_cannot_be_submitted(sheet, enter, step):
    enter("2025-04", "-5")
    assert [found.code for found in sheets.grid(sheet).findings if found.severity == "error"] != []
    with pytest.raises(WebError, match="W-29"):
        step("submit", "clerk")


def test_after_it_is_sent_back_what_was_signed_is_signed_again(step, sheet):
    step("submit", "clerk")
    step("confirm", "head")
    step("return", "secretariat", "理由")
    now = Sheet.objects.get(pk=sheet.pk)
    assert (now.submitted_by, now.confirmed_by) == (None, None)


def test_the_log_speaks_the_language_of_the_office(enter, signed_in):
    enter("2025-04", "5")
    said = signed_in("auditor").get("/log/").content.decode()
    assert "活動量：5" in said
    assert "quantity" not in said
