"""Pages show what the engine computes, each number leads back to its bills, and who may not see does not."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.documents.yearly.measures import kpi_table
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import printed
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.common import protection
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.common.templatetags import words
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.municipalities.figures import opened
from kotsukotsu.web.municipalities.models import Facility
from kotsukotsu.web.seeing import indicators, listing, results, scope, sheets, traces, views
from kotsukotsu.web.seeing.templatetags.seeing import change_of, findings_counted
from tests.web.language import left_japanese, own_words
from tests.web.seeing.conftest import filled

pytestmark = pytest.mark.django_db
PAGES = ("/2024/", "/2024/facilities/", "/2024/facilities/f1/", "/2024/departments/d0/", "/2024/trace/",
         "/2024/trace/?item=electricity", "/2024/facilities/f1/trace/?item=electricity")  # fmt: skip


def test_the_city_page_shows_the_engines_total(city, signed_in):
    total = printed(Session(city).inventory(2024).total, 0)
    assert f">{total}<" in signed_in("jimu").get("/2024/").content.decode()


def test_parts_add_up_to_the_whole_and_to_the_same_lines(city):
    whole = Session(city).inventory(2024)
    parts = [whole.part({f"f{number}"}) for number in range(1, 6)]
    assert sum((part.total for part in parts), Decimal(0)) == whole.total
    assert sum((part.base_total for part in parts), Decimal(0)) == whole.base_total
    assert sum(len(part.groups) for part in parts) == len(whole.groups)
    assert whole.part({"f9"}).total == 0
    assert whole.part({"f9"}).base_total is None


def test_rows_of_a_facility_are_those_of_the_year_that_are_its_own(city):
    session = Session(city)
    own = [group for group in session.single_rows(2024) if group.facility_id == "f2"]
    assert sorted(session.single_rows(2024, "f2"), key=str) == sorted(own, key=str)
    assert len(own) == 13


@pytest.mark.parametrize(("kind", "item", "count"), [("city", "", 4), ("city", "electricity", 5),
                                                     ("facility", "", 4), ("facility", "electricity", 12)])  # fmt: skip
def test_each_level_of_a_trace_adds_up_to_the_number_above_it(city, people, kind, item, count):
    where = scope.whole() if kind == "city" else scope.facility("f1")
    inventory = results.result(2024).inventory
    part = inventory if kind == "city" else inventory.part({"f1"})
    if traces.is_row_level(where, item):
        found = traces.rows(where, 2024, item)
        lines = [row["thirds"] for row in found.rows]
    else:
        found = traces.by(part, Session(city), "facility" if item else "item", item)
        lines = [step.thirds for step in found.steps]
    assert sum(map(Decimal, lines)) == Decimal(found.thirds) == Decimal(traces.whole_of(part, item))
    assert len(lines) == (count if item else len({line.item for line in part.lines}))


def test_a_bill_names_its_factor_with_article_period_and_who_entered_it(city, signed_in):
    page = signed_in("jimu").get("/2024/facilities/f1/trace/?item=electricity").content.decode()
    assert "市の資料" in page
    assert "0.5" in page
    assert "令和6年4月1日～令和6年4月30日" in page
    assert not re.search(r"\d{4}-\d\d-\d\d", re.sub(r"<[^>]*>", "", page)), "days of the factors too"


def test_a_facility_names_who_enters_for_it_or_for_the_department_above(city, people):
    assert dict(listing.head("f1", 2024))["担当者"] == "schoolさん"
    assert "担当者" not in dict(listing.head("f3", 2024))
    above = User.objects.create(username="above", name="教育 総務")
    Role.objects.create(user=above, kind="facility_manager", department_id="d0")
    assert dict(listing.head("f3", 2024))["担当者"] == "教育 総務"  # f3 is of d1, which is below d0
    assert dict(listing.head("f1", 2024))["担当者"] == "schoolさん"
    Role.objects.filter(user=above).update(valid_to=timezone.localdate())
    assert "担当者" not in dict(listing.head("f3", 2024))


def test_a_facility_shows_its_months_which_add_up_beside_those_of_the_year_before(city, people):
    where = scope.facility("f2")
    chart = sheets.sheet_of(where, results.overview_of(where, 2024))[1]["months"]
    twelve, (rest,) = chart.table.rows[:12], chart.table.rows[12:]
    for column, year in enumerate((2024, 2023), 1):
        whole = results.result(year).inventory.part({"f2"}).total
        assert sum(row[column].exact for row in (*twelve, rest)) == whole
        assert FiscalYear(year).name in chart.pictures[0]
    assert "<svg" in chart.pictures[0]


def test_a_facility_stands_among_all_of_its_use_in_every_year(city, people):
    where = scope.facility("f2")
    chart = sheets.sheet_of(where, results.overview_of(where, 2024))[1]["peers"]
    emissions = [results.result(2024).inventory.part({f"f{number}"}).total for number in range(1, 6)]
    table = {row[0]: row[1:] for row in chart.table.rows}
    own, _, median, _, count = table["令和6（2024）年度"]
    assert (own.exact, median.exact) == (emissions[1], sorted(emissions)[2])  # 1,000 m2 each: t = kg/m2
    assert count.text == "5"
    assert {row[0]: row[1].text for row in chart.table.rows}["平成26（2014）年度"] == "－"
    assert chart.title.startswith("小学校 5 施設の中で、排出量の少ない四分の一")


@pytest.mark.parametrize(("area", "said"), [("1000", "1,000 m2"), ("9480.50", "9,480.5 m2"), ("12", "12 m2")])
def test_the_floor_area_keeps_its_zeros(city, area, said):
    Facility.objects.filter(facility_id="f1").update(floor_area_m2=Decimal(area))
    assert dict(listing.head("f1", 2024))["延床面積"] == said


def test_the_first_page_has_the_city_in_short_with_charts_for_who_decides(city, signed_in):
    total = results.overview_of(scope.whole(), 2024).totals.total.text
    short = signed_in("jimu").get("/2024/glance/").content.decode()
    assert total in short
    assert "<figure>" not in short
    assert "指摘 0件" in short
    Role.objects.filter(user__username="jimu").update(kind="executive")
    page = signed_in("jimu").get("/2024/glance/").content.decode()
    assert total in page
    assert "決裁を待つ公表の案はありません" in signed_in("jimu").get("/").content.decode()
    assert page.count("<figure>") == len(("years", "path", "causes"))
    base = (
        signed_in("jimu").get("/2013/glance/").content.decode()
    )  # nothing to compare with: the items instead of causes
    assert base.count("<figure>") == len(("years", "path", "items"))
    wide, narrow = (re.search(rf"<svg[^>]*path-{size}.*?</svg>", page, re.DOTALL)[0] for size in ("wide", "narrow"))
    assert (wide.count("令和"), narrow.count("令和")) == (5, 4)  # on a phone 令和17 has no room beside 令和12
    assert "令和17" in wide
    assert "令和17" not in narrow


def test_the_city_page_has_the_indicators_of_the_yearly_report(city, signed_in):
    inventory = results.result(2024).inventory
    with opened() as session:
        wanted = kpi_table(kpis_of(session.city, 2024, inventory)[0], 2024)
    chart, _ = indicators.shown_of(2024, inventory.policy.rounding)
    assert wanted.rows
    assert chart.table == wanted
    page = signed_in("jimu").get("/2024/").content.decode()
    assert all(row[0] in page for row in wanted.rows)
    assert page.count(f">{wanted.rows[0][0]}") > 1  # as a bar and in its table


def test_the_tables_of_the_city_are_folded_and_open_where_somebody_sorts(city, signed_in):
    client = signed_in("jimu")
    folded = re.findall(r'<details class="part" id="(\w+)"( open)?>', client.get("/2024/").content.decode())
    assert folded == [("items", ""), ("ranking", ""), ("statuses", ""), ("findings", "")]
    assert '<details class="part" id="ranking" open>' in client.get("/2024/?sort=name").content.decode()


def test_figures_of_a_moment_ago_are_said_to_be_so(city, signed_in, monkeypatch):
    client = signed_in("jimu")
    assert "少し前の数値です" not in client.get("/2024/").content.decode()
    now = views.dated_of(scope.whole(), 2024)
    monkeypatch.setattr(views, "latest", lambda *_, **__: replace(now, is_latest=False))
    page = client.get("/2024/").content.decode()
    assert "少し前の数値です" in page
    assert f"{timezone.localtime(now.at):%H:%M:%S} までの入力" in page


def test_a_year_without_rows_says_so_and_gives_no_total(city, signed_in):
    page = signed_in("jimu").get("/2020/").content.decode()
    assert "この年度の記録はまだありません。" in page
    assert "t-CO2e" not in page


def test_a_year_that_cannot_be_computed_says_why_and_gives_no_total(people, signed_in, tmp_path):
    path = filled(tmp_path / "no_factor", 1)
    (path / "factors" / "own.csv").unlink()
    folders.city_import(source=path, actor=people["jimu"])
    page = signed_in("jimu").get("/2024/").content.decode()
    assert "算定できない行があるため、合計を出していません。" in page
    assert "A-01" in page


def test_a_manager_sees_the_own_facility_and_no_other_in_the_list(city, signed_in):
    client = signed_in("school")
    page = client.get("/2024/facilities/").content.decode()
    assert "第1小学校" in page
    assert "第2小学校" not in page
    assert client.get("/2024/facilities/f2/").status_code == 404
    assert client.get("/2024/facilities/f2/trace/").status_code == 404
    assert client.get("/2024/departments/d0/").status_code == 404
    assert client.get("/2024/trace/?item=electricity").status_code == 403


def test_an_item_that_a_part_does_not_have_has_no_trace(city, signed_in):
    assert signed_in("jimu").get("/2024/trace/?item=jet_fuel").status_code == 404


def test_the_ranking_is_sorted_by_its_address(city, signed_in):
    page = signed_in("jimu").get("/2024/?sort=tonnes").content.decode()
    ranking = page[page.index('id="ranking"') :]
    assert ranking.index("第1小学校") < ranking.index("第5小学校")


def test_the_ranking_and_the_list_of_facilities_are_in_pages_that_keep_their_order(city, signed_in, monkeypatch):
    monkeypatch.setattr(views, "ROWS", 2)
    page = signed_in("jimu").get("/2024/?sort=tonnes&page=2").content.decode()
    ranking = page[page.index('id="ranking"') :]
    assert re.findall(r'<th scope="row"><a href="/2024/facilities/(f\d)/"', ranking) == ["f3", "f4"]
    assert 'href="?sort=tonnes&amp;page=3#ranking"' in ranking
    found = signed_in("jimu").get("/2024/facilities/?department=d0&sort=-tonnes").content.decode()
    assert re.findall(r'<th scope="row"><a href="/2024/facilities/(f\d)/"', found) == ["f4", "f2"]


def test_a_change_is_told_by_sign_word_and_colour(city):
    found = results.overview_of(scope.whole(), 2024)
    assert str(change_of(found.totals.rate)).startswith('<span class="less">△')
    assert "↓ 減" in str(change_of(found.totals.rate))


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_no_page_asks_more_when_there_are_more_facilities(city, people, signed_in, tmp_path):
    client = signed_in("jimu")
    few = {address: queries(client, address) for address in PAGES}
    more = [Facility(facility_id=f"g{number}", name=f"施設{number}", use="庁舎") for number in range(60)]
    for place, one in enumerate(more, start=Facility.objects.count() + 1):
        one.position = place
        one.save()
    assert {address: queries(client, address) for address in PAGES} == few
    assert max(few.values()) < 25


def test_what_stands_below_the_headline_stands_there_at_every_visit(city, signed_in):
    client = signed_in("jimu")
    made = views.dated_of(scope.whole(), 2024).made
    assert made["below"]
    for _ in range(2):
        page = client.get("/2024/").content.decode()
        assert all(words.unbroken(sentence) in page for sentence in made["below"])


@pytest.mark.parametrize("part", [scope.whole, lambda: scope.facility("f1")], ids=["city", "facility"])
def test_what_a_page_shows_is_the_same_when_it_comes_from_another_process(city, part):
    made = views.dated_of(part(), 2024).made
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.fixture
def lacking(people, tmp_path):
    """Two facilities, the first without a month of 2024."""
    path = filled(tmp_path / "two", 2)
    file = path / "activities.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(one for one in lines if ",f1,electricity,2024-12-01," not in one), encoding="utf-8")
    folders.city_import(source=path, actor=people["jimu"])
    yield
    protection.unprotect()


def test_findings_are_said_in_the_language_of_each_reader(lacking):
    for _ in range(2):
        for language, item in (("ja", "電気（買電）"), ("en", "Purchased electricity")):
            with texts.speaking(language):
                found = results.result(2024).findings
                months = next(one for one in found if one.code == "C-01")
                assert item in months.where
                assert ("2024年12月" in months.message()) == (language == "ja")


@pytest.mark.parametrize("address", ["/", *PAGES, "/plan/", "/collections/"])
def test_a_page_of_figures_says_nothing_japanese_in_english_but_what_the_city_wrote(lacking, signed_in, address):
    client = signed_in("jimu")
    client.cookies[COOKIE] = "en"
    assert left_japanese(client.get(address).content.decode(), own_words()) == []


def test_what_lacks_a_month_is_compared_with_nothing_and_what_is_whole_still_is(lacking, signed_in):
    client = signed_in("jimu")
    for address in ("/2024/", "/2024/glance/", "/2024/facilities/f1/"):
        page = client.get(address).content.decode()
        assert "まだそろっていません" in page
        assert not any(word in page for word in ("減りました", "減少しました", "目標の線を", "基準年度より"))
    items = client.get("/2024/").content.decode()
    assert items[items.index('id="items"') : items.index('id="ranking"')].count('class="less"') == 0
    whole = client.get("/2024/facilities/f2/").content.decode()
    assert "減りました" in whole or "減少しました" in whole


def test_findings_are_counted_by_their_weight():
    assert findings_counted([Finding("A-17"), Finding("A-15"), Finding("A-16")]) == "注意 1件　参考 2件"
