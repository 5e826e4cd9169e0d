"""Sessions in the database, with their end: every request reads one, and moves its end at most once in a while."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from kotsukotsu.web.common.writing import in_line_of_sqlite

# The end of a session in use moves at most this often, so that reading a page seldom writes. [s]
STEP = 60
LATELY = 1024  # sessions that are at hand
READ = "SELECT session_data, expire_date < %s FROM django_session WHERE session_key = %s AND expire_date > %s"
PROLONG = "UPDATE django_session SET expire_date = %s WHERE session_key = %s"


class SessionStore(db.SessionStore):
    """A session.

    Attributes
    ----------
    is_due : bool
        Whether its end stands where it was set more than `STEP` ago.
    """

    is_due = False

    def load(self) -> dict[str, Any]:
        """What it holds; nothing where there is none of that key, or where it has ended."""
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(READ, [_kept(_end(now) - timedelta(seconds=STEP)), self.session_key, _kept(now)])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        self.is_due = bool(found[1])
        return dict(json.loads(_held(found[0])))

    def prolong(self) -> None:
        """Move its end, unless it has been ended meanwhile."""
        with in_line_of_sqlite(), connection.cursor() as cursor:
            cursor.execute(PROLONG, [_kept(_end(timezone.now())), self.session_key])


@lru_cache(maxsize=LATELY)
def _held(signed: str) -> str:
    """What a session holds, as JSON, where its signature is ours; a session asks again and again."""
    return json.dumps(SessionStore().decode(signed))


def _end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _kept(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
