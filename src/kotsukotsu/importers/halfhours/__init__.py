"""Files of half-hours as they come: what kind a file is, and its values with their flags.

Kinds, from the most particular: prices of the spot market (JEPX), demand of an area (three header lines, hourly),
a row for each day with 48 columns (retailers), a row for each half-hour (EMS and BEMS).
"""

from __future__ import annotations

import csv
import io

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.encoding import decode
from kotsukotsu.importers.halfhours import area, long, spot, wide
from kotsukotsu.importers.halfhours.model import HalfHours, Lines


def read(data: bytes, name: str, unit: str = "") -> HalfHours:
    """The half-hours of a file.

    Parameters
    ----------
    unit : str
        kWh, Wh, MWh or kW, where the file does not say it.

    Raises
    ------
    ImportFileError
        IM-02 no text, IM-04 a cell that never ends, HI-01 no known kind, HI-02 … HI-08 with line and column.
    """
    text, _ = decode(data, name)
    try:
        rows = tuple(tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ImportFileError("IM-04", file=name, detail=str(error)) from None
    lines = Lines(name, rows, unit)
    for kind in (spot, area, wide, long):
        if kind.detect(lines):
            found: HalfHours = kind.read(lines)
            return found
    raise ImportFileError("HI-01", file=name)
