"""A site's year of dispatch: the plan, and the bills with and without the equipment."""

from __future__ import annotations

from kotsukotsu import texts
from kotsukotsu.documents.energy.dispatch_heat import Heated
from kotsukotsu.documents.energy.dispatch_study import Dispatched
from kotsukotsu.energy import exact
from kotsukotsu.energy.dispatch.model import HeatPump
from kotsukotsu.energy.dispatch.money import electricity
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.sessions.energy_joint import Joint
from kotsukotsu.sessions.energy_system import Planned


def dispatched(together: Joint, day: int) -> Dispatched:
    """The best use of the equipment that ``site.toml`` names; `day` is the one whose flows are shown, from 0.

    Of several meters all are planned, and the first is shown.
    """
    site = together.parts[0]
    before = site.bill(site.load)  # refuses a tariff with a gap before anything takes time
    plan = optimal(together.system())
    meter = plan.system.meters[0]
    objective = electricity(plan, meter) + float(site.prices.fixed.sum())
    after = site.bill(plan.flow(f"{site.name}/buy"))
    contract = site.contract
    unit = exact.decimal(float(contract.prices.sum())) if contract and contract.agreed is None else None
    agreed = exact.decimal(contract.agreed) if contract and contract.agreed is not None else None
    return Dispatched(plan, before, after, exact.decimal(objective), day, unit, agreed,
                      together.of_plan, _heated(site, plan), together.chosen.sentence,
                      _place(together))  # fmt: skip


def _place(together: Joint) -> tuple[str, ...]:
    """Which meters are planned together, and which is shown."""
    if len(together.parts) == 1:
        return together.parts[0].place
    shown = together.parts[0].meter_id
    return (texts.label("energy.dispatch.place", name=together.place, shown=shown),)


def _heated(site: Planned, plan: Plan) -> Heated | None:
    """What heat pump and boiler give; None where no heat is needed."""
    meter = plan.system.meters[0]
    pump = next((one for one in meter.assets if isinstance(one, HeatPump)), None)
    if pump is None:
        return None
    name, boiler = f"{meter.name}/{pump.name}", site.heat.boiler
    return Heated(
        pump.heat, plan.flow(f"{name}/power") * pump.cop, plan.flow(f"{name}/boiler"), pump.boiler_yen, pump.boiler_kg,
        site.heat.fuel_name, boiler.unit, float(boiler.heat),
    )  # fmt: skip
