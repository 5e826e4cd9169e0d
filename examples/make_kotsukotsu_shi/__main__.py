"""Write the city folder: ``python -m examples.make_kotsukotsu_shi FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from examples.make_kotsukotsu_shi.city import tables
from examples.make_kotsukotsu_shi.contracts import factor_rows
from examples.make_kotsukotsu_shi.tables import DATA
from kotsukotsu import schema

WRITTEN_AS_THEY_ARE = ("municipality.toml", "README.md")


def main(folder: Path) -> None:
    """Write every file of the ledger; the inbox is made by ``examples.make_kotsukotsu_inbox``."""
    (folder / "factors").mkdir(parents=True, exist_ok=True)
    for name, rows in tables().items():
        _write(folder / f"{name}.csv", schema.write(rows, name))
    for item in ("electricity", "city_gas"):
        _write(folder / "factors" / f"{item}.csv", schema.write(factor_rows(item), "factors"))
    for name in WRITTEN_AS_THEY_ARE:
        _write(folder / name, (DATA / "city" / name).read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m examples.make_kotsukotsu_shi FOLDER")
    main(Path(sys.argv[1]))
