"""RESULTS.md: the table, the targets beside it, and what to make of them (NOTES.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import report_pages, report_portfolio

HERE = Path(__file__).parent
TITLES = {row["name"]: row for row in csv.DictReader((HERE / "engines.csv").read_text(encoding="utf-8").splitlines())}
SOURCES = {"parquet": "read from Parquet in the time", "memory": "loaded before"}
GAP = 0.0001  # of sizes from some weeks above the full optimum [1]
CLOSED, SEEN = (
    0.5,
    ("tuned on", "chosen on", "looked at"),
)  # share of the gap that is asked for; years it says nothing of
Rows = Sequence[Mapping[str, Any]]


def write(results: Mapping[str, Any]) -> None:
    """Write RESULTS.md beside this file."""
    parts = [
        *_head(),
        *_comparison(results),
        *_national(results),
        *report_portfolio.told(results, _machine),
        *_energy_match(results),
        *_energy_dispatch(results),
        *_energy_control(results),
        *_analysis(results),
        *_documents(results),
        *_web_load(results),
        *report_pages.told(results, _machine),
        *_opendsm(results),
        (HERE / "NOTES.md").read_text(encoding="utf-8").strip(),
    ]
    (HERE / "RESULTS.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def _head() -> Iterable[str]:
    yield "# Measured: `make bench` and `python -m benchmarks.national`\n"
    yield "Made by `benchmarks/report.py` from `results.json`; the last part is `NOTES.md`.\n"


def _machine(facts: Mapping[str, Any]) -> str:
    packages = ", ".join(f"{name} {version}" for name, version in facts["packages"].items() if version)
    return (
        f"Measured {facts['date']} on {facts['cores']} cores ({facts['processor']}), {facts['memory_gb']} GiB, "
        f"{facts['system']}, Python {facts['python']}; {packages}. "
        f"Load average of the last 15 minutes at the end: {facts['load_at_end']}.\n"
    )


def _comparison(results: Mapping[str, Any]) -> Iterable[str]:
    if "comparison" not in results:
        return
    rows = results["comparison"]["values"]
    yield "## The same rows on every engine\n"
    yield _machine(results["comparison"]["machine"])
    for asked in sorted({row["asked"] for row in rows}):
        chosen = [row for row in rows if row["asked"] == asked]
        yield f"### {_power(asked)} rows ({chosen[0]['rows']:,} × the catalogue → 86,400 cells)\n"
        yield "| engine | rows are | numbers | median s | runs | 10⁶ rows/s | loading s | peak MB | deviation |"
        yield "|---|---|---|---:|---:|---:|---:|---:|---:|"
        yield from (_line(row) for row in sorted(chosen, key=lambda row: row.get("median", 10**9)))
        yield ""
    yield "### Targets\n"
    yield "| target | measured | |"
    yield "|---|---|---|"
    yield from (f"| {name} | {measured} | {'reached' if ok else 'missed'} |" for name, measured, ok in targets(rows))
    yield ""


def _line(row: Mapping[str, Any]) -> str:
    title = TITLES[row["engine"]]
    start = f"| {title['title']} | {SOURCES[row['source']]} | {title['numbers']} "
    if "failure" in row:
        return f"{start}| {row['failure']} | | | | | |"
    speed = row["rows"] / row["median"] / 10**6
    return (
        f"{start}| {row['median']:.3f} | {len(row['times'])} | {speed:.2f} | {row['loading']:.1f} "
        f"| {row['peak_mb']} | {row.get('deviation', '')} |"
    )


def targets(rows: Rows) -> Iterable[tuple[str, str, bool]]:
    """What issue 2 asks for, what was measured, and whether it is reached."""
    for source in ("parquet", "memory"):
        yield from _quotient(
            rows, f"at most 1.3 × the bare group-by at 10⁷ ({SOURCES[source]})",
            (10**7, source, "kotsukotsu"), (10**7, source, "floor"), lambda value: value <= 1.3,
        )  # fmt: skip
        for engine, keys in (("pandas_asof_text", "texts"), ("pandas_asof", "categories")):
            yield from _quotient(
                rows, f"at least 10 × faster than pandas merge_asof with {keys} at 10⁷ ({SOURCES[source]})",
                (10**7, "memory", engine), (10**7, source, "kotsukotsu"), lambda value: value >= 10,
            )  # fmt: skip
    large = _find(rows, (10**8, "parquet", "kotsukotsu"))
    if large and "median" in large:
        yield "10⁸ rows from Parquet within 4 GB", f"{large['peak_mb']} MB", large["peak_mb"] <= 4000
    yield from _quotient(
        rows, "10⁸ takes in proportion to 10⁷ (at most 10 ×, and a tenth of that for the noise)",
        (10**8, "parquet", "kotsukotsu"), (10**7, "parquet", "kotsukotsu"), lambda value: value <= 11,
    )  # fmt: skip


def _quotient(rows: Rows, name: str, over: tuple[Any, ...], under: tuple[Any, ...], reached: Any) -> Iterable[Any]:
    one, other = _find(rows, over), _find(rows, under)
    if one and other and "median" in one and "median" in other:
        value = one["median"] / other["median"]
        yield name, f"{value:.2f} × ({one['median']:.3f} s / {other['median']:.3f} s)", reached(value)


def _find(rows: Rows, key: tuple[Any, ...]) -> Mapping[str, Any] | None:
    return next((row for row in rows if (row["asked"], row["source"], row["engine"]) == key), None)


def _national(results: Mapping[str, Any]) -> Iterable[str]:
    for engine in ("duckdb", "spark"):
        if part := results.get(f"national_{engine}"):
            yield f"## The national case on {'DuckDB' if engine == 'duckdb' else 'Spark'}\n"
            yield _machine(part["machine"])
            yield from (f"- {name}: {value}" for name, value in part["values"].items())
            yield ""


def _energy_match(results: Mapping[str, Any]) -> Iterable[str]:
    if "energy_match" not in results:
        return
    yield "## Half-hours: one generator, 23 buildings, a year\n"
    yield _machine(results["energy_match"]["machine"])
    yield "| work | median s | runs | aim s | |"
    yield "|---|---:|---:|---:|---|"
    for row in results["energy_match"]["values"]:
        aim = row["aim"]
        said = "" if aim is None else "reached" if row["median"] <= aim else "missed"
        yield f"| {row['what']} | {row['median']:.4f} | {row['runs']} | {'' if aim is None else aim} | {said} |"
    yield ""


def _energy_dispatch(results: Mapping[str, Any]) -> Iterable[str]:
    """Each piece with its aims, and how far its cost is from that of this program's dispatch or of the full optimum."""
    if part := results.get("energy_dispatch"):
        yield "## Half-hours: a site planned over 365 days\n"
        yield _machine(part["machine"])
        yield "Peak memory is that of the whole process, the packages that it reads with it.\n"
        yield "| work | seconds | aim s | peak MB | aim MB | cost apart | |"
        yield "|---|---:|---:|---:|---:|---:|---|"
        own = next((row["cost"] for row in part["values"] if row["name"] == "dispatch" and "cost" in row), None)
        yield from (planned_row(row, own) for row in part["values"])
        yield ""


