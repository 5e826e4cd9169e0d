"""Half-hours on disk: every version is kept, and comes back as it was."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from kotsukotsu.energy.readings import Flag, as_known, readings
from kotsukotsu.errors import FolderError
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_series import by_year, from_columns, to_columns
from kotsukotsu.store import halfhours


def series(value, known, start=date(2024, 4, 1), point="m1"):
    kwh = np.full(96, value)
    flags = np.zeros(96, np.uint8)
    flags[3] = Flag.MISSING
    return readings(point, start, kwh, flags, source=f"file {value}", known_at=known)


def test_versions_are_added_and_read_back_by_moment(tmp_path):
    early, late = datetime(2024, 5, 1, tzinfo=JST), datetime(2024, 6, 1, tzinfo=JST)
    halfhours.append(tmp_path, 2024, [to_columns(series(1.25, early)), to_columns(series(7.5, None, point="m2"))])
    halfhours.append(tmp_path, 2024, [to_columns(series(2.5, late))])
    back = from_columns(halfhours.read(tmp_path, 2024))
    assert set(back) == {"m1", "m2"}
    assert as_known(back["m1"]).kwh[0] == 2.5
    then = as_known(back["m1"], early)
    assert (then.kwh[0], then.start, then.sources[then.source[0]]) == (1.25, date(2024, 4, 1), "file 1.25")
    assert bool(then.missing[3]) is True
    assert np.isnan(then.kwh[3])


def test_a_series_over_march_goes_to_two_years():
    parts = dict(by_year(series(1.0, None, start=date(2024, 3, 31))))
    assert {fy: (part.start, part.end) for fy, part in parts.items()} == {
        2023: (date(2024, 3, 31), date(2024, 4, 1)),
        2024: (date(2024, 4, 1), date(2024, 4, 2)),
    }


def test_no_file_is_no_series_and_a_broken_one_is_refused(tmp_path):
    assert halfhours.read(tmp_path, 2024) is None
    halfhours.path_of(tmp_path, 2024).parent.mkdir()
    halfhours.path_of(tmp_path, 2024).write_bytes(b"PAR1 broken")
    with pytest.raises(FolderError, match="F-15"):
        halfhours.read(tmp_path, 2024)
