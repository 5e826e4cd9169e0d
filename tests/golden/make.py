"""Keep the golden city's figures anew and say which of them changed: ``python -m tests.golden.make``."""

from __future__ import annotations

import csv

from tests.golden.figures import COLUMNS, FILE, figures


def main() -> None:
    """Write the file; the changes go into the changelog."""
    new = figures()
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(new)


if __name__ == "__main__":
    main()
