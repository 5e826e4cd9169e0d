"""An inventory as CSV: long form, full precision, UTF-8 with a byte order mark where it goes to a file for Excel."""

from __future__ import annotations

import sys
from csv import DictWriter
from io import StringIO

from kotsukotsu.cli.formats import View
from kotsukotsu.rounding import plain

FIGURES = ("quantity", "unit", "gas", "tonnes", "tonnes_co2e", "comparable_tonnes_co2e", "status")


def write(view: View) -> None:
    """To standard output, or to the file asked for."""
    text = as_csv(view)
    if view.out:
        view.out.write_text(text, encoding="utf-8-sig", newline="")
    else:
        sys.stdout.write(text)


def as_csv(view: View) -> str:
    """Fiscal year, the columns asked for with their names, and the figures."""
    named = [name for column in view.columns if column != "gas" for name in (column, f"{column}_name")]
    out = StringIO()
    writer = DictWriter(out, ["fiscal_year", *named, *FIGURES], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in view.result.rows(view.columns):
        names = {f"{column}_name": view.names[column](value) for column, value in row.keys.items()}
        figures = {
            name: "" if (value := getattr(row, name)) is None else plain(value)
            for name in ("quantity", "tonnes", "tonnes_co2e", "comparable_tonnes_co2e")
        }
        plain_values = {"unit": row.unit, "gas": row.gas, "status": row.status}
        writer.writerow({"fiscal_year": view.result.fy, **row.keys, **names, **figures, **plain_values})
    return out.getvalue()
