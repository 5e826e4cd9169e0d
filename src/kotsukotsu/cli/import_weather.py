"""What ``kotsukotsu import`` says of a file of daily temperatures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.output import print_json
from kotsukotsu.periods import day_name
from kotsukotsu.schema import Row, cell
from kotsukotsu.sessions.receiving_weather import WeatherReceipt, judge, take_in

SHOWN = 8


def run(file: Path, into: Path, output: str, *, dry_run: bool) -> None:
    """Show what the file holds; take it in unless told not to."""
    receipt = judge(into, file)
    if not dry_run:
        take_in(into, receipt)
    if output == "json":
        print_json(as_json(receipt, dry_run=dry_run))
    else:
        tell(receipt, show.console(), dry_run=dry_run)


def as_json(receipt: WeatherReceipt, *, dry_run: bool) -> dict[str, object]:
    """The whole outcome."""
    merged = receipt.merged
    return {
        "file": receipt.file,
        "sha256": receipt.sha256,
        "layouts": ["weather"],
        "dry_run": dry_run,
        "counts": {"new": merged.new, "same": merged.same, "corrects": len(merged.changed)},
        "stations": [
            {"station": name, "first": first.isoformat(), "last": last.isoformat(), "days": days}
            for name, first, last, days in _spans(receipt)
        ],
        "changes": [
            {"station": new["station"], "day": new["day"].isoformat(), "before": _value(old), "after": _value(new)}
            for old, new in merged.changed
        ],
        "findings": [finding.as_dict() for finding in receipt.read.findings],
    }  # fmt: skip


def tell(receipt: WeatherReceipt, to: Console, *, dry_run: bool) -> None:
    """File, stations, counts, corrections, findings, and what was done."""
    merged = receipt.merged
    to.print(f"[bold]{receipt.file}[/]{texts.gap()}{texts.label('layout.weather')}")
    for name, first, last, days in _spans(receipt):
        span = {"first": day_name(first), "last": day_name(last)}
        show.say(to, texts.label("import.weather.station", station=name, count=f"{days:,}", **span))
    counts = (("new", merged.new), ("same", merged.same), ("corrects", len(merged.changed)))
    to.print(
        texts.label("sign.part").join(f"{texts.label(f'fate.{kind}')} {count:,}" for kind, count in counts if count)
    )
    for before, after in merged.changed[:SHOWN]:
        place = f"{after['station']} {day_name(after['day'])}"
        show.say(
            to,
            f"{place}{texts.label('sign.colon')}{_value(before) or texts.none()} → {_value(after) or texts.none()}",
            head="・",
        )
    if len(merged.changed) > SHOWN:
        show.say(to, texts.label("cli.more", count=len(merged.changed) - SHOWN), style="dim")
    show.show_findings(receipt.read.findings, to, most=3)
    done = "import.dry_run" if dry_run else "import.weather.done"
    show.say(to, texts.label(done, count=f"{merged.new + len(merged.changed):,}"), style="dim" if dry_run else "green")


def _spans(receipt: WeatherReceipt) -> list[tuple[str, date, date, int]]:
    """Station, first and last day, number of days with a temperature."""
    found = []
    for name in dict.fromkeys(row.station for row in receipt.read.rows):
        days = sorted(row.day for row in receipt.read.rows if row.station == name)
        known = sum(row.temperature is not None for row in receipt.read.rows if row.station == name)
        found.append((name, days[0], days[-1], known))
    return found


def _value(row: Row) -> str | None:
    return cell(row["temperature"]) or None
