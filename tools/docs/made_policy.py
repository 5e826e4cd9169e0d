"""The keys and values of ``[policy]``, from the code; ``policy.csv`` says what each value means."""

from __future__ import annotations

import csv
from pathlib import Path

from markdown import code, table

from kotsukotsu.catalogue.policy import CHOICES, YEAR_WORDS, Policy
from kotsukotsu.rounding import METHODS, SUMS

HERE = Path(__file__).parent
FIXED_YEAR = "2013"
EXPLAINED_IN_TEXT = ("rounding", "conversions", "heat")


def values() -> str:
    """One row for each value of each key with fixed choices.

    Raises
    ------
    SystemExit
        If ``policy.csv`` and the code know different keys or values.
    """
    with (HERE / "policy.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {key: set(choices) for key, choices in CHOICES.items()} | {"electricity_year": {*YEAR_WORDS, FIXED_YEAR}}
    said = {key: {row["value"] for row in rows if row["key"] == key} for key in {row["key"] for row in rows}}
    if said != known:
        raise SystemExit("tools/docs/policy.csv: not the keys and values of catalogue/policy.py")
    defaults = Policy().as_dict()
    forgotten = defaults.keys() - known.keys() - set(EXPLAINED_IN_TEXT)
    if forgotten:
        raise SystemExit(f"policy keys without a text: {', '.join(sorted(forgotten))}")
    cells = [
        (code(row["key"]), code(row["value"]), "○" if defaults[row["key"]] == row["value"] else "", row["means"],
         row["law"])
        for row in rows
    ]  # fmt: skip
    return table(("項目", "値", "書かないとき", "意味", "根拠"), cells)


def rounding() -> str:
    """The parts of the key ``rounding``."""
    default = Policy().rounding
    rows = [
        (code("unit"), "`t` / `kg`", code(default.unit), "印字する単位"),
        (code("digits"), "整数", code(default.digits), "小数の桁数"),
        (code("method"), " / ".join(map(code, METHODS)), code(default.method), "四捨五入 / 切捨て"),
        (code("sum"), " / ".join(map(code, SUMS)), code(default.sum), "合計は、丸める前の値を足す / 丸めた値を足す"),
    ]
    return table(("項目", "値", "書かないとき", "意味"), rows)


MAKERS = {"policy": values, "rounding": rounding}
