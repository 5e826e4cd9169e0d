"""Whatever arrives: a result or an ImportFileError, never another error."""

from __future__ import annotations

import io
import random
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotsukotsu import texts
from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers import read, rejects

BOUNDED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.sampled_from(
    [
        "",
        "施設名", "電気(kWh)", "4月", "5月", "6月", "R6.7", "計", "合計", "〃", "-", "…", "△5", "1,234kWh",
        "市役所本庁舎",
        "㈱髙﨑プール", "令和6年度", "使用量", "単位", "L", "年月", "検針日", "2024/4/1", "9999/12/31", "R99.12",
        "0001/1/1",
        "供給地点特定番号", "0312345678901234567890", "使用期間", "2024/4/1～4/30", "1e400", "NaN", "∞", "使用日数",
        "年度",
    ]
)  # fmt: skip


def survives(data: bytes, name: str, context) -> None:
    try:
        result = read(data, name, context)
    except ImportFileError as error:
        refused = error.text()
        assert refused
        return
    assert sum(result.counts.values()) == len(result.fates)
    for finding in (*result.findings, *(fate.reason for fate in result.rejected)):
        assert finding.message()
        assert finding.code in texts.entries()
    rejects(result)


@BOUNDED
@given(data=st.binary(max_size=400))
def test_random_bytes_never_crash(context, data: bytes) -> None:
    survives(data, "x.xlsx", context)


@BOUNDED
@given(grid=st.lists(st.lists(CELLS | st.text(max_size=8), max_size=8), max_size=8))
def test_random_tables_never_crash(samples, context, grid) -> None:
    survives(samples.as_csv(grid, "utf-8"), "令和6年度[電気]:使用量の調査への回答（学校教育課、最終版）.csv", context)


@BOUNDED
@given(seed=st.integers(0, 10**9), name=st.sampled_from(["facility_months.xlsx", "facility_months.xls", "bills.csv"]))
def test_spoilt_sample_files_never_crash(samples, context, seed: int, name: str) -> None:
    chance = random.Random(seed)
    data = bytearray(samples.SAMPLES[name]())
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    survives(bytes(data[: chance.randint(len(data) // 2, len(data))]), name, context)


@BOUNDED
@given(seed=st.integers(0, 10**9), kind=st.sampled_from(["messy.xlsx", "facility_months.ods"]))
def test_spoilt_xml_within_a_sound_zip_never_crashes(samples, context, seed: int, kind: str) -> None:
    chance = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(samples.SAMPLES[kind]())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = bytearray(old.read(name))
            for _ in range(chance.randint(0, 3) if "sheet" in name or "content" in name else 0):
                body[chance.randrange(len(body))] = chance.choice(b'0123456789<>"=/A ')
            new.writestr(name, bytes(body))
    survives(out.getvalue(), kind, context)
