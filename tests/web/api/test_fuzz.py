"""Whatever is sent, the interface answers in its own words: schemathesis makes it up from the description."""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotsukotsu.web.api.interface import api
from kotsukotsu.web.wsgi import application
from tests.web.api.conftest import secret_of

# Few in the tests, many in `make bench`.
EXAMPLES = int(os.environ.get("KOTSUKOTSU_FUZZ", "12"))
NOT_ALLOWED = 405
tried = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.fixture
def kept_open():
    """The test's transaction goes on after a request, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answered(case, secret):
    """The status; a refusal has its code and its words."""
    response = case.call(headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code < 500, case.as_curl_command()
    if response.status_code >= 400 and response.status_code != NOT_ALLOWED:
        error = response.json()["error"]
        assert error["code"], case.as_curl_command()
        assert error["message"], case.as_curl_command()
    return response.status_code


def test_nothing_that_is_sent_breaks_it(collection, hall, kept_open):
    secret, seen = secret_of(hall["secretariat"]), set()
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [one.ok() for one in described.get_all_operations()]
    assert len(operations) == sum(len(ways) for ways in api.get_openapi_schema()["paths"].values())
    for operation in operations:
        good = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
        bad = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
        tried(given(case=st.one_of(good, bad))(lambda case: seen.add(answered(case, secret))))()
    assert {200, 404, 422} <= seen
