"""The meters of a site with their bills, as documents take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.room import Room, room
from kotsukotsu.energy.site import Site


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter with its bill, the buildings behind it, and the room left in its last month."""

    meter_id: str
    names: tuple[str, ...]
    bill: Bill
    room: Room | None
    billed_yen: Mapping[str, Decimal]

    @property
    def name(self) -> str:
        """Its building, or the first of them and how many more."""
        if len(self.names) == 1:
            return self.names[0]
        return texts.label("energy.meter", first=self.names[0], more=len(self.names) - 1)


def meters(site: Site, bills: Mapping[str, Bill]) -> tuple[Meter, ...]:
    """The meters of a site with their bills."""
    found = []
    for meter_id, made in bills.items():
        rows = site.meters[meter_id]
        ids = {row["building_id"] for row in rows}
        yen: dict[str, Decimal] = {}
        for row in site.tables["bills"]:
            if row["building_id"] in ids and row["yen"] is not None:
                month = f"{row['month']:%Y-%m}"
                yen[month] = yen.get(month, Decimal(0)) + row["yen"]
        found.append(Meter(meter_id, tuple(row["name"] for row in rows), made, room(made), yen))
    return tuple(found)
