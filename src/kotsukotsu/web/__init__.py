"""The web application of a city hall: people, rights, the yearly cycle; figures come from `sessions`, never from here.

How to build on it
------------------
One app for each question: `accounts` (who may do what), `municipalities` (the city's tables), `entries` (what was
used, by whom, in which state), `plans`, `publications`, `api`; `common` is what all of them use, `look` is how pages
look.

- Reads stand in ``selectors.py``, writes in ``services.py``: keyword-only, typed, ``@transaction.atomic``, with
  `actor` (a `User`, required), and ``log(...)`` of `accounts.log` in the same transaction. Nothing else writes.
- A view: ``@requires("right")`` of `common.access`, a form, one service call, a response. A right is a word of
  ``accounts/rights.csv``; who has it where is asked of `accounts.policy` only.
- A sentence is a line of ``texts/web*.csv``; in a template ``{% t "web.code" name=value %}``, in Python
  ``texts.label``. The language of a request is set by `common.middleware`.
- An error for people is a `WebError`; `common.middleware` shows it, so that views need no ``try``.
- A figure comes from ``municipalities.selectors.session()``: a `sessions.Session` on the database, kept until the
  city's data change.
- A new URL needs its line in ``tests/web/access.csv`` (who may open it); a test fails without.
"""
