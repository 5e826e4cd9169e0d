"""Areas are told apart without colour: by their shade in grey, or by a hatch that stays within them."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

import kotsukotsu.documents
from kotsukotsu.documents.hatches import hatched, hatches

PACKAGE = Path(kotsukotsu.documents.__file__).parent
RECT = '<rect x="10" y="20" width="30" height="40" fill="{colour}"/>'
PATH = '<path transform="translate(5,7)" d="M10,20h30v40h-30Z" fill="{colour}" stroke="white" opacity="1"/>'
LEAST = 40  # of 255 shades of grey between two areas that have the same hatch


def grey(colour):
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def colours(name):
    with (PACKAGE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["colour"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", ["chart_groups", "sector_colours"])
def test_two_areas_of_a_chart_differ_in_grey_or_in_their_hatch(name):
    found = colours(name)
    alike = [
        (one, other)
        for place, one in enumerate(found)
        for other in found[place + 1 :]
        if hatches().get(one) == hatches().get(other) and abs(grey(one) - grey(other)) < LEAST
    ]
    assert alike == []


def numbers(path):
    pairs = re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)
    return [(float(x), float(y)) for x, y in pairs]


@pytest.mark.parametrize("shape", [RECT, PATH])
@pytest.mark.parametrize("colour", sorted(hatches()))
def test_a_hatch_stays_within_its_area_and_moves_with_it(shape, colour):
    area, lines = hatched(shape.format(colour=colour)).split("/><")
    assert area + "/>" == shape.format(colour=colour)
    drawn = re.search(r' d="([^"]+)"', lines)[1]
    assert all(10 <= x <= 40 and 20 <= y <= 60 for x, y in numbers(drawn))
    assert drawn.count("M") >= 4
    assert ("translate(5,7)" in lines) == ("translate(5,7)" in shape)


def test_lines_of_areas_beside_each_other_meet():
    boxes = ('<rect x="0" y="0" width="9" height="20"', '<rect x="9" y="5" width="9" height="20"')
    one, other = (re.findall(r"M[\d.]+,([\d.]+)H", hatched(f'{box} fill="#009E73"/>')) for box in boxes)
    assert {float(y) % 6 for y in (*one, *other)} == {0.0}
    assert all(float(b) - float(a) == 6 for a, b in pairwise(one))


def test_what_has_no_hatch_or_no_room_stays_as_it_is():
    for text in (RECT.format(colour="#0072B2"), '<rect x="0" y="0" width="1.5" height="9" fill="#009E73"/>', "<text/>"):
        assert hatched(text) == text
