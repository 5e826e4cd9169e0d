"""From the frozen version to the decision, the correction and its errata."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.ledger.post import post
from kotsukotsu.periods import JST, day_name
from kotsukotsu.sessions.session import Session
from kotsukotsu.web import backup
from kotsukotsu.web.accounts.models import LogEntry, Role
from kotsukotsu.web.common import protection
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import dated, figures, tables
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Erratum, Municipality
from kotsukotsu.web.publications import selectors, services
from kotsukotsu.web.publications.freezing import frozen, read
from kotsukotsu.web.publications.models import PUBLISHED, RETURNED, Publication, PublishedFigure, PublishedFile, Remark

DAY = timezone.localdate()


def correct(quantity, month="2014-05"):
    """One bill of the ledger is corrected, as the entry pages do it."""
    rows = tables.rows("activities")
    old = next(row for row in rows if row["start"].isoformat().startswith(month))
    new = {**old, "quantity": Decimal(quantity), "replaces": old["activity_id"], "activity_id": None, "note": "誤記"}
    made = post(rows, [new], actor="jimu", now=timezone.now().astimezone(JST))
    tables.put("activities", made)
    town = Municipality.objects.get()
    town.last_activity += len(made)
    town.save()


def prepared(people, **more):
    return services.publication_prepare(fiscal_year=2014, actor=people["jimu"], **more)


def published(people, **more):
    one = prepared(people, **more)
    services.publication_submit(publication=one, actor=people["jimu"])
    return services.publication_publish(
        publication=one, decided_on=DAY, document_number="環第12号", actor=people["riji"]
    )


def total(publication):
    return publication.figures.get(key="total")


def test_the_frozen_total_is_that_of_the_inventory(city, people):
    one = prepared(people)
    computed = Session(Database(Municipality.objects.get())).inventory(2014).total
    assert total(one).exact == computed
    assert total(one).text == f"{computed:,.0f}"
    assert one.figures.get(key="item.kerosene").exact == computed
    wanted = {"emissions.csv", "emissions.xlsx", "proof.zip", "municipality.toml"}
    assert wanted <= {file.name for file in one.files.all()}


def kept_of(publication):
    """Everything of a version that documents and later versions read."""
    files = {file.name: file.content for file in publication.files.exclude(name__in=("emissions.xlsx", "proof.zip"))}
    lines = publication.figures.values_list("key", "meaning", "text", "unit", "status", "rule")
    return list(lines), publication.policy, publication.digest, files


def test_what_is_published_is_japanese_whatever_language_its_people_read(city, people):
    first = kept_of(prepared(people))
    with texts.speaking("en"):
        assert kept_of(prepared(people)) == first
        published(people)
        correct("2000")
        second = published(people, reason="訂正")
        assert selectors.again(second.pk) == ()
    assert {row.document for row in Erratum.objects.all()} == {"平成26（2014）年度　第1版"}
    meanings = dict(second.figures.values_list("key", "meaning"))
    assert {row.place for row in Erratum.objects.all()} <= {*meanings.values()}


def test_what_is_entered_while_a_version_is_computed_is_in_it(city, people, monkeypatch):
    computed, held = dated.computed, []

    def meanwhile(*asked):
        made = computed(*asked)
        held.append(len(connection.savepoint_ids))
        if len(held) == 1:
            correct("2000")
        return made

    monkeypatch.setattr(dated, "computed", meanwhile)
    outside = len(connection.savepoint_ids)
    one = prepared(people)
    assert held == [outside, outside]  # computed once more, while others can go on
    assert total(one).exact == Session(Database(Municipality.objects.get())).inventory(2014).total
    assert selectors.today(one.pk).changed == ()
    assert selectors.again(one.pk) == ()


def test_nothing_is_locked_while_a_version_is_computed(city, people, monkeypatch):
    computed, held = dated.computed, []
    monkeypatch.setattr(
        dated, "computed", lambda *asked: held.append(len(connection.savepoint_ids)) or computed(*asked)
    )
    outside = len(connection.savepoint_ids)
    prepared(people)
    assert held == [outside]


def test_what_is_kept_reads_back_as_it_was_frozen(city, people):
    one = prepared(people)
    with figures.opened() as session:
        made = frozen(session, 2014, one.made_on, with_files=False)
    assert read(one.figures.all()) == made.numbers
    assert one.digest == made.digest


def test_a_backup_brings_a_published_version_back_and_protects_it_again(city, people):
    one = published(people)
    before, data = read(one.figures.all()), backup.packed()
    protection.unprotect()
    for model in reversed(backup.kept_models()):
        model._base_manager.all()._raw_delete("default")
    protection.protect()
    backup.unpack(data)
    again = Publication.objects.get()
    assert (read(again.figures.all()), again.digest) == (before, one.digest)
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        Publication.objects.update(reason="x")


def test_the_decision_needs_another_person(city, people):
    Role.objects.create(user=people["jimu"], kind="executive")
    one = prepared(people)
    services.publication_submit(publication=one, actor=people["jimu"])
    with pytest.raises(WebError, match="WP-07"):
        services.publication_publish(publication=one, decided_on=DAY, actor=people["jimu"])
    services.publication_publish(publication=one, decided_on=DAY, actor=people["riji"])
    assert Publication.objects.get().state == PUBLISHED


@pytest.mark.parametrize("who", ["riji", "kansa"])
def test_only_the_secretariat_prepares(city, people, who):
    with pytest.raises(PermissionDenied):
        services.publication_prepare(fiscal_year=2014, actor=people[who])


@pytest.mark.parametrize("who", ["jimu", "kansa"])
def test_only_an_executive_decides(city, people, who):
    one = prepared(people)
    services.publication_submit(publication=one, actor=people["jimu"])
    with pytest.raises(PermissionDenied):
        services.publication_publish(publication=one, decided_on=DAY, actor=people[who])


def test_a_version_is_not_published_before_it_is_submitted(city, people):
    one = prepared(people)
    with pytest.raises(ConflictError, match="WP-03"):
        services.publication_publish(publication=one, decided_on=DAY, actor=people["riji"])


def test_a_version_that_the_data_no_longer_give_is_refused(city, people):
    one = prepared(people)
    services.publication_submit(publication=one, actor=people["jimu"])
    correct("2000")
    with pytest.raises(WebError, match="WP-05"):
        services.publication_publish(publication=one, decided_on=DAY, actor=people["riji"])
    assert Publication.objects.get().state != PUBLISHED


def test_an_incomplete_year_cannot_be_prepared_and_the_error_names_the_month(people, town):
    from kotsukotsu.web.municipalities import folders

    town.own("electricity", "0.0005")
    for fy, last in ((2013, 13), (2014, 12)):
        for month in range(4, last):
            town.month("electricity", f"{fy}-{month:02}", "1000")
        town.month("electricity", f"{fy + 1}-01", "1000")
    town.write()
    folders.city_import(source=town.path, actor=people["jimu"])
    with pytest.raises(WebError, match="WP-02") as caught:
        prepared(people)
    assert "12月" in " ".join(f"{one.where} {one.message()}" for one in caught.value.findings)


def test_who_decides_sees_on_the_first_page_what_awaits_the_decision(city, people, client):
    version = services.publication_prepare(fiscal_year=2014, actor=people["jimu"])
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    address = f'href="/publications/{version.pk}/"'
    for who, seen in (("riji", False), ("jimu", False)):
        client.force_login(people[who], backend=backend)
        assert (address in client.get("/").content.decode()) is seen
    services.publication_submit(publication=version, actor=people["jimu"])
    for who, seen in (("riji", True), ("jimu", False)):
        client.force_login(people[who], backend=backend)
        assert (address in client.get("/").content.decode()) is seen


def test_a_returned_version_carries_the_reason_and_can_be_submitted_again(city, people):
    one = prepared(people)
    services.publication_submit(publication=one, actor=people["jimu"])
    services.publication_return(publication=one, reason="5月の灯油を確かめてください", actor=people["riji"])
    assert Publication.objects.get().state == RETURNED
    assert Remark.objects.get().text == "5月の灯油を確かめてください"
    services.publication_submit(publication=one, actor=people["jimu"])


def test_a_correction_needs_a_reason_and_gives_its_errata(city, people, client):
    first = published(people)
    correct("2000")
    with pytest.raises(WebError, match="WP-01"):
        prepared(people)
    second = published(people, reason="灯油の請求の転記誤り")
    assert (first.number, second.number) == (1, 2)
    wrong, right = total(first), total(second)
    assert right.exact == Session(Database(Municipality.objects.get())).inventory(2014).total > wrong.exact
    changes = {change.key: change for change in selectors.corrections(second)}
    assert (changes["total"].before, changes["total"].after) == (wrong.text, right.text)
    old, new = (dict(version.figures.values_list("key", "text")) for version in (first, second))
    told = {change.key: (change.before, change.after) for change in changes.values()}
    assert told == {key: (text, new[key]) for key, text in old.items() if new[key] != text}  # number by number
    printed = {row.place: row for row in Erratum.objects.all()}
    assert printed["総排出量"].wrong == f"{wrong.text} t-CO2e"
    assert printed["総排出量"].right == f"{right.text} t-CO2e"
    assert printed["総排出量"].reason == "灯油の請求の転記誤り"
    assert printed["総排出量"].document == "平成26（2014）年度　第1版"
    client.force_login(people["kansa"], backend="allauth.account.auth_backends.AuthenticationBackend")
    old, new = (client.get(f"/publications/{one.pk}/").content.decode() for one in (first, second))
    assert f'次の版で訂正しています：<a href="/publications/{second.pk}/">' in old
    assert "次の版で訂正しています" not in new
    errata = new[new.index("<h2>正誤表") : new.index("<h2>数値")]
    for said in ("訂正の理由：灯油の請求の転記誤り", f"決裁日：{day_name(DAY)}　環第12号", "決裁した人：rijiさん"):
        assert said in errata


def test_a_closed_year_stays_as_it_is_and_says_what_changed(city, people):
    one = published(people)
    frozen = total(one).text
    correct("2000")
    assert total(Publication.objects.get()).text == frozen
    assert {change.key for change in selectors.today(one.pk).changed} >= {"total", "item.kerosene", "facility.f1"}


def test_computing_again_from_the_ledger_of_that_moment_agrees(city, people):
    one = published(people)
    correct("2000")
    assert selectors.again(one.pk) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Publication.objects.update(reason="x"),
        lambda: Publication.objects.all()._raw_delete("default"),
        lambda: PublishedFigure.objects.filter(key="total").update(text="1"),
        lambda: PublishedFigure.objects.all()._raw_delete("default"),
        lambda: PublishedFile.objects.filter(name="emissions.csv").update(sha256="0"),
        lambda: PublishedFile.objects.all()._raw_delete("default"),
        lambda: PublishedFigure.objects.create(
            publication=Publication.objects.get(), position=999, key="new", meaning="x", text="1", unit="t", rule="x"
        ),
    ],
)
def test_the_database_itself_refuses_to_change_what_is_published(city, people, change):
    published(people)
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        change()


PUBLISHED_ONE = "(SELECT id FROM publications_publication WHERE state = 'published')"
INSTEAD = (
    f"REPLACE INTO publications_publication SELECT * FROM publications_publication WHERE id = {PUBLISHED_ONE}",
    "UPDATE OR REPLACE publications_publication SET number = 1, fiscal_year = 2014 WHERE state = 'draft'",
    f"UPDATE OR REPLACE publications_publication SET id = {PUBLISHED_ONE} WHERE state = 'draft'",
    f"""REPLACE INTO publications_publishedfigure (id, publication_id, position, key, meaning, text, unit, status, rule)
        SELECT f.id, p.id, 999, 'x', '', '', '', '', ''
        FROM publications_publishedfigure f, publications_publication p
        WHERE f.publication_id = {PUBLISHED_ONE} AND p.state = 'draft' LIMIT 1""",
)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's; see test_protection for PostgreSQL")
@pytest.mark.parametrize("statement", INSTEAD)
def test_the_database_lets_no_other_row_take_the_place_of_what_is_published(city, people, statement):
    one = published(people)
    services.publication_prepare(fiscal_year=2013, actor=people["jimu"])
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert total(one).text == total(Publication.objects.get(state=PUBLISHED)).text


def test_an_open_version_is_made_anew(city, people):
    prepared(people)
    again = prepared(people)
    assert list(Publication.objects.all()) == [again]


def test_every_step_is_in_the_log(city, people):
    one = published(people)
    verbs = LogEntry.objects.filter(kind="publication", key=str(one)).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["prepare", "submit", "publish"]
