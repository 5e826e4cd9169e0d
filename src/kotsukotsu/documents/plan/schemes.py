"""Drawings without numbers: the plan's place and years, the organisation, the yearly and the five-yearly round."""

from __future__ import annotations

from kotsukotsu import texts
from kotsukotsu.documents.plan.setting import Plan
from kotsukotsu.documents.registry import Picture, Registry
from kotsukotsu.documents.sketch import schemes

STEPS = ("plan", "do", "check", "act")
LEVELS = ("head", "office", "departments", "facilities")


def drawings(plan: Plan, base_fy: int, fy: int, goal_years: tuple[int, ...], registry: Registry, city: str) -> None:
    """Fill in the drawings."""
    registry.pictures["position"] = _position(plan, city)
    registry.pictures["period"] = _period(plan, base_fy, fy, goal_years)
    registry.pictures["organisation"] = _organisation(plan)
    registry.pictures["rounds"] = _rounds()


def _position(plan: Plan, city: str) -> Picture:
    found = texts.label("pd.fig.position")
    above = [schemes.Post(texts.label("pd.position.law"))]
    above += [schemes.Post(name) for name in plan.lists["parents"]]
    own = schemes.Post(texts.label("pd.position.own"), (city,))
    beside = [schemes.Post(texts.label(f"pd.position.{key}")) for key in ("national", "government")]
    beside += [schemes.Post(name) for name in plan.lists["related"]]
    return Picture(found, schemes.layers(above, own, beside, "pd-position", found, found), found)


def _period(plan: Plan, base_fy: int, fy: int, goal_years: tuple[int, ...]) -> Picture:
    found = texts.label("pd.fig.period")
    last = max(goal_years[0] if goal_years else plan.last_fy, plan.last_fy) + 2
    labels = [
        (year, plan.short(year)[-1] if plan.years != "era" else plan.short(year)[0]) for year in range(base_fy, last)
    ]
    every = [(year, label if year in (base_fy, fy, plan.first_fy, plan.last_fy) else "") for year, label in labels]
    spans = [
        schemes.Span(texts.label("pd.period.base"), base_fy, base_fy, plan.year(base_fy)),
        schemes.Span(texts.label("pd.period.latest"), fy, fy, plan.year(fy)),
        schemes.Span(texts.label("pd.period.plan"), plan.first_fy, plan.last_fy,
                     texts.label("pd.period.years", count=plan.last_fy - plan.first_fy + 1)),
        schemes.Span(texts.label("pd.period.goal"), plan.last_fy, plan.last_fy, plan.year(plan.last_fy)),
    ]  # fmt: skip
    return Picture(found, schemes.timeline(spans, every, "pd-period", found, found), found)


def _organisation(plan: Plan) -> Picture:
    """Posts as the city names them, else the usual ones; what each does."""
    found = texts.label("pd.fig.organisation")
    usual = [texts.label(f"pd.post.{level}") for level in LEVELS]
    given = plan.lists["organisation"]
    names = [given[index] if index < len(given) else name for index, name in enumerate(usual)]
    posts = [
        schemes.Post(name, (texts.label(f"pd.post.{level}.task"),)) for name, level in zip(names, LEVELS, strict=True)
    ]
    advice = plan.lists["council"]
    council = schemes.Post(
        advice[0] if advice else texts.label("pd.post.council"), (texts.label("pd.post.council.task"),)
    )
    ways = (texts.label("pd.way.down"), texts.label("pd.way.up"))
    return Picture(found, schemes.organisation(posts, council, ways, "pd-organisation", found, found), found)


def _rounds() -> Picture:
    found = texts.label("pd.fig.rounds")
    rounds = [
        (
            texts.label(f"pd.round.{span}"),
            [schemes.Post(texts.label(f"pd.step.{step}"), (texts.label(f"pd.step.{span}.{step}"),)) for step in STEPS],
        )
        for span in ("five", "one")
    ]
    return Picture(found, schemes.cycle(rounds, "pd-rounds", found, found), found)
