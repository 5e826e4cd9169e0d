"""Computes the published totals again from the rows beside this file, with fractions, and compares.

Run it:  python check_totals.py  (Python 3.9 or newer, nothing else; it reads only the folder it lies in).
Emission = quantity x to_base x share x tonnes_times_3 / 3 x gwp, added up, rounded once at the end.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = ("total", "item", "facility", "sector", "gas")
Sums = dict[tuple[str, str, str], Fraction]
number = lru_cache(maxsize=None)(Fraction)


def read(name: str) -> Iterator[dict[str, str]]:
    """The lines of a table."""
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def altered() -> Iterator[str]:
    """Files that are not the published ones, by their SHA-256."""
    for row in read("manifest.csv"):
        path = HERE / row["file"]
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            yield row["file"]


def wrong_factors() -> Iterator[str]:
    """Factors whose printed value does not lead to the tonnes that the rows use."""
    for row in read("factors.csv"):
        value, times = number(row["value"]), row["value_to_tonnes"]
        if times and value * number(times) * 3 != number(row["tonnes_times_3"]):
            yield row["factor_id"]


def sums() -> Sums:
    """Exact sums by fiscal year, kind and key. [t-CO2e]"""
    tonnes = {row["factor"]: number(row["tonnes_times_3"]) / 3 for row in read("factors.csv")}
    products: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    for file in sorted(HERE.glob("rows-*.csv")):
        for row in read(file.name):
            amount = number(row["quantity"]) * number(row["to_base"]) * number(row["share"])
            key = (row["fiscal_year"], row["item"], row["facility"], row["sector"], row["gas"])
            products[key] += amount * tonnes[row["factor"]] * number(row["gwp"])
    found: Sums = defaultdict(Fraction)
    for (year, *keys), product in products.items():
        for kind, code in zip(KINDS, ["", *keys], strict=True):
            found[year, kind, code] += product
    return found


def rounded(value: Fraction, digits: int, method: str) -> Fraction:
    """Half away from zero, or towards zero."""
    scaled = abs(value) * 10**digits + (Fraction(1, 2) if method == "half-up" else 0)
    size = Fraction(scaled.numerator // scaled.denominator, 10**digits)
    return size if value >= 0 else -size


def printed(row: dict[str, str], found: Sums) -> Fraction:
    """The figure as the publication's rounding prints it."""
    scale = 1000 if row["unit"].startswith("kg") else 1
    rule = (int(row["digits"]), row["method"])
    if row["kind"] == "total" and row["sum"] == "rounded":
        parts = [value for (year, kind, _), value in found.items() if (year, kind) == (row["fiscal_year"], "item")]
        return sum((rounded(part * scale, *rule) for part in parts), Fraction(0))
    return rounded(found[row["fiscal_year"], row["kind"], row["key"]] * scale, *rule)


def main() -> int:
    """Compare everything; the number of differences, at most 100."""
    words = {row["word"]: row["text"] for row in read("words.csv")}
    wrong = [words["altered"].format(what=name) for name in (*altered(), *wrong_factors())]
    found, published = sums(), list(read("totals.csv"))
    for row in published:
        key = (row["fiscal_year"], row["kind"], row["key"])
        if found[key] * 3 != number(row["tonnes_times_3"]) or printed(row, found) != number(row["printed"]):
            wrong.append(words["differs"].format(what=" ".join(key), published=row["printed"], found=float(found[key])))
        if row["kind"] == "total":
            text = words["total"].format(year=row["fiscal_year"], found=float(found[key]), published=row["printed"])
            sys.stdout.write(f"{text} {row['unit']}\n")
    missing = {key for key in found if found[key]} - {(r["fiscal_year"], r["kind"], r["key"]) for r in published}
    wrong += [words["altered"].format(what=" ".join(key)) for key in sorted(missing)]
    sys.stdout.write("\n".join(wrong or [words["agrees"].format(count=len(published))]) + "\n")
    return min(len(wrong), 100)


if __name__ == "__main__":
    sys.exit(main())
