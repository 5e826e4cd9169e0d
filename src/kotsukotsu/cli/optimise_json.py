"""An answer of the optimiser for other programs: numbers are strings in plain decimal notation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kotsukotsu.cli import kpi_json
from kotsukotsu.documents.planning.proposal import Chosen
from kotsukotsu.planning.cost import curve, wedges
from kotsukotsu.planning.measures import default_costs
from kotsukotsu.planning.portfolio import Portfolio
from kotsukotsu.planning.portfolio_explain import Binding, Unmet
from kotsukotsu.planning.scenarios import Side
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.optimise_result import Answer


def body(answer: Answer, sides: list[Side]) -> dict[str, Any]:
    """The whole answer."""
    setting, base, outcome = answer.setting, answer.base, answer.outcome
    city = base.inventory.city
    first = setting.first_fy
    return {
        "city": {"code": city.code, "name": city.name},
        "fiscal_year": base.inventory.fy,
        "years": [first + year for year in range(len(setting.path))],
        "form": outcome.programme.problem.form,
        "target": {
            "fiscal_year": setting.target_fy,
            "tonnes_co2e": _text(setting.target),
            "base_tonnes_co2e": _text(base.base_total),
            "before_measures": _text(setting.before(answer.year)),
            "to_save": {str(first + year): plain(tonnes) for year, tonnes in setting.needed.items()},
        },
        "meets_target": bool(setting.needed) and outcome.portfolio is not None,
        "infeasible": outcome.infeasible,
        "gap": _number(outcome.gap),
        "seconds": _number(round(outcome.seconds, 3)),
        "cpu_seconds": _number(round(outcome.cpu_seconds, 3)),
        "measures": [_chosen(each) for each in answer.chosen],
        "yearly": [] if answer.plan is None else _yearly(answer, answer.plan),
        "curve": _curve(answer),
        "wedges": {} if answer.plan is None else _wedges(answer.plan),
        "present_cost_yen": None if answer.plan is None else plain(answer.plan.present_cost),
        "binding": [_binding(each, first) for each in answer.binding],
        "unmet": None if answer.unmet is None else _unmet(answer.unmet, first),
        "probability": _probability(answer),
        "scenarios": [_side(side) for side in sides],
        "kpis": [kpi_json.body(each) for each in answer.kpis],
        "findings": [finding.as_dict() for finding in answer.findings],
        "assumptions": [
            {"measure": each.measure, "text": each.assumption, "source": each.source, "status": each.status}
            for each in answer.assumptions
        ],
        "default_costs": default_costs(answer.setting.measures),
    }


def _number(value: float | None) -> str | None:
    """A measured number in plain decimal notation."""
    return None if value is None else plain(Decimal(repr(value)))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _chosen(each: Chosen) -> dict[str, Any]:
    return {
        "measure_id": each.planned.measure_id,
        "facility_id": each.planned.facility_id,
        "measure": each.planned.measure.measure,
        "fiscal_year": each.fy,
        "capex_yen": plain(each.capex),
        "capex_source": each.planned.measure.cost_source if each.planned.has_default_cost else "measures.csv",
        "running_yen": plain(each.running),
        "saved_tonnes_co2e": plain(each.saved),
        "yen_per_tonne": _text(each.yen_per_tonne),
    }


def _yearly(answer: Answer, plan: Portfolio) -> list[dict[str, Any]]:
    first = answer.setting.first_fy
    return [
        {
            "fiscal_year": first + year,
            "budget_yen": plain(plan.problem.budgets[year]),
            "spending_yen": plain(plan.spending[year]),
            "subsidy_yen": {p.key: plain(plan.subsidies[p.key, year]) for p in plan.problem.programmes},
            "running_yen": plain(plan.running[year]),
            "before_measures": plain(answer.setting.before(year)),
            "saved_tonnes_co2e": plain(plan.saved[year]),
            "saved_in_order": plain(answer.in_order[year]),
        }
        for year in range(len(plan.problem.budgets))
    ]


def _curve(answer: Answer) -> list[dict[str, str]]:
    """Chosen measures from the cheapest tonne to the dearest, in the year looked at."""
    known = [
        (each.planned.measure_id, each.saved, each.yen_per_tonne)
        for each in answer.chosen
        if each.yen_per_tonne is not None
    ]
    return [
        {
            "measure_id": step.key,
            "tonnes": plain(step.tonnes),
            "yen_per_tonne": plain(step.yen_per_tonne),
            "reach": plain(step.reach),
        }
        for step in curve(known)
    ]


def _wedges(plan: Portfolio) -> dict[str, list[str]]:
    return {kind: [plain(tonnes) for tonnes in yearly] for kind, yearly in wedges(plan).items()}


def _binding(each: Binding, first: int) -> dict[str, Any]:
    return {
        "limit": each.kind,
        "programme": each.key or None,
        "fiscal_year": first + each.year,
        "left": plain(each.left),
        "worth": plain(each.worth),
    }


def _unmet(each: Unmet, first: int) -> dict[str, Any]:
    extra = each.extra
    return {
        "missed_tonnes_co2e": {str(first + year): plain(tonnes) for year, tonnes in each.missed.items()},
        "extra_budget_yen": None if extra is None else {str(first + year): plain(yen) for year, yen in extra.items()},
        "most_tonnes_co2e": {str(first + year): plain(tonnes) for year, tonnes in enumerate(each.most)},
    }


def _probability(answer: Answer) -> dict[str, Any] | None:
    found = answer.chance
    if found is None:
        return None
    return {
        "probability": _number(found.probability),
        "standard_error": _number(round(found.standard_error, 6)),
        "quantiles": {_number(quantile): _number(round(value, 1)) for quantile, value in found.quantiles.items()},
        "draws": found.draws,
        "seed": found.seed,
    }


def _side(side: Side) -> dict[str, Any]:
    plan = side.answer.outcome.portfolio
    last = len(side.setting.path) - 1
    return {
        "scenario": side.scenario.name,
        "before_measures": plain(side.setting.before(last)),
        "meets_target": plan is not None and bool(side.setting.needed),
        "infeasible": side.answer.outcome.infeasible,
        "present_cost_yen": None if plan is None else plain(plan.present_cost),
        "saved_tonnes_co2e": None if plan is None else plain(plan.saved[last]),
    }
