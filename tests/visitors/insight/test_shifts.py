"""What changed this year, told from chance and from what passes."""

import pytest

from visitors.insight import shifts
from visitors.insight.season import Block

NOISE = 0.08


def seen(*ratios: float) -> shifts.Pace:
    blocks = [Block(28 * n, 28 * (n + 1), 1 / 13, ratio) for n, ratio in enumerate(ratios)]
    return shifts.pace(blocks, NOISE, rest=max(1 - len(blocks) / 13, 0.1))


def test_a_usual_year_has_no_change_and_little_doubt():
    made = seen(0.05, -0.06, 0.02, 0.04, -0.03, 0.01)
    assert made.log == pytest.approx(0, abs=0.02)
    assert made.changed < 0.1
    assert made.doubt < 0.02**2


def test_what_goes_on_coming_is_followed_and_doubt_falls_as_it_does():
    once, twice, often = (seen(0.02, -0.03, 0.01, 0.02, *[0.35] * n) for n in (1, 2, 4))
    assert once.log < twice.log < often.log
    assert often.log > 0.28
    assert once.doubt > often.doubt
    assert once.changed < often.changed
    assert often.changed > 0.9
    assert once.doubt > 10 * seen(0.02, -0.03, 0.01, 0.02, 0.01).doubt


def test_a_month_without_anybody_passes():
    made = seen(0.02, -0.03, 0.01, -4.0, 0.02, -0.01)
    assert made.log == pytest.approx(0, abs=0.05)
    assert made.changed < 0.1


def test_nothing_seen_says_nothing():
    assert seen() == shifts.Pace(0.0, 0.0, 0.0)
