"""Write the inbox: ``python -m examples.make_kotsukotsu_inbox FOLDER``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from examples.make_kotsukotsu_inbox import (
    billing,
    expected,
    facility_sheets,
    long_list,
    month_grid,
    old_grid,
    open_grid,
    plain_grid,
)
from examples.make_kotsukotsu_inbox.tables import DATA
from examples.make_kotsukotsu_inbox.truth import files

WRITERS: dict[str, Callable[[Path], None]] = {
    "month_grid": month_grid.write,
    "facility_sheets": facility_sheets.write,
    "old_grid": old_grid.write,
    "open_grid": open_grid.write,
    "billing": billing.write,
    "long_list": long_list.write,
    "plain_grid": plain_grid.write,
}


def main(folder: Path) -> None:
    """Write every file of the inbox, its README and ``expected/expected.csv``."""
    (folder / "expected").mkdir(parents=True, exist_ok=True)
    for layout, write in WRITERS.items():
        for file in files(layout):
            write(folder / file)
    expected.write(folder / "expected" / "expected.csv")
    (folder / "README.md").write_bytes((DATA / "README.md").read_bytes())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m examples.make_kotsukotsu_inbox FOLDER")
    main(Path(sys.argv[1]))
