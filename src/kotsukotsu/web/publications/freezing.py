"""From the city as it is now to the figures and files of a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.documents.data_files import downloads
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.proof.bundle import proof, zipped
from kotsukotsu.documents.published import numbers
from kotsukotsu.documents.registry import Behind, Number
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.publication import Publication as Gathered
from kotsukotsu.sessions.publication import publication as gathered
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.publications.models import Preparing, Publication, PublishedFigure

PROOF = "proof"
LANGUAGE = "ja"  # what is published is Japanese, whatever the people who prepare and decide it read


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a version consists of.

    Attributes
    ----------
    hindrances : tuple of Finding
        Open findings that forbid to publish: a quantity is missing, or a check of the ledger says error.
    """

    numbers: tuple[Number, ...]
    files: Mapping[str, bytes]
    policy: tuple[tuple[str, str], ...]
    catalogue_version: str
    hindrances: tuple[Finding, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over all figures."""
        return digest(self.numbers)


def frozen(
    session: Session, fy: int, made: date, *, with_files: bool, step: Callable[..., None] = lambda *_: None
) -> Frozen:
    """A year of a city as it is in a session.

    Parameters
    ----------
    step : callable
        Called at the end of each fiscal year, of the figures, the files and the checks.

    Raises
    ------
    FactorError
        If rows cannot be computed; it carries their findings.
    """
    whole = gathered(session, fy, made, step)
    with texts.speaking(LANGUAGE):
        found = whole.overview()
        numbers = _numbers(whole, found, fy)
        step()
        files = _files(whole, found) if with_files else {}
    step()
    in_the_way = hindrances(session, fy, made)
    step()
    return Frozen(numbers, files, found.policy, found.catalogue, in_the_way)


def _files(whole: Gathered, found: Overview) -> dict[str, bytes]:
    files = downloads(found, whole.results, whole.names)
    files[f"{PROOF}.zip"] = zipped(proof(found, whole.results, whole.traces, whole.names), PROOF)
    files["municipality.toml"] = Municipality.objects.get().settings_toml.encode()
    return files


def _numbers(computed: Gathered, found: Overview, fy: int) -> tuple[Number, ...]:
    """The figures of a year; none where it is not complete."""
    return numbers(found) if found.year.fy == fy and is_complete(computed.findings[fy]) else ()


def whole(fy: int, token: UUID | None = None) -> Frozen:
    """The year as the city's data give it now, with all its files.

    Parameters
    ----------
    token : UUID, optional
        Of the `Preparing` that is told how far it is.

    Raises
    ------
    FactorError
        If rows cannot be computed; it carries their findings.
    """
    with figures.opened() as session:
        steps, done = fy + 1 - session.city.base_fy + 3, count(1)

        def step(*_: object) -> None:
            Preparing.objects.filter(token=token).update(done=next(done), steps=steps)

        return frozen(session, fy, timezone.localdate(), with_files=True, step=step)


def now(fy: int, made: date) -> Frozen:
    """The year as the city's data give it now, without files; kept until they change."""
    kept: Frozen = figures.kept("frozen", lambda session: frozen(session, fy, made, with_files=False), fy, made)
    return kept


def then(fy: int, made: date, moment: datetime) -> tuple[Number, ...]:
    """The figures of the year from the ledger as it stood at a moment; what hindered it then is not asked again."""
    computed = gathered(Session(Database(Municipality.objects.get()), moment), fy, made)
    with texts.speaking(LANGUAGE):
        return _numbers(computed, computed.overview(), fy)


def hindrances(session: Session, fy: int, today: date) -> tuple[Finding, ...]:
    """Why a year cannot be published yet."""
    return (*session.lacking(fy), *session.errors(fy, today))


def digest(numbers: Iterable[Number]) -> str:
    """SHA-256 over key, exact value and text of every number."""
    lines = [[one.key, None if one.figure.exact is None else plain(one.figure.exact), one.figure.text]
             for one in numbers]  # fmt: skip
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def stored(publication: Publication, position: int, number: Number) -> PublishedFigure:
    """A number as the database keeps it, not yet saved."""
    figure = number.figure
    return PublishedFigure(
        publication=publication, position=position, key=number.key, meaning=number.meaning, exact=figure.exact,
        printed=figure.printed, text=figure.text, unit=figure.unit, status=figure.status, rule=number.rule,
        behind=asdict(number.behind) if number.behind else None,
    )  # fmt: skip


def read(kept: Iterable[PublishedFigure]) -> tuple[Number, ...]:
    """Numbers as the database kept them."""
    return tuple(
        Number(
            one.key, one.meaning, Figure(_decimal(one.exact), _decimal(one.printed), one.text, one.unit, one.status),
            one.rule, _behind(one.behind),
        )
        for one in kept
    )  # fmt: skip


def _behind(kept: dict[str, Any] | None) -> Behind | None:
    return Behind(**{**kept, "sectors": tuple(kept["sectors"])}) if kept else None


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
