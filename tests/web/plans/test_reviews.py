"""Reviews: written beside the data, handed in, returned, approved by another, kept in the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.registers import Review
from kotsukotsu.web.plans import selectors, services
from kotsukotsu.web.plans.models import FacilityReview
from tests.web.conftest import FY, posted

LED = services.Planned("体育館の照明を LED に替える", "教頭", date(2026, 3, 31))


@pytest.fixture
def write(hall):
    def save(who="clerk", text="暑かったため空調の時間が増えた。", version=None):
        now = selectors.review_of("f1", FY)
        version = now.version if version is None else version
        return services.review_save(facility_id="f1", fy=FY, version=version, text=text, planned=[LED], actor=hall[who])

    return save


@pytest.fixture
def step(hall):
    def take(name, who, reason=""):
        now = FacilityReview.objects.get(facility_id="f1", fiscal_year=FY)
        return services.review_step(review=now, name=name, version=now.version, reason=reason, actor=hall[who]).state

    return take


def test_what_is_approved_stands_in_the_register_and_results_are_computed_anew(write, step):
    before = Municipality.objects.get().revision
    write()
    assert Review.objects.count() == 0
    assert [step("submit", "clerk"), step("approve", "head")] == ["submitted", "approved"]
    rows = [(one.kind, one.text, one.person, one.state) for one in Review.objects.all()]
    assert rows == [
        ("review", "暑かったため空調の時間が増えた。", "clerkさん", None),
        ("countermeasure", LED.text, "教頭", "planned"),
    ]
    assert Municipality.objects.get().revision > before


def test_a_review_sent_back_is_written_again(write, step):
    write()
    step("submit", "clerk")
    with pytest.raises(WebError, match="W-27"):
        step("return", "head")
    assert step("return", "head", "数値を添えてください") == "returned"
    write(text="空調の時間が 2 割増えた。")
    assert step("submit", "clerk") == "submitted"


def test_nobody_approves_what_they_wrote(write, step):
    write("secretariat")
    step("submit", "clerk")
    with pytest.raises(WebError, match="W-28"):
        step("approve", "secretariat")


def test_who_wrote_before_the_last_hand_does_not_approve_either(write, step):
    write("secretariat")
    write("clerk", text="暑かったため、空調の時間が増えた。")
    step("submit", "clerk")
    with pytest.raises(WebError, match="W-28"):
        step("approve", "secretariat")
    assert step("approve", "head") == "approved"


def test_an_empty_review_cannot_be_handed_in(write, step):
    write(text=" ")
    with pytest.raises(WebError, match="W-52"):
        step("submit", "clerk")


def test_the_second_writer_is_told_and_overwrites_nothing(write):
    write()
    with pytest.raises(ConflictError, match="W-50"):
        write("manager", "別の説明", version=1)
    assert selectors.review_of("f1", FY).text == "暑かったため空調の時間が増えた。"


@pytest.mark.parametrize("who", ["operator", "head", "executive", "auditor", "administrator", "nobody"])
def test_who_may_not_explain_there_is_refused(write, who):
    with pytest.raises(PermissionDenied):
        write(who)


def test_what_was_done_stays_known_when_a_review_is_approved_again(hall, write, step):
    write()
    step("submit", "clerk")
    step("approve", "head")
    row = Review.objects.get(kind="countermeasure")
    services.countermeasure_state(row=row, state="done", actor=hall["clerk"])
    step("return", "head", "追記してください")
    write(text="追記した。")
    step("submit", "clerk")
    step("approve", "head")
    assert Review.objects.get(kind="countermeasure").state == "done"


def test_the_page_shows_what_the_data_say_beside_the_manager(write, signed_in):
    rows = [posted("f1", "electricity", fy, month, amount) for fy, amount in ((FY - 1, "1000"), (FY, "1500"))
            for month in range(1, 13)]  # fmt: skip
    tables.put("activities", rows)
    write()
    page = signed_in("clerk").get(f"/{FY}/facilities/f1/review/").content.decode()
    said = selectors.said_by_data("f1", FY)
    assert said.sentences[0] in page
    assert said.pictures[0] in page
    assert "<svg" in said.pictures[0]
    assert "暑かったため" in page
    listing = signed_in("secretariat").get(f"/{FY}/reviews/").content.decode()
    assert "中央小学校" in listing
    assert ("0/0" in listing, "<dd>－</dd>" in listing) == (False, True), "nothing was planned the year before"


def test_a_year_that_lacks_months_is_not_said_to_have_changed(write, signed_in):
    rows = [posted("f1", "electricity", fy, month, "1000") for fy in (FY - 1, FY) for month in range(1, 13)]
    tables.put("activities", [row for row in rows if row["start"] != date(FY, 5, 1)])
    assert selectors.said_by_data("f1", FY) == selectors.Told()
    emitted = selectors.both(FY)
    assert (emitted.lacking, emitted.now["f1"] < emitted.before["f1"]) == ({"f1"}, True)
    page = signed_in("secretariat").get(f"/{FY}/reviews/").content.decode()
    assert "月がそろっていません" in page


def test_what_a_city_folder_brought_into_the_register_is_a_review_that_is_there(hall, signed_in):
    of_it = {"facility_id": "f1", "fiscal_year": FY}
    Review.objects.create(**of_it, kind="review", text="改修のため休館した。", person="館長")
    Review.objects.create(**of_it, kind="countermeasure", text="LED に替える", person="館長", date=date(FY + 1, 3, 31))
    page = signed_in("clerk").get(f"/{FY}/facilities/f1/review/").content.decode()
    assert "改修のため休館した。" in page
    assert 'value="LED に替える"' in page
    assert "台帳にある説明です" in page
    (line,) = selectors.lines(hall["secretariat"], FY, selectors.both(FY))
    assert (line.facility.facility_id, line.state, line.ahead) == ("f1", "approved", 1)
