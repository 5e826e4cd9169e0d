"""What is sent and answered; numbers are texts in decimal notation, so that none is rounded on its way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

PRINTED = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"  # no control characters, which no database text holds
MOST = 500  # rows in one request: a year of a building with 40 meters
Code = Annotated[str, StringConstraints(pattern=PRINTED, max_length=64)]
Named = Annotated[str, StringConstraints(pattern=PRINTED, min_length=1, max_length=64)]
Words = Annotated[str, StringConstraints(pattern=PRINTED, max_length=400)]
Number = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$")]
Year = Annotated[int, Field(ge=1990, le=2100)]
Key = Annotated[int, Field(ge=1, le=2**31 - 1)]
Place = Annotated[int, Field(ge=1, le=10**6)]


class Sent(Schema):
    """A body; what it does not know is refused, so that a slip in a name is not overlooked."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """What was wrong with one row of several."""

    index: int
    code: str
    message: str


class Said(Schema):
    """What was wrong."""

    code: str
    message: str
    data: dict[str, str] = {}
    rows: list[Problem] = []
    findings: list[dict[str, Any]] = []


class Refusal(Schema):
    """Every answer that is none."""

    error: Said


class Me(Schema):
    """Whose token it is."""

    username: str
    name: str
    rights: list[str]
    is_read_only: bool
    valid_to: date


class RegisterShape(Schema):
    """A register."""

    table: str
    name: str
    columns: list[str]
    keys: list[str]
    filters: list[str]


class RegisterRow(Schema):
    """A row of a register; `version` is sent back by who changes it."""

    id: int
    version: str
    row: dict[str, str | None]


class RegisterPage(Schema):
    """Some rows of a register."""

    count: int
    page: int
    pages: int
    rows: list[RegisterRow]


class RowSent(Sent):
    """A row to add; columns that are left out are empty."""

    row: Annotated[dict[Named, Words | None], Field(max_length=64)]
    reason: Words = ""


class RowChanged(RowSent):
    """A row as it shall be."""

    version: Named


class LedgerRow(Schema):
    """A row of the ledger that counts."""

    activity_id: str
    facility_id: str
    item: str
    meter_id: str | None
    use: str | None
    first: date
    last: date
    quantity: Number | None
    unit: str | None
    basis: str
    cost_yen: Number | None
    source: str | None
    note: str | None
    replaces: str | None
    posted_at: datetime | None
    posted_by: str | None


class Reading(Sent):
    """The use of a period, as a meter or a bill says it; `last` is the last day of use."""

    item: Named
    first: date
    last: date
    quantity: Number | None = None
    unit: Code = ""
    basis: Literal["measured", "estimated", "not_occurring"] = "measured"
    cost_yen: Number | None = None
    meter_id: Code = ""
    use: Code = ""
    note: Words = ""
    replaces: Code = ""
    reason: Words = ""


class Readings(Sent):
    """Readings of a facility in a fiscal year; all of them are taken, or none."""

    rows: Annotated[list[Reading], Field(min_length=1, max_length=MOST)]


class Posted(Schema):
    """What became of each reading: its number, and whether it had been known already."""

    index: int
    activity_id: str
    known: bool


class Taken(Schema):
    """What became of all readings."""

    rows: list[Posted]


class PublicationShape(Schema):
    """A version of a year's publication."""

    id: int
    fiscal_year: int
    number: int
    state: str
    digest: str
    moment: datetime
    published_at: datetime | None
    decided_on: date | None
    document_number: str
    reason: str


class FigureShape(Schema):
    """A figure as it was frozen."""

    name: str
    meaning: str
    value: str | None
    text: str
    unit: str
    status: str


class FileShape(Schema):
    """A frozen file."""

    name: str
    sha256: str
    address: str


class PublicationWhole(PublicationShape):
    """A version with what was frozen."""

    figures: list[FigureShape]
    files: list[FileShape]
