"""Drawn plans of the demo's rooms seat whom the room seats."""

import re

import pytest

from demo import plans


@pytest.mark.parametrize("kind", plans.KINDS)
@pytest.mark.parametrize("seats", [1, 2, 7, 30, 36, 50, 60, 70, 120, 200])
def test_a_plan_has_as_many_chairs_as_the_room_has_seats_and_all_within_its_walls(kind, seats):
    svg = plans.drawn(kind, seats)
    assert svg.count('class="seat"') == seats
    size = float(re.search(r"scale\(([\d.]+)\)", svg)[1])
    for x, y in re.findall(r"<g transform=\"translate\((-?[\d.]+) (-?[\d.]+)\) rotate", svg):
        assert 70 < 600 + float(x) * size < 1130
        assert 60 < 250 + float(y) * size < 740


def test_the_same_room_is_drawn_the_same():
    assert plans.drawn("theatre", 60) == plans.drawn("theatre", 60)
