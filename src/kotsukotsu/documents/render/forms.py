"""The forms in which a document is written; a module without the packages that writing needs."""

from __future__ import annotations

from typing import Literal

Form = Literal["docx", "pdf", "html"]
FORMS: tuple[Form, ...] = ("docx", "pdf", "html")
