"""The town of the publications, with its documents."""

from __future__ import annotations

import pytest

from kotsukotsu.web.papers import making
from kotsukotsu.web.publications import services
from tests.web.publications.conftest import city, people

__all__ = ["city", "people"]


@pytest.fixture
def make(people):
    """Make a version's documents here and now, as the thread does."""

    def made(version):
        one = making.papers_make(publication=version, actor=people["jimu"])
        making.run(one.token)
        one.refresh_from_db()
        return one

    return made


@pytest.fixture
def version(city, people):
    return services.publication_prepare(fiscal_year=2014, actor=people["jimu"])
