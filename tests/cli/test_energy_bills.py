"""``kotsukotsu energy bill`` of a site with many meters: each, and all together."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

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