def _energy_control(results: Mapping[str, Any]) -> Iterable[str]:
    """Each year of the protocol, and how much of the gap is closed in it."""
    if part := results.get("energy_control"):
        yield "## Half-hours: the controller on years and sites that its setting has not seen\n"
        yield _machine(part["machine"])
        yield (
            "Maximum [kW] and cost of the year [million yen] of a synthetic city hall, of made-up sites and of\n"
            "the example sites (from the 64th day on, without any weather forecast); the protocol stands in\n"
            "`benchmarks/energy_control.py`. Closed is the share of the gap between control by yesterday's half-hours\n"
            "with the guard, and perfect foresight; half is asked for. The figures do not depend on the machine.\n"
        )
        yield "| year, site | purpose | doing nothing | yesterday again | controller | perfect foresight | closed | |"
        yield "|---|---|---:|---:|---:|---:|---:|---|"
        yield from (controlled_row(row) for row in part["values"])
        yield ""


def controlled_row(row: Mapping[str, Any]) -> str:
    """A line of the table; what was tuned on is not judged."""
    names = ("nothing", "persistence", "controller", "foresight")
    costs = (f"{row[f'{name}_kw']:.0f} kW, {row[f'{name}_yen'] / 1e6:.2f}" for name in names)
    judged = "" if row["purpose"] in SEEN else "reached" if row["closed"] >= CLOSED else "missed"
    return f"| {row['year']} | {row['purpose']} | {' | '.join(costs)} | {100 * row['closed']:.0f} % | {judged} |"


def planned_row(row: Mapping[str, Any], own: float | None) -> str:
    """A line of the table; `own` is the cost of this program's dispatch. [yen]"""
    aims = (row["aim_s"], row["aim_mb"])
    if "failure" in row:
        return f"| {row['what']} | {row['failure']} | {aims[0] or ''} | | {aims[1] or ''} | | missed |"
    apart = row.get("gap")
    if apart is None and row["name"] in ("pypsa", "linopy") and own:
        apart = row["cost"] / own - 1
    found = [value <= aim for value, aim in zip((row["seconds"], row["peak_mb"]), aims, strict=True) if aim]
    if row["name"] == "full":
        found.append(row["gap"] <= GAP)
    said = "" if not found else "reached" if all(found) else "missed"
    return (
        f"| {row['what']} | {row['seconds']:.3f} | {aims[0] or ''} | {row['peak_mb']} | {aims[1] or ''} "
        f"| {'' if apart is None else f'{apart:.1e}'} | {said} |"
    )


