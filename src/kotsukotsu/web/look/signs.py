"""Signs beside words: each state and severity has one, so that no colour is needed to tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Drawn on a square of 24; strokes take the colour of the text.
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "close": "M5 5l14 14M19 5 5 19",
        "info": "M12 11v7M12 6.5v1M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z",
        "success": "M7 12.5l3.5 3.5 7-8M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z",
        "warning": "M12 9v6M12 17.5v1M12 3 2 21h20z",
        "error": "M8 8l8 8M16 8l-8 8M8 2h8l6 6v8l-6 6H8l-6-6V8z",
        "not_started": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
        "entering": "M4 20l1-5L16 4l4 4L9 19z",
        "submitted": "M3 12h15M12 5l7 7-7 7",
        "returned": "M20 19v-4a4 4 0 0 0-4-4H4M9 5l-6 6 6 6",
        "confirmed": "M4 12.5l5.5 5.5L20 7",
        "settled": "M6 11V8a6 6 0 0 1 12 0v3M4 11h16v10H4z",
        "late": "M12 6v6l4 3M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z",
    }
)
STATES = ("not_started", "entering", "submitted", "returned", "confirmed", "settled", "late")
