"""A matching as data: every number a string."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kotsukotsu.documents.energy.bill_data import head
from kotsukotsu.energy.match.certificates import Account
from kotsukotsu.energy.match.ladder import Rung
from kotsukotsu.energy.match.model import kwh
from kotsukotsu.rounding import plain

if TYPE_CHECKING:
    from kotsukotsu.documents.energy.match_study import Matched

SHARE = Decimal("0.000001")


def data(found: Matched) -> dict[str, Any]:
    """The body."""
    matching, said = found.ledger.matching, found.claim
    used, got = matching.loads.sum(axis=1), matching.matched.sum(axis=1)
    return {
        **head(found.site),
        "rule": matching.rule,
        "ladder": [_rung(one) for one in found.rungs],
        "carbon": [
            {"level": one.level, "kwh": plain(one.kwh), "t_per_kwh": plain(one.factor.value),
             "source": one.factor.source, "status": one.factor.status, "tonnes_co2": plain(one.tonnes)}
            for one in found.saved
        ],
        "batteries": [
            {"mwh": plain(one.mwh), "hours": plain(one.hours), "efficiency": plain(one.efficiency), **_rung(rung)}
            for one, rung in found.batteries
        ],
        "certificates": [_account(one) for one in found.ledger.accounts()],
        "claim": {"level": said.level, "whole": said.is_whole, "share": _share(said.share),
                  "certified_kwh": plain(said.certified), "certified_tonnes_co2": plain(found.certified_tonnes),
                  "reasons": [reason.as_dict() for reason in said.reasons]},
        "buildings": [
            {"building": building, "name": found.names[building], "kwh": plain(kwh(used[place])),
             "matched_kwh": plain(kwh(got[place]))}
            for place, building in enumerate(matching.buildings)
        ],
    }  # fmt: skip


def _rung(one: Rung) -> dict[str, str]:
    return {"level": one.level, "covered_kwh": plain(one.covered), "load_kwh": plain(one.load),
            "share": _share(one.share)}  # fmt: skip


def _share(value: Decimal) -> str:
    return plain(value.quantize(SHARE))


def _account(one: Account) -> dict[str, str]:
    names = ("issued", "lost", "allocated", "left", "cancelled")
    numbers = {f"{name}_kwh": plain(getattr(one, name)) for name in names}
    return {"generator": one.generator_id, "name": one.name, **numbers}
