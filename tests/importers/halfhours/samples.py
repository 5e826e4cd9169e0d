"""Small files of our own in the layouts of retailers, EMS, network companies and JEPX."""

from __future__ import annotations

TIMES = [f"{slot // 2}:{slot % 2 * 30:02d}" for slot in range(48)]
ENDS = [*TIMES[1:], "24:00"]


def wide(days=("2024/4/1",), heads=TIMES, title="30分電力量(kWh)", meter="0300111", value=1.5):
    rows = [title, ",".join(["供給地点特定番号", "年月日", *heads])]
    rows += [",".join([meter, day, *[str(value + number) for number in range(len(heads))]]) for day in days]
    return "\r\n".join(rows) + "\r\n"


def long(times=TIMES, heads="日付,時刻,受電電力量(kWh),太陽光(kW),品質", word="実測"):
    rows = [heads, *(f"令和6年4月1日,{time},{number},{number * 2},{word}" for number, time in enumerate(times))]
    return "\r\n".join(rows) + "\r\n"


def area():
    rows = ["2020/1/1 18:10 UPDATE", "", "DATE,TIME,実績(万kW)"]
    rows += [f"2024/4/1,{hour}:00,{2000 + hour}" for hour in range(24)]
    return "\r\n".join(rows) + "\r\n"


def spot(days=("2024/04/01",)):
    rows = [
        "受渡日,時刻コード,売り入札量(kWh),システムプライス(円/kWh),エリアプライス北海道(円/kWh),エリアプライス東京(円/kWh)"
    ]
    rows += [
        f"{day},{code},1000,{10 + code / 100},{11 + code / 100},{12 + code / 100}"
        for day in days
        for code in range(1, 49)
    ]
    return "\r\n".join(rows) + "\r\n"
