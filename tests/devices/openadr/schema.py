"""The XML schema of OpenADR 2.0b, as openleadr ships it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree


@cache
def schema():
    folder = Path(find_spec("openleadr").origin).parent / "schema"
    return etree.XMLSchema(etree.parse(folder / "oadr_20b.xsd"))


def faults(data):
    """What a message does not keep of the schema."""
    schema().validate(etree.fromstring(data))
    return [f"{one.line}: {one.message}" for one in schema().error_log]
