"""Write examples/energy: ``python -m examples.make_energy [FOLDER]``; tables from totals, the rest copied as it is.

Printed in documents: the planned solar power of Ishikari's buildings (84, 88.8, 264 and 72 kW: 508.8 kW), the fuel cell
of 2 kW, the wind turbine (1,500 kW, 3,480,000 kWh a year) and the use of 23 schools (3,300,000 kWh a year).
Invented: how the totals spread over buildings and months, and everything that a contract says.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from kotsukotsu.store.folder import write_file

FOLDER = Path(__file__).parents[1] / "energy"
FY = 2024
MONTHS = (*((FY, month) for month in range(4, 13)), *((FY + 1, month) for month in range(1, 4)))
INVENTED = "例示のための配分（資料にあるのは合計だけ）"
Row = Sequence[object]

# Share of a year in each month, April first [%]; invented.
YEARLY = {
    "office": (7.6, 7.0, 7.4, 8.8, 9.0, 7.8, 7.2, 8.0, 9.6, 10.4, 9.2, 8.0),
    "school": (7.8, 7.6, 7.9, 7.0, 5.2, 7.9, 8.4, 9.4, 9.9, 10.2, 10.0, 8.7),
    "kitchen": (8.6, 9.0, 9.2, 6.4, 4.2, 9.0, 9.4, 9.2, 8.4, 9.0, 9.2, 8.4),
    "community": (7.4, 7.2, 7.6, 8.6, 9.2, 7.9, 7.4, 8.2, 9.4, 9.8, 9.2, 8.1),
}
CITY_HALL = (
    # number, name, use, kWh a year (invented), planned solar power [kW], load factor of a month (invented) [1]
    ("hall", "市役所", "office", 520_000, "84", 0.42),
    ("health", "保健福祉センター", "office", 310_000, "88.8", 0.40),
    ("kitchen", "学校給食センター", "kitchen", 400_000, "264", 0.34),
    ("library", "図書館", "community", 210_000, "72", 0.42),
)
SCHOOLS, SCHOOL_KWH = 23, 3_300_000
# Written by hand in examples/energy; nothing in them follows from a total.
BY_HAND = {
    "city-hall": ("site.toml", "heat.csv", "options.csv", "assumptions.csv"),
    "wind-and-schools": ("site.toml",),
}


def main(folder: Path) -> None:
    """Both sites."""
    city_hall(folder / "city-hall")
    wind_and_schools(folder / "wind-and-schools")
    for site, names in BY_HAND.items():
        for name in names:
            write_file(folder / site / name, (FOLDER / site / name).read_text(encoding="utf-8"))


def city_hall(folder: Path) -> None:
    """Four buildings behind one meter, planned solar power, battery and fuel cell."""
    _table(folder, "buildings", "building_id,name,use,meter_id,tariff_id,power_factor_pct,earlier_kw",
           [(key, name, use, "m1", "example-high-season", 98, "470; 462; 441" if key == "hall" else "")
            for key, name, use, *_ in CITY_HALL])  # fmt: skip
    _bills(folder, [(key, use, kwh, factor) for key, _, use, kwh, _, factor in CITY_HALL])
    _generators(folder, [
        (f"pv-{key}", f"太陽光（{name}）", "pv", kw, int(float(kw) * 1000), "m1", 43.171, 141.316, 30, 180, "north", "",
         "non_fit", "planned", "計画に印刷された出力と 1,000 kWh/kW") for key, name, _, _, kw, _ in CITY_HALL
    ])  # fmt: skip
    _agreement(folder)


def _agreement(folder: Path) -> None:
    """An agreement over twenty years, what its fund pays for and a menu for households; all invented."""
    _table(
        folder,
        "ppas",
        "ppa_id,name,meter_id,start_fy,years,price,escalator_pct,degradation_pct,avoided_pct,"
        "fund_share,surplus_price,source",
        [("p1", "市庁舎の太陽光の契約", "m1", FY, 20, "16.5", "1.0", "0.5", "0.8", "0.3", "9.0", INVENTED)],
    )
    _table(folder, "settlements", "ppa_id,fiscal_year,used_kwh,avoided_price,surplus_kwh,source",
           [("p1", FY, 461_200, "25.31", 47_300, INVENTED)])  # fmt: skip
    _table(folder, "spending", "ppa_id,fiscal_year,what,yen,source",
           [("p1", FY + 1, "避難所の照明", 1_200_000, INVENTED),
            ("p1", FY + 4, "地域の乗合バスの充電器", 3_500_000, INVENTED),
            ("p1", FY + 10, "集会所の断熱", 6_000_000, INVENTED)])  # fmt: skip
    _table(folder, "menus", "menu_id,ppa_id,name,households,kwh,usual_price,price,source",
           [("m1", "p1", "昼の割安メニュー", 60, 520, "31.5", "26.0", INVENTED)])  # fmt: skip


def wind_and_schools(folder: Path) -> None:
    """A wind turbine on the network and 23 schools."""
    sizes = [80 + 7 * number % 61 for number in range(SCHOOLS)]
    kwh = [SCHOOL_KWH * size // sum(sizes) for size in sizes]
    kwh[0] += SCHOOL_KWH - sum(kwh)
    keys = [f"s{number:02d}" for number in range(1, SCHOOLS + 1)]
    _table(folder, "buildings", "building_id,name,use,meter_id,tariff_id,power_factor_pct,facility_id,supplier",
           [(key, f"学校{number:02d}", "school", f"m{number:02d}", "example-high-season", 97, key, "例示小売")
            for number, key in enumerate(keys, 1)])  # fmt: skip
    _bills(folder, [(key, "school", one, None) for key, one in zip(keys, kwh, strict=True)])
    _table(
        folder,
        "shares",
        "generator_id,building_id,share",
        [("wind", key, f"{int(one / SCHOOL_KWH * 10**4) / 10**4:.4f}") for key, one in zip(keys, kwh, strict=True)],
    )
    _generators(folder, [
        ("wind", "風力発電所", "wind", 1500, 3_480_000, "", 43.215, 141.300, "", "", "north", "4.5", "fip", "existing",
         "計画に印刷された出力と年間発電量。損失 4.5％ は例示"),
    ])  # fmt: skip


def _bills(folder: Path, buildings: Iterable[tuple[str, str, int, float | None]]) -> None:
    rows: list[Row] = []
    for key, use, kwh, factor in buildings:
        parts = _months(YEARLY[use], kwh)
        for (year, month), part in zip(MONTHS, parts, strict=True):
            most = "" if factor is None else round(part / (30 * 24) / factor)
            rows.append((key, f"{year}-{month:02d}-01", part, most, "", "example", INVENTED))
    _table(folder, "bills", "building_id,month,kwh,max_kw,yen,basis,source", rows)


def _months(shares: Sequence[float], kwh: int) -> list[int]:
    """Whole kilowatt-hours of each month that add up to the year."""
    parts = [int(kwh * share / sum(shares)) for share in shares]
    parts[-1] += kwh - sum(parts)
    return parts


def _generators(folder: Path, rows: Sequence[Row]) -> None:
    head = "generator_id,name,kind,kw,yearly_kwh,meter_id,latitude,longitude,tilt_deg,azimuth_deg,climate,loss_pct,"
    _table(folder, "generators", f"{head}scheme,state,source", rows)


def _table(folder: Path, name: str, head: str, rows: Iterable[Row]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head.split(","), *rows])
    write_file(folder / f"{name}.csv", out.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
