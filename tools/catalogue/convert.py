"""Turn a folder of reference tables into the catalogue's data.

For maintainers; not shipped. ``python tools/catalogue/convert.py INPUT_FOLDER OUTPUT_FOLDER``. Items, uses,
editions, conversions, rules, gaps, breaks, exceptions, statuses
and ``energy_act_items.csv`` are written by hand in the output folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

import activities
import electricity
import fuels
import supply
import tables
from common import columns, table, write

from kotsukotsu.catalogue.model import Source


def main(folder: Path, out: Path) -> None:
    """Write every table that comes from the reference."""
    sources = [{name: row[name] for name in columns(Source)} for row in table("sources")]
    write(out / "sources.csv", Source, sources)
    heat_values = fuels.convert(folder, out)
    electricity.convert(folder, out)
    supply.convert(folder, out)
    activities.convert(folder, out)
    tables.gwps(folder, out)
    tables.energy_act(folder, out, heat_values)
    tables.national_plan(folder, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