def _analysis(results: Mapping[str, Any]) -> Iterable[str]:
    if part := results.get("analysis"):
        yield from _timing("Why the emissions changed", part)


def _documents(results: Mapping[str, Any]) -> Iterable[str]:
    if part := results.get("documents"):
        yield from _timing("The documents of a city", part)


def _web_load(results: Mapping[str, Any]) -> Iterable[str]:
    """Times of the web application under load as multiples of the bare one's."""
    if part := results.get("web_load"):
        yield "## A hundred people who enter, twenty who read, for a minute\n"
        yield _machine(part["machine"])
        yield (
            "Waiting between two saves 5 s, between two dashboards 10 s on average; callers use the same cores.\n"
            "Bare is a Django view without sessions or middleware that adds a row, or shows 50, under the same load\n"
            "of as many people; signed in is the same view with what `django-admin startproject` puts before it\n"
            "(session, CSRF token, account, headers). The target is judged by the bare one, the harder of the two.\n"
        )
        yield (
            "| database | what | answers | errors | median s | p95 s | bare p95 s | times | at most | "
            "| signed in p95 s | times |"
        )
        yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|"
        for row in part["values"]:
            for what, most in (("save", 4), ("dashboard", 8)):
                yield _loaded(row, what, most)
        yield ""
        yield from (
            f"- {row['database']}: {row['saved']:,} cells saved, {row['lost']} of them not in the ledger afterwards."
            for row in part["values"]
        )
        yield from (_used(row) for row in part["values"] if "processor" in row["own"])
        yield ""


def _used(row: Mapping[str, Any]) -> str:
    own, bare, signed_in = (row[name]["processor"] * 1000 for name in ("own", "bare", "signed_in"))
    return (
        f"- {row['database']}: {own:.1f} ms of the server's processor time for an answer, a save or a dashboard "
        f"(bare {bare:.1f}, signed in {signed_in:.1f}); figures computed beside it are not counted."
    )


def _loaded(row: Mapping[str, Any], what: str, most: int) -> str:
    own, bare = row["own"][what], row["bare"][what]
    times = own["p95"] / bare["p95"]
    reached = times <= most and not own["errors"] and not row["lost"]
    return (
        f"| {row['database']} | {what} | {own['count']:,} | {own['errors']} | {own['median']:.3f} | {own['p95']:.3f} "
        f"| {bare['p95']:.4f} | {times:,.1f} | {most} | {'reached' if reached else 'missed'} {_signed_in(row, what)}|"
    )


def _signed_in(row: Mapping[str, Any], what: str) -> str:
    """Beside the same view for people who have signed in; older measurements have none."""
    if "signed_in" not in row:
        return "| | "
    p95 = row["signed_in"][what]["p95"]
    return f"| {p95:.4f} | {row['own'][what]['p95'] / p95:,.1f} "


def _timing(title: str, part: Mapping[str, Any]) -> Iterable[str]:
    yield f"## {title}\n"
    yield _machine(part["machine"])
    yield "| what | seconds | processor s | load before | limit s | |"
    yield "|---|---:|---:|---:|---:|---|"
    yield from (_timed(row) for row in part["values"])
    yield ""


def _timed(row: Mapping[str, Any]) -> str:
    processor, limit = row.get("cpu_seconds"), row["limit"]
    start = f"| {row['what']} | {row['seconds']:.1f} | {'' if processor is None else f'{processor:.1f}'} "
    end = "" if limit is None else "reached" if row["seconds"] <= limit else "missed"
    return f"{start}| {row['load_before']:.1f} | {limit or ''} | {end} |"


def _opendsm(results: Mapping[str, Any]) -> Iterable[str]:
    if part := results.get("opendsm"):
        yield f"## Use expected in another year's weather, beside eemeter {part['values']['eemeter']} (OpenDSM)\n"
        yield "Twelve bills of FY2022 of the demo city, expected use of FY2023 by its weather.\n"
        yield "| facility | item | form | this library | eemeter | deviation | |"
        yield "|---|---|---|---:|---:|---:|---|"
        for row in part["values"]["rows"]:
            start = f"| {row['facility']} | {row['item']} | {row['form']} | {row['expected']:,} | {row['eemeter']:,} "
            yield f"{start}| {row['deviation']:.2%} | {'agrees' if row['agrees'] else 'deviates'} |"
        yield ""


def _power(rows: int) -> str:
    return "10" + str(len(str(rows)) - 1).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
