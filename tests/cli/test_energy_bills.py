"""``kotsukotsu energy bill`` of a site with many meters: each, and all together."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.energy.tariff import load

TARIFFS = Path(load.__file__).with_name("data")
WIND = Path(__file__).parents[2] / "examples" / "energy" / "wind-and-schools"


@pytest.fixture
def three(tmp_path) -> Path:
    """Three of the schools, so that the test is quick."""
    folder = shutil.copytree(WIND, tmp_path / "schools")
    for name in ("buildings", "bills", "shares"):
        table = folder / f"{name}.csv"
        head, *lines = table.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if any(school in line for school in ("s01,", "s02,", "s03,"))]
        table.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    return folder


def test_the_sum_is_that_of_the_bills_of_each_meter(cli, three) -> None:
    whole = cli("energy", "bill", three, "--format", "json").json
    alone = [cli("energy", "bill", three, "--meter", meter, "--format", "json").json for meter in ("m01", "m02", "m03")]
    for key in ("total_yen", "total_kwh"):
        assert Decimal(whole[key]) == sum(Decimal(one[key]) for one in alone)
        assert Decimal(whole[key]) == sum(Decimal(one[key]) for one in whole["meters"])


def test_the_table_of_meters_ends_with_their_sum(cli, three) -> None:
    done = cli("energy", "bill", three)
    table = done.out.partition("受電点別")[2]
    last = next(line for line in table.splitlines() if line.startswith("合計")).split()
    whole = cli("energy", "bill", three, "--format", "json").json
    assert last[1] == f"{Decimal(whole['total_kwh']):,.0f}"
    assert last[3] == f"{int(whole['total_yen']):,}"


def test_a_contract_that_changes_in_october_is_billed_by_each_tariff_in_its_months(cli, three) -> None:
    table = three / "contracts.csv"
    head = "meter_id,valid_from,tariff_id,power_factor_pct,contract_kw,supplier,menu,source"
    before = cli("energy", "bill", three, "--meter", "m01", "--format", "json").json["meters"][0]["months"]
    table.write_text(f"{head}\nm01,2024-10-01,example-high-tou,85,,新小売,,契約書\n", encoding="utf-8")
    after = cli("energy", "bill", three, "--meter", "m01", "--format", "json").json["meters"][0]["months"]
    assert after[:6] == before[:6]
    assert [month["tariff"] for month in after] == ["example-high-season"] * 6 + ["example-high-tou"] * 6
    october = after[6]["lines"][0]
    assert (october["kind"], october["share"], october["quantity"]) == ("demand", "1", after[6]["contract_kw"])
    assert [month["contract_kw"] for month in after] == [month["contract_kw"] for month in before]
    assert cli("energy", "bill", three, "--meter", "m02", "--format", "json").status == 0
    for row, code in (
        ("m01,2024-10-02,example-high-tou,85,,,,x", "TF-04"),
        ("m99,2024-10-01,example-high-tou,85,,,,x", "ST-14"),
        ("m01,2024-10-01,example-high-tou,,,,,x", "TF-10"),
    ):
        table.write_text(f"{head}\n{row}\n", encoding="utf-8")
        assert code in cli("energy", "bill", three, "--meter", "m01").err
    table.write_text(f"{head}\nm01,2024-10-01,example-high-agreed,95,60,,,x\n", encoding="utf-8")
    assert "ED-19" in cli("energy", "dispatch", three, "--meter", "m01").err


def test_an_agreed_power_is_told_as_agreed_and_never_as_set_by_a_month(cli, three) -> None:
    table = three / "buildings.csv"
    head, first, *rest = table.read_text(encoding="utf-8").splitlines()
    agreed = first.replace("example-high-season", "example-high-agreed") + ",30"
    table.write_text("\n".join([f"{head},contract_kw", agreed, *(f"{line}," for line in rest)]), encoding="utf-8")
    done = cli("energy", "bill", three, "--meter", "m01")
    assert "協議で決めた契約電力 30 kW を 12 か月で超え" in done.out
    assert "の最大で決まり" not in done.out
    assert cli("energy", "bill", three, "--meter", "m01", "--format", "html", "--out", three / "bill.html").status == 0
    assert " kW 超過" in (three / "bill.html").read_text(encoding="utf-8")
    whole = cli("energy", "bill", three, "--meter", "m01", "--format", "json").json["meters"][0]
    assert whole["room"]["set_in"] is whole["room"]["yen_per_kw_year"] is whole["months"][0]["contract_set_in"] is None
    above = sum(Decimal(month["maximum_kw"]) - 30 for month in whole["months"])
    per_kw = Decimal("1900.80") * Decimal("0.88") * Decimal("1.5") * Decimal("1.1")
    assert f"超過金は一年で {round(above * per_kw):,} 円" in " ".join(done.out.split())


def test_a_tariff_without_a_surcharge_says_that_none_is_computed(cli, three) -> None:
    for name in ("tariffs", "prices", "seasons"):
        rows = (TARIFFS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        own = [row.replace("example-high-agreed", "own").replace("agreed,,1.5,", "agreed,,,") for row in rows
               if row.startswith(("tariff_id", "example-high-agreed"))]  # fmt: skip
        (three / f"{name}.csv").write_text("\n".join(own) + "\n", encoding="utf-8")
    (three / "contracts.csv").write_text(
        "meter_id,valid_from,tariff_id,power_factor_pct,contract_kw,supplier,menu,source\n"
        "m01,2024-04-01,own,97,40,,,契約書\n", encoding="utf-8",
    )  # fmt: skip
    said = "".join(line.strip() for line in cli("energy", "bill", three, "--meter", "m01").lines)
    assert "超過の割増（penalty_ratio）が書かれていないので、超過金は計算していません" in said


def test_a_year_that_is_not_over_is_billed_to_its_last_month_with_the_room_of_that_month(cli, three) -> None:
    whole = cli("energy", "bill", three, "--meter", "m01", "--format", "json").json["meters"][0]
    bills = three / "bills.csv"
    rows = [row for row in bills.read_text(encoding="utf-8").splitlines() if not row.split(",")[1][:7] > "2024-08"
            or row.startswith("building_id")]  # fmt: skip
    bills.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "PF-02" in cli("energy", "bill", three, "--meter", "m01").err
    part = cli("energy", "bill", three, "--meter", "m01", "--last", "2024-08", "--format", "json").json["meters"][0]
    assert part["months"] == whole["months"][:5]
    assert part["room"]["month"] == "2024-08"
    said = cli("energy", "bill", three, "--meter", "m01", "--last", "2024-08")
    assert "令和6（2024）年度（令和6年8月まで）の電気料金は" in " ".join(said.out.split())
    done = cli("energy", "bill", three, "--last", "2024-08", "--format", "html", "--out", three / "part.html")
    assert done.status == 0
    assert "ST-18" in cli("energy", "bill", three, "--last", "2025-08").err
