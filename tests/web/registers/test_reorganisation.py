"""A reorganisation in one guided step: nothing before its day, everything on it, or nothing at all."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from kotsukotsu.schema.organisation import departments_of
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import LogEntry, Role
from kotsukotsu.web.common import protection
from kotsukotsu.web.errors import ConflictError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import Department, Facility, FacilityDepartment, Municipality
from kotsukotsu.web.municipalities.selectors import departments, facility_departments
from kotsukotsu.web.registers.reorganisation.look import look
from kotsukotsu.web.registers.reorganisation.model import Asked, Wish
from kotsukotsu.web.registers.reorganisation.services import reorganise
from tests.web.browser import DESK, PHONE, faults, picture, press, too_wide

DAY, BEFORE = date(2031, 4, 1), date(2031, 3, 31)
STAY = {"d0": Wish("d0", "教育委員会"), "d1": Wish("d1", "学校課", "教育委員会"), "d2": Wish("d2", "財産課")}


def wanted(*wishes, begin=(), moves=(), on=DAY):
    asked = {**STAY, **{wish.code: wish for wish in wishes}}
    return Asked(on, "組織改編", tuple(asked.values()), tuple(begin), tuple(moves))


def done(hall, asked, anew=()):
    seen = Municipality.objects.get().revision
    return reorganise(asked=asked, anew=anew, seen=seen, actor=hall["secretariat"])


def named(day):
    return {code: (row["name"], row["parent_id"]) for code, row in departments(day).items()}


MERGED = Wish("d1", "学校課", "教育委員会", ends=True, successor="財産課")
NEW = Wish("d9", "施設課", "教育委員会")


def test_before_the_day_all_is_as_it_was_and_on_it_all_is_new(hall):
    before = named(BEFORE), dict(facility_departments(BEFORE))
    done(hall, wanted(Wish("d2", "資産経営課", "教育委員会"), begin=[NEW], moves=[("市役所", "施設課"), ("f3", "d9")]))
    assert (named(BEFORE) | {"d9": None}, dict(facility_departments(BEFORE))) == (before[0] | {"d9": None}, before[1])
    assert (named(DAY)["d2"], named(DAY)["d9"]) == (("資産経営課", "d0"), ("施設課", "d0"))
    assert facility_departments(DAY) == {"f1": "d1", "f2": "d9", "f3": "d9"}
    assert Facility.objects.get(facility_id="f2").department_id == "d9"
    log = LogEntry.objects.get(verb="reorganise")
    assert (log.key, log.reason, log.after) == (
        "2031-04-01",
        "組織改編",
        {"departments": 2, "facilities": 2, "roles": 0},
    )


def test_a_department_that_ends_hands_facilities_and_roles_to_its_successor(hall):
    done(hall, wanted(MERGED))
    assert facility_departments(DAY) == {"f1": "d2", "f2": "d2", "f3": "d2"}
    assert Department.objects.get(department_id="d1").valid_to == DAY
    roles = Role.objects.filter(user__username__in=("clerk", "head")).order_by("department_id", "user__username")
    held = [(role.user.username, role.department_id, role.valid_from, role.valid_to) for role in roles]
    before = [("clerk", "d1", None, DAY), ("head", "d1", None, DAY)]
    assert held == [*before, ("clerk", "d2", DAY, None), ("head", "d2", DAY, None)]


def test_a_role_that_is_to_be_given_anew_ends(hall):
    (head, clerk) = look(wanted(MERGED)).roles
    assert (clerk.before, clerk.after, head.person) == ("学校課", "財産課", "headさん")
    done(hall, wanted(MERGED), anew=[clerk.pk])
    assert not Role.objects.on(DAY).filter(user=hall["clerk"]).exists()
    assert Role.objects.on(DAY).filter(user=hall["head"]).get().department_id == "d2"


def test_a_department_is_split_and_its_roles_end(hall):
    split = wanted(
        Wish("d1", "学校課", "教育委員会", ends=True), begin=[NEW], moves=[("f1", "施設課"), ("f3", "財産課")]
    )
    assert [one.department_id for one in look(split).roles] == ["", ""]
    done(hall, split)
    assert facility_departments(DAY) == {"f1": "d9", "f2": "d2", "f3": "d2"}
    assert not Role.objects.on(DAY).filter(department_id="d1").exists()


def test_rights_follow_the_department_of_today(hall):
    today = timezone.localdate()
    assert policy.facilities(hall["head"]) == {"f1", "f3"}
    done(hall, wanted(moves=[("体育館", "財産課")], on=today))
    fresh = type(hall["head"]).objects.get(username="head")
    assert policy.facilities(fresh) == {"f1"}


def test_twice_moved_facilities_keep_every_department_with_its_days(hall):
    done(hall, wanted(moves=[("f1", "財産課")]))
    done(hall, wanted(moves=[("f1", "教育委員会")], on=date(2032, 4, 1)))
    done(hall, wanted(moves=[("f1", "学校課")], on=date(2033, 10, 1)))
    rows, facilities = tables.rows("facility_departments"), tables.rows("facilities")
    days = (date(2020, 4, 1), DAY, date(2032, 4, 1), date(2033, 9, 30), date(2033, 10, 1))
    assert [departments_of(facilities, rows, day)["f1"] for day in days] == ["d1", "d2", "d0", "d0", "d1"]
    assert [(row["valid_from"], row["valid_to"]) for row in rows] == [
        (None, DAY), (DAY, date(2032, 4, 1)), (date(2032, 4, 1), date(2033, 10, 1)),
    ]  # fmt: skip


def test_a_row_of_other_days_keeps_its_meaning_and_its_own_columns(hall):
    FacilityDepartment.objects.create(facility_id="f1", department_id="d2", valid_from=date(2020, 4, 1),
                                      valid_to=date(2022, 4, 1), extra={"理由": "改修"})  # fmt: skip
    done(hall, wanted(moves=[("f1", "教育委員会")]))
    days = (date(2019, 4, 1), date(2021, 4, 1), BEFORE, DAY)
    assert [facility_departments(day)["f1"] for day in days] == ["d1", "d2", "d1", "d0"]
    assert FacilityDepartment.objects.get(department_id="d2").extra == {"理由": "改修"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (wanted(), "何も変わりません"),
        (wanted(Wish("d1", "学校課", "教育委員会", ends=True)), "施設「中央小学校」の行き先がありません"),
        (wanted(Wish("d0", "教育委員会", ends=True)), "上位の「教育委員会」がなくなります"),
        (wanted(Wish("d0", "教育委員会", "学校課")), "自分の下の課の下になっています"),
        (wanted(Wish("d2", "")), "新しい名称が空です"),
        (wanted(begin=[Wish("d1", "新課")]), "もう使われています"),
        (wanted(moves=[("f1", "無い課")]), "その日からの課にありません"),
        (wanted(moves=[("無い館", "財産課")]), "その日に使っている施設にありません"),
        (wanted(moves=[("f1", "")]), "新しい所管課がありません"),
        (wanted(moves=[("f1", "財産課"), ("中央小学校", "教育委員会")]), "違う所管課が二つ"),
        (wanted(MERGED, moves=[("f2", "学校課")]), "その日からの課にありません"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(hall, asked, said):
    assert any(said in problem for problem in look(asked).problems), look(asked).problems
    before = tables.rows("departments"), tables.rows("facilities")
    with pytest.raises(Exception, match="WR-15"):
        done(hall, asked)
    assert (tables.rows("departments"), tables.rows("facilities")) == before


def test_it_is_refused_where_the_registers_changed_since_or_the_actor_manages_no_accounts(hall):
    with pytest.raises(ConflictError):
        reorganise(asked=wanted(MERGED), anew=[], seen=-1, actor=hall["secretariat"])
    with pytest.raises(PermissionDenied):
        done({"secretariat": hall["head"]}, wanted(MERGED))
    assert not LogEntry.objects.filter(verb="reorganise").exists()


def test_what_stands_around_is_shown(collection, hall):
    Municipality.objects.update()
    tables.put("bodies", [{"body_id": "edu", "name": "教育委員会", "in_plan": "no", "department_id": "d1"}])
    looked = look(wanted(MERGED))
    assert {sheet.facility for sheet in looked.sheets} == {"中央小学校", "体育館"}
    assert looked.bodies == (("中央小学校", "教育委員会", "市"), ("体育館", "教育委員会", "市"))
    assert looked.named == ("報告主体：1行",)


def filled_workbook(client, **departments):
    data = client.get(reverse("reorganisation_file"), {"on": DAY.isoformat()}).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = list(book.active.iter_rows(min_row=2))
    assert next([cell.value for cell in row] for row in rows) == ["f1", "中央小学校", "学校課", "学校課"]
    for row in rows:
        row[3].value = departments.get(row[0].value, row[3].value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_day_and_a_day_that_cannot_be_read_keep_what_has_been_typed(hall, signed_in):
    typed = {
        "reason": "", "again": "on", "name.d1": "学校教育課", "parent.d1": "教育委員会",
        "name.d2": "財産課", "ends.d2": "on", "successor.d2": "学校課",
        "new.name.1": "施設課", "new.code.1": "d9", "facility.1": "体育館", "to.1": "施設課",
    }  # fmt: skip
    for day, status, shown in (("R13.4.1", 200, "令和13年4月1日"), ("いつか", 422, "いつか")):
        answer = signed_in("secretariat").post(reverse("reorganisation"), {**typed, "on": day})
        page = answer.content.decode()
        assert answer.status_code == status
        for kept in (
            f'value="{shown}"',
            'value="学校教育課"',
            'name="ends.d2" checked',
            'value="学校課"',
            'value="施設課"',
        ):
            assert kept in page
        assert "体育館\t施設課</textarea>" in page


@pytest.fixture
def opened(collection):
    """What a test in front of a real server leaves must be emptied."""
    yield
    protection.unprotect()


@pytest.mark.django_db(transaction=True)
def test_the_guided_page_from_the_day_to_the_end(opened, hall, signed_in, browse, tmp_path):
    client = signed_in("secretariat")
    (tmp_path / "課.xlsx").write_bytes(filled_workbook(client, f3="施設課"))
    page = browse(f"/registers/reorganisation/?on={DAY}", client)
    assert (faults(page), too_wide(page)) == ([], 0)
    page.get_by_label("学校課 なくなる").check()
    page.get_by_label("学校課 引き継ぐ課").fill("財産課")
    page.get_by_label("新しい課 1 名称").fill("施設課")
    page.get_by_label("貼り付ける").fill("体育館\t無い課")
    page.get_by_label("「新しい所管課」を直した Excel").set_input_files(tmp_path / "課.xlsx")
    picture(page, "reorganisation")
    press(page, "どう変わるかを見る")
    assert "「無い課」という課は" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("貼り付ける").input_value() == "体育館\t無い課\nf3\t施設課"
    picture(page, "reorganisation-problem")
    page.get_by_label("貼り付ける").fill("体育館\t施設課")
    press(page, "どう変わるかを見る")
    assert not LogEntry.objects.filter(verb="reorganise").exists()
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        assert (faults(page), too_wide(page)) == ([], 0)
        picture(page, f"reorganisation-look-{viewport['width']}")
    press(page, "戻って直す")
    assert page.get_by_label("学校課 なくなる").is_checked()
    assert page.get_by_label("学校課 引き継ぐ課").bounding_box()["width"] > PHONE["width"] * 0.8
    picture(page, "reorganisation-phone")
    assert (faults(page), too_wide(page)) == ([], 0)
    press(page, "どう変わるかを見る")
    press(page, "令和13年4月1日からの組織改編を決める")
    assert facility_departments(DAY) == {"f1": "d2", "f2": "d2", "f3": "d3"}
    assert dict(facility_departments(BEFORE)) == {"f1": "d1", "f2": "d2", "f3": "d1"}
    assert {role.department_id for role in Role.objects.on(DAY).filter(user=hall["head"])} == {"d2"}
