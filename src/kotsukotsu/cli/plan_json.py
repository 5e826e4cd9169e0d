"""``kotsukotsu plan`` as JSON: numbers are strings in plain decimal notation."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kotsukotsu.cli import kpi_json
from kotsukotsu.cli.output import print_json
from kotsukotsu.documents.planning.projections import methods_of
from kotsukotsu.planning.bau import Span
from kotsukotsu.planning.targets import Targets
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.plan_view import PlanView


def write(view: PlanView) -> None:
    """One JSON document on standard output."""
    print_json(as_json(view))


def as_json(view: PlanView) -> dict[str, Any]:
    """Everything, unrounded."""
    return {
        **_now(view),
        "milestones": _milestones(view),
        "sectors": _sectors(view),
        "printed_beside_computed": _compared(view),
        "printed_kpis": _printed_kpis(view),
        "kpis": [kpi_json.body(one) for one in view.kpis],
        "bau": _bau(view),
        "progress": _progress(view),
        "facilities": _facilities(view),
        "findings": [finding.as_dict() for finding in view.findings],
    }


def _now(view: PlanView) -> dict[str, Any]:
    city = view.session.city
    return {
        "city": {"code": city.code, "name": city.name},
        "base_fy": city.base_fy,
        "base_tonnes_co2e": plain(view.data.base_total),
        "fiscal_year": view.data.now.fiscal_year,
        "tonnes_co2e": plain(view.data.now.tonnes),
        "history": [{"fiscal_year": one.fiscal_year, "tonnes_co2e": plain(one.tonnes)} for one in view.data.history],
    }


def _milestones(view: PlanView) -> list[dict[str, Any]]:
    return [
        {
            "fiscal_year": one.fiscal_year,
            "reduction_pct": plain(one.reduction_pct),
            "tonnes_co2e": plain(one.level(view.data.base_total)),
            "budget_tonnes_co2e": plain(view.budget(one)),
            "remaining_tonnes_co2e": _text(view.remaining(one)),
            "met_by_trend": view.met(one),
            "plan": one.plan,
            "status": one.status,
        }
        for one in view.milestones
    ]


def _sectors(view: PlanView) -> dict[str, Any] | None:
    if view.sectors is None:
        return None
    return {
        "national_plan": view.sectors.plan,
        "confirmed": view.sectors.confirmed,
        "goal_fy": view.goal.fiscal_year,
        "gap_sector": view.sectors.sector,
        "gap_tonnes_co2e": plain(view.sectors.table_a.gap(view.goal.reduction_pct)),
        "national_rates": _targets(view.sectors.table_a),
        "own": _targets(view.sectors.table_b),
    }


def _targets(targets: Targets) -> list[dict[str, str | None]]:
    return [
        {
            "sector": part.sector,
            "base_tonnes_co2e": plain(part.base),
            "reduction_tonnes_co2e": plain(part.reduction),
            "reduction_pct": _text(part.pct),
        }
        for part in (*targets.sectors, targets.total)
    ]


def _compared(view: PlanView) -> dict[str, Any] | None:
    if view.compared is None:
        return None
    rows = [
        {
            "sector": row.sector, "column": row.column, "printed": plain(row.printed), "computed": plain(row.computed),
            "difference": plain(row.difference), "reason": row.name,
        }
        for row in view.compared.rows
    ]  # fmt: skip
    return {"goal_fy": view.compared.goal_fy, "national_plan": view.compared.plan, "rows": rows}


def _printed_kpis(view: PlanView) -> list[dict[str, Any]]:
    return [
        {
            "kpi": one.kpi,
            "before": plain(one.before),
            "after": plain(one.after),
            "printed_tonnes_co2e": plain(one.effect.printed),
            "computed_tonnes_co2e": _text(one.effect.tonnes),
            "assumption": one.assumption,
            "verdict": one.verdict,
        }
        for one in view.printed_kpis
    ]


def _bau(view: PlanView) -> dict[str, Any]:
    methods = {name: _spans(spans) for name, spans in view.future.by_method.items()}
    spans = _spans(view.future.range)
    together = [one | {"methods": methods_of(view.future.by_method, one["fiscal_year"])} for one in spans]
    return {"methods": methods, "range": together}


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [
        {"fiscal_year": one.fiscal_year, "low": plain(one.low), "middle": plain(one.middle), "high": plain(one.high)}
        for one in spans
    ]


def _progress(view: PlanView) -> dict[str, str | None]:
    return {
        "on_path_tonnes_co2e": plain(view.progress.on_path),
        "gap_tonnes_co2e": plain(view.progress.gap),
        "gap_of_factors_tonnes_co2e": _text(view.progress.gap_of_factors),
        "gap_of_use_tonnes_co2e": _text(view.progress.gap_of_use),
        "gap_outside_control_tonnes_co2e": _text(view.progress.gap_outside),
        "gap_of_contracts_tonnes_co2e": _text(view.progress.gap_of_contracts),
        "gap_own_tonnes_co2e": _text(view.progress.gap_own),
        "behind_plan_tonnes_co2e": _text(view.progress.behind_plan),
        "overspent_tonnes_co2e": _text(view.overspent),
    }


def _facilities(view: PlanView) -> list[dict[str, str]] | None:
    if view.facilities is None:
        return None
    return [
        {
            "facility": one.facility_id, "tonnes_co2e": plain(one.tonnes),
            "reduction_tonnes_co2e": plain(one.reduction), "target_tonnes_co2e": plain(one.level), "ground": one.ground,
        }
        for one in view.facilities
    ]  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
