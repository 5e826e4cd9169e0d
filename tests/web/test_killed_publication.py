"""A process killed while it makes, publishes or restores leaves the state before or after, never between."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kotsukotsu.web.settings.database import FILE
from tests.base.town import Town
from tests.web.publications.conftest import two_years

ROOT = Path(__file__).parents[2]
SETTING = """
import django; django.setup()
import sys
from pathlib import Path
from uuid import UUID
from kotsukotsu.web import backup
from kotsukotsu.web.serving import prepare
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.papers import making
from kotsukotsu.web.papers.models import Making
from kotsukotsu.web.publications import services
from kotsukotsu.web.publications.models import Publication
making._launch = lambda token: None  # what is killed is begun by the test
"""
BEGIN = """
prepare()
jimu, riji = (User.objects.create(username=name, name=name) for name in ("jimu", "riji"))
Role.objects.create(user=jimu, kind="secretariat"); Role.objects.create(user=riji, kind="executive")
folders.city_import(source=Path(sys.argv[1]), actor=jimu)
version = services.publication_prepare(fiscal_year=2014, actor=jimu)
print(making.papers_make(publication=version, actor=jimu).token)
"""
SUBMIT = """
files = {f"{number}.pdf": bytes(100_000) for number in range(18)}
making._keep(Making.objects.get(), files, files)
services.publication_submit(publication=Publication.objects.get(), actor=User.objects.get(username="jimu"))
"""
EMPTY = "prepare()"
AMONG_THE_FILES = 20  # of 36 that are inserted


def clean(home):
    """The environment of a person, without what the tests set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}
    return {**kept, "KOTSUKOTSU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "kotsukotsu.web.settings"}


def done(home, script, *arguments):
    child = [sys.executable, "-c", SETTING + script, *map(str, arguments)]
    return subprocess.run(child, env=clean(home), check=True, capture_output=True, text=True).stdout.strip()


def killed(home, moment, *arguments):
    child = [sys.executable, "tests/killing.py", str(moment), *map(str, arguments)]
    return subprocess.run(child, env=clean(home), cwd=ROOT, check=False, capture_output=True, text=True)


def at(home, question):
    with closing(sqlite3.connect(home / FILE)) as connection:
        return connection.execute(question).fetchall()


def state(home):
    """Everything that a publication changes."""
    return [
        at(home, f"SELECT * FROM {table} ORDER BY id")
        for table in ("publications_publication", "publications_publishedfile", "papers_paper", "accounts_logentry")
    ]


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A prepared version whose documents were begun; the home and the making's token."""
    folder = tmp_path_factory.mktemp("killed")
    town = Town(folder / "town")
    two_years(town)
    token = done(folder / "begun", BEGIN, town.path)
    return folder / "begun", token


@pytest.fixture(scope="module")
def submitted(begun):
    home = begun[0].with_name("submitted")
    shutil.copytree(begun[0], home)
    done(home, SUBMIT)
    return home


def copied(home, name):
    made = home.with_name(name)
    shutil.copytree(home, made)
    return made


def moments(total):
    """In the middle and at the last statement."""
    return total // 2, total


def test_documents_appear_all_or_not_at_all(begun):
    home, token = begun
    one = copied(home, "make")
    assert killed(one, AMONG_THE_FILES, "make", token).returncode == -signal.SIGKILL
    assert at(one, "SELECT count(*) FROM papers_paper") == [(0,)]
    assert at(one, "SELECT state, done > 0 FROM papers_making") == [("running", 1)]


def test_a_publication_is_decided_with_all_its_files_or_not_at_all(submitted):
    whole = copied(submitted, "publish-whole")
    total = int(killed(whole, 0, "publish", 1).stdout.splitlines()[-1])
    assert at(whole, "SELECT state FROM publications_publication") == [("published",)]
    before = state(submitted)
    for moment in moments(total):
        one = copied(submitted, f"publish-{moment}")
        assert killed(one, moment, "publish", 1).returncode == -signal.SIGKILL
        assert state(one) == before
    last = submitted.with_name(f"publish-{total}")  # and it can be decided afterwards
    assert killed(last, 0, "publish", 1).returncode == 0
    assert at(last, "SELECT count(*) FROM papers_paper") == [(0,)]
    assert at(last, "SELECT name, sha256 FROM publications_publishedfile ORDER BY name") == at(
        whole, "SELECT name, sha256 FROM publications_publishedfile ORDER BY name"
    )


def test_a_restore_leaves_an_empty_database_or_the_whole_city(submitted, tmp_path):
    file, empty = tmp_path / "city.zip", tmp_path / "empty"
    done(submitted, "backup.backup(file=Path(sys.argv[1]))", file)
    done(empty, EMPTY)
    whole = copied(empty, "restore-whole")
    total = int(killed(whole, 0, "restore", file).stdout.splitlines()[-1])
    assert state(whole) == state(submitted)
    for moment in moments(total):
        one = copied(empty, f"restore-{moment}")
        assert killed(one, moment, "restore", file).returncode == -signal.SIGKILL
        assert state(one) == [[], [], [], []]
        assert at(one, "SELECT count(*) FROM entries_activity") == [(0,)]
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        assert at(one, triggers) == at(empty, triggers)
