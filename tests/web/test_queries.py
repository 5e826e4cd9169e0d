"""No page asks the database more often because there are more rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kotsukotsu.web.entries.models import Asked, Sheet
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.registers import Facility
from tests.web.conftest import FY, posted
from tests.web.test_access import answer, lines

READERS = ("secretariat", "auditor", "administrator", "clerk", "operator")


def every_page():
    """Each address that can be opened, with the first person who may."""
    for line in lines():
        who = next((one for one in READERS if line[one] == "200"), None)
        if line["method"] == "get" and who:
            yield pytest.param(line, who, id=f"{line['name']} {line['arguments']} {who}")


CONDITIONAL = 3  # a part that is there only with such rows has its own; one query for each of thirty rows would be seen


def more(collection):
    """Ten times the facilities, sheets and rows."""
    keys = [f"g{number:02d}" for number in range(30)]
    Facility.objects.bulk_create(Facility(facility_id=key, name=key, department_id="d1") for key in keys)
    sheets = Sheet.objects.bulk_create(Sheet(collection=collection, facility_id=key) for key in keys)
    Asked.objects.bulk_create(Asked(sheet=sheet, item="electricity", unit="kWh") for sheet in sheets)
    rows = [posted(key, "electricity", FY, month, "5") for key in keys for month in (4, 5)]
    tables.put("activities", [*rows, *(corrected(month) for month in range(5, 12))])
    Sheet.objects.filter(facility_id__startswith="g").update(state="submitted")


def corrected(month):
    """A row that takes the place of one of the same month."""
    old = posted("f1", "electricity", FY, month, "4")
    tables.put("activities", [old])
    return {**old, "activity_id": f"{old['activity_id']}-2", "replaces": old["activity_id"], "quantity": Decimal(5)}


def asked(client, line, who):
    with CaptureQueriesContext(connection) as queries:
        assert answer(client, line, who) == "200"
    return len(queries)


@pytest.mark.parametrize(("line", "who"), list(every_page()))
def test_a_page_asks_as_often_for_many_rows_as_for_few(collection, signed_in, line, who):
    client = signed_in(who)
    answer(client, line, who)
    few = asked(client, line, who)
    more(collection)
    answer(client, line, who)
    assert asked(client, line, who) <= few + CONDITIONAL
