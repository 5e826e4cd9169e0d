"""The sentences that a document writes around its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kotsukotsu import texts
from kotsukotsu.documents.model import Overview
from kotsukotsu.periods import day_name
from kotsukotsu.rounding import unsigned


def headline(found: Overview) -> str:
    """The total, and its change since the base year."""
    data = {"year": found.year.label, "total": found.totals.total, "unit": found.unit}
    if found.year.is_incomplete:
        return texts.label("doc.headline.incomplete", **data)
    if found.is_base or found.totals.rate.exact is None:
        return texts.label("doc.headline.alone", **data)
    way = "less" if found.totals.rate.exact < 0 else "more"
    return texts.label(
        f"doc.headline.{way}",
        **data,
        base=found.totals.base,
        base_year=found.base_label,
        rate=size(str(found.totals.rate)),
    )


def size(text: str) -> str:
    """A figure without its sign, where a word says which way it went."""
    return unsigned(text)


def below_the_headline(found: Overview) -> Iterator[str]:
    """Whether the year is complete, what the change is made of, like for like, what is left out."""
    if found.year.is_incomplete:
        yield texts.label("doc.sentence.incomplete")
    elif not found.is_base and found.totals.base.exact is not None:
        yield _comparable(found)
        yield from _steady(found)
    if found.apart:
        bodies = (
            texts.label("doc.sentence.body", body=part.name, tonnes=part.tonnes, unit=found.unit)
            for part in found.apart
        )
        yield texts.label("doc.sentence.apart", bodies=texts.label("render.list").join(bodies))
    later = [year.label for year in found.years if year.is_incomplete and year.fy != found.year.fy]
    if later:
        yield texts.label("doc.sentence.later", years=texts.label("render.list").join(later))


def _steady(found: Overview) -> Iterator[str]:
    steady = found.totals.steady
    if steady is not None and steady.facilities > 1:  # one facility is its own total
        yield texts.label(
            "doc.sentence.steady",
            count=steady.facilities,
            before=steady.base,
            after=steady.tonnes,
            unit=found.unit,
            rate=steady.rate,
        )


def _comparable(found: Overview) -> str:
    if found.totals.by_use.exact is None:
        return texts.label("doc.sentence.no_comparable")
    return texts.label(
        "doc.sentence.comparable",
        comparable=found.totals.comparable,
        unit=found.unit,
        rate=found.totals.comparable_rate,
        change=found.totals.change,
        use=found.totals.by_use,
        factors=found.totals.by_factors,
    )


def unconfirmed(found: Overview) -> str:
    """How much rests on factors that were not read in an official text."""
    if not found.totals.unconfirmed.exact:
        return texts.label("doc.all_confirmed")
    return texts.label(
        "doc.unconfirmed", tonnes=found.totals.unconfirmed, unit=found.unit, share=found.totals.unconfirmed_share
    )


def trace(found: Overview) -> str:
    """How a figure is led back, said of the largest item."""
    return texts.label("doc.trace", item=_largest(found)[1], year=found.year.label)


def trace_command(found: Overview) -> str:
    """The command that leads the largest item back to its bills."""
    folder = texts.label("doc.trace.folder")
    return f"kotsukotsu trace {folder} --fy {found.year.fy} --item {_largest(found)[0]}"


def _largest(found: Overview) -> tuple[str, str]:
    part = max(found.items, key=lambda part: part.tonnes.exact or 0)
    return part.code, part.name


def footer(found: Overview) -> str:
    """City, year, version and day, as at the foot of every page."""
    return texts.label(
        "doc.footer", city=found.city, year=found.year.label, catalogue=found.catalogue, made=day_name(found.made)
    )


def policy(choices: Iterable[tuple[str, str]]) -> str:
    """The choices that the law leaves open, as one sentence."""
    colon = texts.label("render.colon")
    return texts.label("render.point").join(f"{label}{colon}{text}" for label, text in choices)
