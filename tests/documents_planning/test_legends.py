"""A legend on a phone: no name is cut off, and none lies on another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.documents.charts.bars import SWATCH, WIDTH, legend_places
from kotsukotsu.documents.charts.picture import width
from kotsukotsu.planning.measures import library

NAMES = [one.name_ja for one in library().values()]


@given(st.lists(st.sampled_from(NAMES), max_size=12))
def test_every_name_has_its_room(names):
    places = legend_places(names)
    ends = [x + SWATCH + 6 + width(name) for (x, _), name in zip(places, names, strict=True)]
    assert all(end <= WIDTH for end in ends)
    for (one, end), (other, _) in pairwise(zip(places, ends, strict=True)):
        assert other[1] > one[1] or other[0] >= end
