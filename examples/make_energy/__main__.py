"""Write examples/energy: ``python -m examples.make_energy [FOLDER]``.

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
# Only the fuel cell of 2 kW is printed in a document; all else is invented.
EQUIPMENT = """
[equipment]                # 燃料電池 2 kW のほかは例示
battery_kwh = 300
battery_kw = 120
battery_efficiency = 0.95
cars = 6
car_kwh = 40
car_charge_kw = 6
car_discharge_kw = 6
car_kwh_per_km = 0.15
staff_trips = 6            # 平日の職員の予約（一日の平均）
citizen_trips = 1.5        # 夕方の市民の予約（休日は昼に2倍）
unit_kw = 10
unit_yen_per_kwh = 8
electrolyser_kw = 5
tank_kwh = 200
fuel_cell_kw = 2
fuel_kwh = 100
sell_yen_per_kwh = 7
grid_kg_per_kwh = 0.415

[costs]                    # すべて例示
rate = 0.02
subsidy = 0.5
sun_yen = 250000           # 1 kW
sun_years = 20
sun_upkeep_yen = 4000
sun_most = 800
battery_kwh_yen = 110000   # 1 kWh
battery_kwh_years = 15
battery_kwh_upkeep_yen = 1000
battery_kwh_most = 2000
battery_kw_yen = 60000     # 1 kW
battery_kw_years = 15
battery_kw_upkeep_yen = 500
battery_kw_most = 600

[[critical]]               # 大切な順。すべて例示
name = "災害対策本部の情報機器"
kw = 6

[[critical]]
name = "非常照明"
kw = 4

[[critical]]
name = "給水ポンプ"
kw = 5

[[critical]]
name = "避難者の携帯電話の充電"
kw = 5

[[critical]]
name = "避難所の空調"
kw = 25
""".splitlines()


def main(folder: Path) -> None:
    """Both sites."""
    city_hall(folder / "city-hall")
    wind_and_schools(folder / "wind-and-schools")


def city_hall(folder: Path) -> None:
    """Four buildings behind one meter, planned solar power, battery and fuel cell."""
    _settings(folder, "市庁舎の小さな電力網", (43.171, 141.316), (*_matching("demand", (0.2, 0.5, 1)), *EQUIPMENT))
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
    _settings(folder, "風力発電所と23校", (43.215, 141.300), _matching("contract", (1, 4, 16)))
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


def _matching(rule: str, batteries: Sequence[float]) -> tuple[str, ...]:
    """How generation is shared, and the factor that the plan's 1,370 t rest on."""
    return (
        "[matching]",
        f'rule = "{rule}"            # contract、demand、water のどれか',
        'co2_t_per_kwh = "0.000415"',
        'co2_source = "計画の 1,370 t-CO2 と 3,300,000 kWh から逆算した値"',
        'co2_status = "unconfirmed"',
        f"battery_mwh = {list(batteries)}",
        "battery_hours = 4",
        'battery_efficiency = "0.9"',
    )


def _settings(folder: Path, name: str, place: tuple[float, float], more: Sequence[str]) -> None:
    lines = (
        "[site]",
        f'name = "{name}"', 'municipality = "石狩市（例示）"', f"fiscal_year = {FY}", f"latitude = {place[0]}",
        f"longitude = {place[1]}", "synthetic = true            # 30分値の形は合成。資料にあるのは合計だけ",
        'note = "石狩市の計画に印刷された合計を使った例"',
        "",
        *more,
    )  # fmt: skip
    write_file(folder / "site.toml", "\n".join(lines) + "\n")


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
