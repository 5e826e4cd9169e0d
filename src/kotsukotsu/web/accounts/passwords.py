"""What a password may not be made of, beside what Django looks at (`settings.sign_in`)."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from kotsukotsu import texts

SHORTEST = 4  # letters of a name that a good password may hold by chance
OWN = "kotsukotsu"


class NoNameNoWord:
    """Refuse a name of the person or the program, and a common word with nothing but digits and signs around it.

    Django's own compares a password with a name as a whole and with the common ones letter by letter: ``kanri12345678``
    of the account ``kanri`` and ``Password!2026`` pass both.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` for such a password."""
        said = password.casefold()
        core = re.sub(r"[\d\W_]", "", said)
        names = {OWN, *(name.casefold() for name in _names(user))}
        if core in names or any(len(name) >= SHORTEST and name in said for name in names):
            raise ValidationError(self.get_help_text())
        if core:
            CommonPasswordValidator().validate(core)

    def get_help_text(self) -> str:
        """The rule in words."""
        return texts.label("web.password.names")


def _names(user: Any) -> list[str]:
    """Account name, parts of the name and of the mail address."""
    if user is None:
        return []
    return [user.username, *user.name.split(), user.email.partition("@")[0]]
