"""The forms in which an analysis leaves the command line; one module each, read only if it is asked for."""

from __future__ import annotations

FORMATS = ("table", "json", "xlsx", "html")
TO_A_FILE = ("xlsx", "html")
