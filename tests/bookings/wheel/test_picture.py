"""The wheel is drawn right: a year goes round once, nothing lies over anything else, every item is there."""

import datetime as dt
import itertools
import math
import random
import re

import pytest

from bookings.wheel import picture
from bookings.wheel.items import Item, Kind

YEAR = (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
SCHOOL_YEAR = (dt.date(2026, 7, 1), dt.date(2027, 7, 1))


def drawn(days, items, kinds=tuple(Kind), today=dt.date(2026, 11, 28)):
    numbered = list(enumerate(sorted(items, key=lambda one: one.first), start=1))
    return picture.wheel(
        *days, numbered, kinds, today=today, month_name=lambda m: f"m{m}", tip=lambda i: i.title
    )


def item(first: dt.date, days: int = 1, kind: Kind = Kind.OWN) -> Item:
    return Item(kind, "k", "T", first, first + dt.timedelta(days=days - 1))


def corners(path: str) -> list[tuple[float, float]]:
    """The angle and radius of each corner of a sector."""
    ends = re.findall(r"(?:M|L|0 1 |1 1 |0 0 |1 0 )(-?[\d.]+) (-?[\d.]+)(?=[A-Z])", path)
    found = []
    for x, y in ends:
        dx, dy = float(x) - 400, 400 - float(y)
        found.append((math.degrees(math.atan2(dx, dy)) % 360, math.hypot(dx, dy)))
    return found


@pytest.mark.parametrize("days", [YEAR, SCHOOL_YEAR, (dt.date(2028, 1, 1), dt.date(2029, 1, 1))])
def test_a_year_has_twelve_months_in_their_order_and_its_weeks(days):
    wheel = drawn(days, [])
    begins = [corners(month.sector)[0][0] for month in wheel.months]
    assert len(wheel.months) == 12
    assert begins == sorted(begins)
    assert begins[0] == pytest.approx(5, abs=0.1)
    assert wheel.months[0].name == f"m{days[0].month}"
    weeks = [week for week, _at in wheel.weeks]
    assert len(weeks) in (52, 53)
    assert len(set(weeks)) == len(weeks)


def test_weeks_are_iso_weeks():
    assert [w for w, _at in drawn((dt.date(2020, 1, 1), dt.date(2021, 1, 1)), []).weeks][-1] == 53
    assert [w for w, _at in drawn(YEAR, []).weeks][:2] == [1, 2]


def test_today_is_marked_only_in_its_year():
    assert drawn(YEAR, []).today is not None
    later = drawn((dt.date(2027, 1, 1), dt.date(2028, 1, 1)), [])
    assert (later.today, later.today_mark) == (None, "")


@pytest.mark.parametrize("seed", range(4))
def test_no_arc_lies_over_another_and_every_one_is_in_its_ring(seed):
    rng = random.Random(seed)
    items = [
        item(YEAR[0] + dt.timedelta(days=rng.randrange(-9, 365)), rng.choice([1, 1, 3, 7, 40]), rng.choice(list(Kind)))
        for _n in range(60)
    ]  # fmt: skip
    wheel = drawn(YEAR, items)
    assert sorted(arc.number for ring in wheel.rings for arc in ring.arcs) == list(range(1, 61))
    for ring in wheel.rings:
        top, bottom = corners(ring.track)[0][1], corners(ring.track)[2][1]
        taken = []
        for arc in ring.arcs:
            (a, outer), (b, _outer), (_b, inner), _last = corners(arc.path)
            assert bottom - 0.2 <= inner < outer <= top + 0.2
            assert 4.8 <= a <= b <= 355.2
            for a2, b2, inner2, outer2 in taken:
                apart = b <= a2 + 0.2 or b2 <= a + 0.2
                assert apart or inner >= outer2 - 0.2 or inner2 >= outer - 0.2
            taken.append((a, b, inner, outer))


def test_one_day_can_be_seen_and_numbers_do_not_lie_over_each_other():
    items = [item(YEAR[0]), *(item(YEAR[0] + dt.timedelta(days=n)) for n in range(100, 110))]
    (ring,) = [ring for ring in drawn(YEAR, items).rings if ring.kind == Kind.OWN]
    widths = [corners(arc.path)[1][0] - corners(arc.path)[0][0] for arc in ring.arcs]
    assert widths[5] == pytest.approx(350 / 365, abs=0.1)  # its neighbours leave it no more
    assert widths[10] == pytest.approx((picture.LEAST + 350 / 365) / 2, abs=0.1)
    labels = [(float(arc.label.x), float(arc.label.y)) for arc in ring.arcs if arc.label]
    assert 2 <= len(labels) < 11
    assert all(math.dist(one, other) >= 14 for one, other in itertools.pairwise(labels))


def test_fewer_kinds_are_fewer_rings():
    wheel = drawn(YEAR, [item(YEAR[0], kind=Kind.BREAK)], kinds=[Kind.BREAK])
    assert [(ring.kind, len(ring.arcs)) for ring in wheel.rings] == [(Kind.BREAK, 1)]
