"""Every section that a page may ask for by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import made_catalogue
import made_commands
import made_findings
import made_items
import made_library
import made_measures
import made_policy
import made_schema

MAKERS: Mapping[str, Callable[[], str]] = {
    **made_catalogue.MAKERS,
    **made_commands.MAKERS,
    **made_findings.MAKERS,
    **made_items.MAKERS,
    **made_library.MAKERS,
    **made_measures.MAKERS,
    **made_policy.MAKERS,
    **made_schema.MAKERS,
}
