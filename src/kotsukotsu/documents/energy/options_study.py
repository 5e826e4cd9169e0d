"""The study of options: ranked, on the front or off it, with and without each part, by way of paying, by assumption."""

from __future__ import annotations

from datetime import date

from kotsukotsu import texts
from kotsukotsu.documents.energy import options_charts as charts
from kotsukotsu.documents.energy import options_tables as tables
from kotsukotsu.documents.energy.options_data import data
from kotsukotsu.documents.energy.options_tables import label, name_of
from kotsukotsu.documents.energy.study import Part, Study, footer
from kotsukotsu.energy import exact
from kotsukotsu.energy.options.assumptions import CONFIRMED
from kotsukotsu.energy.options.compare import Compared
from kotsukotsu.energy.options.model import FILE, OWN, PPA
from kotsukotsu.energy.site import Site
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

SHORT = 0.05  # kWh in a year, below which nothing is said
SHOWN = 3  # names in a finding


def study(site: Site, found: Compared, findings: tuple[Finding, ...], made: date) -> Study:
    """Everything of the options of a meter."""
    year = site.fiscal_year.name
    parts = (
        Part("options", label("section.options"), tables=(tables.money(found), tables.effects(found))),
        Part("cost", label("section.cost"), charts.money(found), on_terminal=False),
        Part("front", label("section.front"), charts.front(found), on_terminal=False),
        Part("pairs", label("section.pairs"), charts.pairs(found)),
        Part("forms", label("section.forms"), charts.forms(found), (tables.forms(found),), tables.lines(found)),
        Part("swings", label("section.swings"), charts.swings(found)),
        Part("assumptions", label("section.assumptions"), tables=(tables.assumed(found),),
             closed=(tables.sizes(found),), on_terminal=False),
    )  # fmt: skip
    return Study(label("title", site=site.name, year=year), _banners(site, found), _sentences(found), parts,
                 data(site, found), (*findings, *_findings(found)), footer(site.name, year, made), made)  # fmt: skip


def _banners(site: Site, found: Compared) -> tuple[str, ...]:
    said = [texts.label("energy.synthetic")] if site.synthetic else []
    open_ = _unconfirmed(found)
    if open_:
        said.append(label("unconfirmed", count=len(open_), all=len(found.assumed.rows)))
    return (*said, label("planned"), texts.label("energy.outage.begins"))


def _unconfirmed(found: Compared) -> list[str]:
    return [key for key, row in found.assumed.rows.items() if row.status != CONFIRMED]


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)


def _sentences(found: Compared) -> tuple[str, ...]:
    best, rows = found.ranked[0], found.assumed.rows
    rule = label(f"rule.{found.rule}", years=plain(rows["years"].value), rate=_n(100 * float(rows["rate"].value), 1))
    return (
        label("headline", option=name_of(best), npv=_n(best.npv), tonnes=_n(best.tonnes, 1),
              before=_n(found.base.tonnes, 1), p10=_n(best.hours[0], 1)),
        rule, _front(found), *_paid(found), _hangs(found),
    )  # fmt: skip


def _front(found: Compared) -> str:
    on = [one for one in found.ranked if one.option.option_id not in found.beaten]
    names = texts.listed(tables.id_of(one) for one in on)
    return label("front.said", count=len(on), all=len(found.ranked), names=names)


def _paid(found: Compared) -> list[str]:
    known = {way.form: way.found for way in found.forms if way.found is not None}
    said = [label("paid.one", form=label(f"form.{form}"), npv=_n(one.npv)) for form, one in known.items()]
    sentences = [label("paid", option=name_of(found.one), ways=texts.listed(said))] if len(said) > 1 else []
    if OWN in found.fair and PPA in known:
        price = found.assumed.rows["ppa_yen_per_kwh"].value
        sentences.append(label("fair", fair=_n(found.fair[OWN], 1), price=plain(price)))
    return sentences


def _hangs(found: Compared) -> str:
    if not found.swings:
        return label("hangs.none")
    widest = found.swings[0]
    changing = [label(f"a.{one.key}") for one in found.swings if _changes(found, one.firsts)]
    head = label("hangs", name=label(f"a.{widest.key}"), ends=tables.ends(widest), low=_n(min(widest.npvs)),
                 high=_n(max(widest.npvs)))  # fmt: skip
    return head + (label("hangs.first", names=texts.listed(changing)) if changing else label("hangs.same"))


def _changes(found: Compared, firsts: tuple[str | None, str | None]) -> bool:
    return any(first not in (None, found.ranked[0].option.option_id) for first in firsts)


def _findings(found: Compared) -> list[Finding]:
    """OP-14 assumptions that nobody confirmed, OP-15 options in which electricity is short."""
    open_ = _unconfirmed(found)
    made = []
    if open_:
        names = texts.listed(label(f"a.{key}") for key in open_[:SHOWN])
        made.append(Finding("OP-14", "assumptions.csv", {"count": len(open_), "names": names}))
    short = [one for one in found.ranked if one.year.short_kwh > SHORT]
    return [*made, *(Finding("OP-15", FILE, {"option": name_of(one), "kwh": _n(one.year.short_kwh, 1)})
                     for one in short)]  # fmt: skip
