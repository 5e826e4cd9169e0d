"""What stood in the way of better sizes, what the last kW costs, and what cannot be met, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.energy.size_model import COST, Chosen
from kotsukotsu.documents.energy.study import figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.dispatch.explain import Stretch, stretches
from kotsukotsu.energy.site import Site
from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.rounding import plain, printed

SHARED = {"invest": 10_000.0, "subsidy": 10_000.0, "area": 1.0}  # what the gain of a shared limit is told for
MOST = 10  # times that lack which a table shows
KG, MILLION = 1000.0, 1_000_000.0
OF = ":"  # between a meter's number and a size of it
ALWAYS = ("sun", "battery_kwh", "battery_kw")
SMALL, ROUND = 0.05, 10.0  # a size that is nothing, one that is told without a fraction [kW, kWh]


def label(key: str, /, **more: Any) -> str:
    """A text of this study."""
    return texts.label(f"energy.size.{key}", **more)


def unit(key: str) -> str:
    """The unit of a size."""
    return "kWh" if key.endswith("kwh") else "kW"


def name_of(key: str) -> str:
    """A size in words, with its meter's number where several are planned together."""
    meter, _, size = key.rpartition(OF)
    return label("of", meter=meter, name=label(f"name.{size}")) if meter else label(f"name.{size}")


def sized(sizes: Mapping[str, float]) -> str:
    """Sizes in a sentence; nothing is said of what is not built, but of sun and battery."""
    told = (label("one", name=name_of(key), value=_n(size, 0 if size >= ROUND else 1), unit=unit(key))
            for key, size in sizes.items() if size >= SMALL or key in ALWAYS)  # fmt: skip
    return label("and").join(told)


def limits(site: Site, found: Chosen) -> tuple[str, ...]:
    """Sentences about limits, the last kW, CO2 for the money, and outages."""
    if found.outcome is None:
        return ()
    if found.is_unmet:
        return (label("unmet", count=_n(len(_half_hours(found)))), *_outage(found), *_reached(found))
    return (*_reached(found), *_last(site, found), *_sent(found), *_carbon(found), *_outage(found))


def lacking(site: Site, found: Chosen) -> Table:
    """The times that lack most, each with the limits that were reached in it."""
    every = _lacking(found)
    rows: list[Row] = [(_at(site, one, found), figure(exact.decimal(one.kwh), 1), why(one)) for one in every[:MOST]]
    heads = tuple(label(f"head.{key}") for key in ("when", "lacks", "why"))
    more = label("lacking.more", count=len(every) - MOST) if len(every) > MOST else ""
    return Table(label("lacking"), "", heads, tuple(rows), note=more)


def _lacking(found: Chosen) -> list[Stretch]:
    return stretches(found.outcome.short) if found.outcome else []


def _half_hours(found: Chosen) -> set[int]:
    return {short.slot for short in found.outcome.short} if found.outcome else set()


def why(short: Stretch) -> str:
    """Every limit that was reached, in words."""
    words = (label(f"why.{limit}", what=label(f"asset.{name}") if name else "") for name, limit in short.limits)
    return texts.label("energy.size.and").join(dict.fromkeys(words))


def outcome(site: Site, found: Chosen) -> dict[str, Any]:
    """The same as data."""
    if found.outcome is None:
        return {}
    one, calendar = found.outcome, site.calendar
    return {
        "reached": list(one.reached),
        "gains_yen": {key: plain(exact.decimal(yen)) for key, yen in one.gains.items()} if _is_money(found) else {},
        "last_kw": [
            {"meter": last.meter or None, "kw": plain(exact.decimal(last.kw)), "yen": plain(exact.decimal(last.yen)),
             "highest": [calendar.moment(slot).isoformat() for slot in last.highest]}
            for last in one.lasts
        ],
        "sent_kwh": {f"{start}>{end}": plain(exact.decimal(kwh)) for start, end, kwh in found.sent},
        "outlived_share": None if one.lives is None else plain(exact.decimal(one.lives)),
        "lacking": [
            {"start": calendar.moment(short.start).isoformat(), "end": calendar.moment(short.stop).isoformat(),
             "kwh": plain(exact.decimal(short.kwh)), "limits": [list(pair) for pair in short.limits]}
            for short in _lacking(found)
        ],
    }  # fmt: skip


def _is_money(found: Chosen) -> bool:
    """Whether what a limit gains is yen: not where CO2 was made least, nor where a shortage has its price."""
    return found.asked.aim == COST and found.outcome is not None and not found.outcome.short


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)


def _reached(found: Chosen) -> Iterator[str]:
    """Sizes at their upper limit and shared limits that bind, with what a little more would save."""
    one = found.outcome
    if one is None:
        return
    told = _is_money(found)
    for key in one.reached:
        yen = one.gains.get(key, 0.0) if told else 0.0
        words = {"name": name_of(key), "most": _n(one.limits[key][1]), "unit": unit(key), "yen": _n(yen)}
        yield label("reached.gain" if yen else "reached", **words)
    for key, step in SHARED.items():
        if key in one.gains:
            words = {"most": _n(getattr(found.asked, key)), "yen": _n(one.gains[key] * step)}
            yield label(f"limit.{key}.gain" if told else f"limit.{key}", **words)


def _last(site: Site, found: Chosen) -> Iterator[str]:
    for one in found.outcome.lasts if found.outcome else ():
        words = {"kw": _n(one.kw), "when": _when(site, one.highest[0]), "yen": _n(one.yen)}
        said = label("last.one" if len(one.highest) == 1 else "last", more=len(one.highest) - 1, **words)
        yield label("at", meter=one.meter, said=said) if one.meter else said


def _sent(found: Chosen) -> Iterator[str]:
    """What goes over the lines between meters."""
    for start, end, kwh in found.sent:
        yield label("sent", start=start, end=end, kwh=_n(kwh))


def _carbon(found: Chosen) -> Iterator[str]:
    saved = found.options[0].tonnes - found.best.tonnes
    if found.invest:
        yield label("carbon", tonnes=_n(saved, 1), kg=_n(saved * KG / (found.invest / MILLION)))


def _outage(found: Chosen) -> Iterator[str]:
    one = found.outcome
    if one is not None and one.lives is not None and found.asked.hours:
        yield label(
            "outlived",
            hours=_n(found.asked.hours, 0 if found.asked.hours.is_integer() else 1),
            share=_n(100 * one.lives, 1),
        )


def _at(site: Site, short: Stretch, found: Chosen) -> str:
    """From when to when, and the meter where several are planned together."""
    first, stop = (site.calendar.moment(slot) for slot in (short.start, short.stop))
    midnight = stop.date() > first.date() and not (stop.hour or stop.minute)  # the end of the day is its 24:00
    same = midnight and short.stop - short.start <= PER_DAY
    end = "24:00" if same else label("time", hour=stop.hour, minute=f"{stop.minute:02d}")
    if not same and stop.date() > first.date():
        end = _when(site, short.stop)
    said = label("until", start=_when(site, short.start), end=end)
    return label("of", meter=short.meter, name=said) if len(found.best.contracts) > 1 else said


def _when(site: Site, slot: int) -> str:
    at = site.calendar.moment(slot)
    return label("when", month=at.month, day=at.day, hour=at.hour, minute=f"{at.minute:02d}")
