"""The second factor's numbers as people type them, and what is said of a wrong one."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from kotsukotsu import texts


class Typed:
    """A field for a number: full-width digits and spaces are taken, a wrong number is told with what to do."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = texts.label("web.second.code")
        del field.widget.attrs["placeholder"]

    def clean_code(self) -> str:
        """The number."""
        self.cleaned_data["code"] = "".join(unicodedata.normalize("NFKC", self.cleaned_data["code"]).split())
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # what it is mixed into has it
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(texts.label("web.second.wrong"), code=error.code) from None
        return code


class Enter(Typed, AuthenticateForm):
    """At the sign-in."""


class Again(Typed, ReauthenticateForm):
    """Before something that needs it once more."""


class Begin(Typed, ActivateTOTPForm):
    """When an authenticator is set up."""
