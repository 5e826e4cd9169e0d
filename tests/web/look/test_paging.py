"""Long lists: narrowed, ordered and in pages by their address."""

from __future__ import annotations

from django.template import Context, Template
from django.test import RequestFactory

from kotsukotsu.web.look.narrowing import Column, narrowed, one
from kotsukotsu.web.look.paging import paged


def links(address, count=30, size=10, anchor=""):
    request = RequestFactory().get(address)
    page = paged(request, range(count), size)
    template = Template(f'{{% load look %}}{{% page_links page "{anchor}" %}}')
    return page, template.render(Context({"request": request, "page": page}))


def test_a_page_of_a_list_keeps_what_else_its_address_asks_for():
    page, made = links("/?sort=-tonnes&q=学校&page=2", anchor="list")
    assert list(page.object_list) == list(range(10, 20))
    assert 'href="?sort=-tonnes&amp;q=%E5%AD%A6%E6%A0%A1&amp;page=1#list"' in made
    assert made.count('aria-current="page"') == 1
    assert "全30件のうち11～20件目" in made


def test_a_list_of_one_page_has_no_links_and_a_page_that_is_not_there_is_the_nearest():
    assert links("/", count=10)[1].strip() == ""
    assert links("/?page=99")[0].number == 3
    assert links("/?page=x")[0].number == 1


def test_another_order_begins_with_its_first_page():
    request = RequestFactory().get("/?page=3&q=x")
    made = Template('{% load look %}{% sort_heading "size" "大きさ" anchor="list" %}').render(
        Context({"request": request})
    )
    assert 'href="?q=x&amp;sort=size#list"' in made


def test_a_list_is_narrowed_by_a_word_and_by_the_values_that_occur():
    rows = [("中央小学校", "d1", "学校課"), ("市役所", "d2", "財産課"), ("北小学校", "d1", "学校課"), ("車庫", "", "")]
    columns = [Column("department", "web.department", lambda row: one(row[1], row[2]))]

    def ask(address):
        return narrowed(RequestFactory().get(address), rows, lambda row: row[0], columns)

    assert ask("/").rows == rows
    assert not ask("/").is_narrow
    assert ask("/").choices[0].options == (("d1", "学校課"), ("d2", "財産課"))
    assert [row[0] for row in ask("/?q=小&department=d1").rows] == ["中央小学校", "北小学校"]
    assert ask("/?department=d9").rows == []
    assert ask("/?department=d9").is_narrow
