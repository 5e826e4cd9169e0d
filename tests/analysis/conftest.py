"""A town of two years whose changes are known by hand."""

from __future__ import annotations

import pytest

from kotsukotsu.analysis.causes import causes
from tests.base.town import Town


@pytest.fixture
def town(tmp_path):
    """市役所 (better factor), 学校 (closed into 学園), 学園 (opened), 図書館 (took over 分館), 保育所 (moved)."""
    made = Town(tmp_path / "town")
    made.municipality["base_fy"] = 2022
    made.add("departments", department_id="d1", name="総務部")
    made.add("departments", department_id="d2", name="管財課", parent_id="d1")
    made.tables["facilities"][0] |= {"department_id": "d2", "use": "庁舎", "floor_area_m2": 1000}
    made.facility("f2", "学校", closed_on="2023-04-01", note="学園に統合", department_id="d1", use="小学校")
    made.facility("f3", "学園", opened_on="2023-04-01", note="学校を統合して開校", use="小学校")
    made.facility("f4", "図書館", note="2023-04-01 分館を統合", use="図書館")
    made.facility("f5", "保育所", note="2010-04-01 移転", use="保育所")
    for fy, value in ((2022, "0.5"), (2023, "0.4")):
        made.own("electricity", value, supplier="青電気", valid_from=f"{fy}-04-01", valid_to=f"{fy + 1}-04-01")
    made.own("electricity", "0.3", supplier="緑電気", valid_from="2022-04-01", valid_to="2024-04-01")
    for facility in ("f1", "f2", "f3", "f4", "f5"):
        made.contract("青電気", facility=facility)
    for facility, before, after in (
        ("f1", 100000, 100000), ("f2", 20000, None), ("f3", None, 40000), ("f4", 10000, 20000), ("f5", 10000, 10000),
    ):  # fmt: skip
        for fy, quantity in ((2022, before), (2023, after)):
            if quantity is not None:
                made.year("electricity", fy, quantity, facility_id=facility)
    return made


@pytest.fixture
def found(town):
    """Its causes."""
    return found_in(town)


def found_in(town, **more):
    session = town.session()
    latest = session.inventory(2023)
    return causes(latest.base_lines, latest.lines, session.city.table("facilities"), **more)
