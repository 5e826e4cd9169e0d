"""Programs that act for the people of the hall."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kotsukotsu.web.api import tokens
from tests.web.publications.conftest import city, people

__all__ = ["city", "people"]


class Program:
    """Asks with a token; answers are read as JSON."""

    def __init__(self, secret="", **headers):
        self.client = Client(headers={"Authorization": f"Bearer {secret}", **headers} if secret else headers)

    def ask(self, method, address, body=None):
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        response = getattr(self.client, method)(f"/api/v1/{address}", **sent)
        return response.status_code, response.json() if response.content else None


def secret_of(user, *, is_read_only=False):
    """A new token of a person."""
    day = timezone.localdate() + timedelta(days=1)
    return tokens.token_make(name="計器", valid_to=day, is_read_only=is_read_only, actor=user)[1]


@pytest.fixture
def program(hall):
    """A program of a person, by their account name."""

    def made(username, *, is_read_only=False, **headers):
        return Program(secret_of(hall[username], is_read_only=is_read_only), **headers)

    return made
