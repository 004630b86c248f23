"""The wheel as plain figures; the template draws them. Lengths are SVG units on a plane of 800 by 800, angles degrees from the top."""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bookings.wheel.items import Item, Kind

CENTRE = 400.0
WEEKS_AT, MONTHS_OUT, MONTHS_IN = 386.0, 376.0, 346.0
RINGS_OUT, RINGS_IN = 342.0, 118.0
GAP = 2.0  # between rings
OPENING = 10.0  # degrees kept free at the top, where the rings have their letters
LEAST = 1.8  # degrees that a single day is drawn as where there is room, so that it can be seen
FEWEST_LANES = 1
LABEL, LABEL_HEIGHT = 15.0, 12.0  # the room that a number takes


class Point(NamedTuple):
    x: str
    y: str


@dataclass(frozen=True)
class Arc:
    """One item: its number in the list, the path, and where the number stands ("" where there is no room)."""

    number: int
    path: str
    tip: str
    label: Point | None


@dataclass(frozen=True)
class Ring:
    kind: Kind
    track: str
    letter: Point
    arcs: list[Arc]


@dataclass(frozen=True)
class Month:
    name: str
    sector: str
    path: str  # that its name runs along


@dataclass(frozen=True)
class Wheel:
    rings: list[Ring]
    months: list[Month]
    weeks: list[tuple[int, Point]]
    spokes: list[tuple[Point, Point]]
    today: tuple[Point, Point] | None
    today_mark: str


def wheel(
    first: dt.date,
    end: dt.date,
    numbered: Sequence[tuple[int, Item]],
    kinds: Sequence[Kind],
    *,
    today: dt.date,
    month_name: Callable[[int], str],
    tip: Callable[[Item], str],
) -> Wheel:
    """The days of [first, end) clockwise from the top, a ring for each of `kinds` from the outside in."""
    dial = _Dial(first, end)
    thick = (RINGS_OUT - RINGS_IN) / max(len(kinds), 4)
    rings = []
    for n, kind in enumerate(kinds):
        outer = RINGS_OUT - n * thick
        mine = [(number, item) for number, item in numbered if item.kind == kind]
        rings.append(_ring(dial, kind, outer, outer - thick + GAP, mine, tip))
    return Wheel(
        rings=rings,
        months=[_month(dial, begin, until, month_name) for begin, until in _months(first, end)],
        weeks=[(week, dial.at(middle, WEEKS_AT)) for week, middle in _weeks(first, end)],
        spokes=[
            (dial.at(_days(first, begin), MONTHS_OUT), dial.at(_days(first, begin), RINGS_IN))
            for begin, _end in _months(first, end)
        ],
        today=_today(dial, today),
        today_mark=_mark(dial, today) if first <= today < end else "",
    )


class _Dial:
    """Where a day of the year is. Days are counted from the first, 0.5 is its noon."""

    def __init__(self, first: dt.date, end: dt.date) -> None:
        self.first, self.length = first, (end - first).days

    def angle(self, day: float) -> float:
        return OPENING / 2 + (360 - OPENING) * min(max(day, 0), self.length) / self.length

    def at(self, day: float, radius: float) -> Point:
        return _point(self.angle(day), radius)


def _ring(
    dial: _Dial,
    kind: Kind,
    outer: float,
    inner: float,
    mine: Sequence[tuple[int, Item]],
    tip: Callable[[Item], str],
) -> Ring:
    lanes = _lanes([item for _number, item in mine])
    count = max([lane + 1 for lane in lanes], default=FEWEST_LANES)
    height = (outer - inner) / count
    spans = _spans(dial, mine, lanes)
    arcs, taken = [], [OPENING / 2] * count  # the angle up to which each lane is full
    for n, (number, item) in enumerate(mine):
        (a, b), lane = spans[n], lanes[n]
        top = outer - lane * height
        following = next(
            (spans[m][0] for m in range(n + 1, len(mine)) if lanes[m] == lane), 360 - OPENING / 2
        )
        room = math.degrees(LABEL / (top - height / 2))
        angle = _label_angle(a, b, room, taken[lane], following) if height >= LABEL_HEIGHT else None
        taken[lane] = max(b, (angle or 0) + room / 2)
        path = sector(a, b, top, top - height + (1 if count > 1 else 0))
        label = None if angle is None else _point(angle, top - height / 2)
        arcs.append(Arc(number, path, tip(item), label))
    return Ring(kind, sector(OPENING / 2, 360 - OPENING / 2, outer, inner), _point(0, (outer + inner) / 2), arcs)  # fmt: skip


def _label_angle(a: float, b: float, room: float, before: float, after: float) -> float | None:
    """Where the number of an arc from a to b stands: in it, else behind or before it, so that it hides nothing; None without room."""
    if b - a >= 0.9 * room:
        return (a + b) / 2
    if b + room <= after:
        return b + room / 2
    return a - room / 2 if a - room >= before else None


def _spans(dial: _Dial, mine: Sequence[tuple[int, Item]], lanes: Sequence[int]) -> list[tuple[float, float]]:
    """The angles of each; what is short is drawn wider than it is, as far as its neighbours in the lane leave room."""
    exact = [
        (dial.angle(_days(dial.first, item.first)), dial.angle(_days(dial.first, item.last) + 1))
        for _number, item in mine
    ]
    spans = list(exact)
    for lane in set(lanes):
        here = [n for n, one in enumerate(lanes) if one == lane]
        begins = [*(exact[n][0] for n in here[1:]), 360 - OPENING / 2]
        ends = [OPENING / 2, *(exact[n][1] for n in here[:-1])]
        for n, before, after in zip(here, ends, begins, strict=True):
            a, b = exact[n]
            more = max(LEAST - (b - a), 0) / 2
            spans[n] = max(a - more, (before + a) / 2), min(b + more, (b + after) / 2)
    return spans


def _lanes(items: Sequence[Item]) -> list[int]:
    """The lane of each, so that none lies over another; items in order of their first day."""
    ends: list[dt.date] = []
    lanes = []
    for item in items:
        lane = next((n for n, last in enumerate(ends) if last < item.first), len(ends))
        if lane == len(ends):
            ends.append(item.last)
        ends[lane] = max(ends[lane], item.last)
        lanes.append(lane)
    return lanes


def _month(dial: _Dial, begin: dt.date, until: dt.date, name: Callable[[int], str]) -> Month:
    a, b = dial.angle(_days(dial.first, begin)), dial.angle(_days(dial.first, until))
    middle, radius = (a + b) / 2, (MONTHS_OUT + MONTHS_IN) / 2
    upside_down = 90 < middle < 270  # then the name runs the other way, and can be read
    baseline = radius + 5 if upside_down else radius - 5
    start, stop = (b, a) if upside_down else (a, b)
    (x1, y1), (x2, y2) = _point(start, baseline), _point(stop, baseline)
    path = f"M{x1} {y1}A{baseline:.0f} {baseline:.0f} 0 0 {0 if upside_down else 1} {x2} {y2}"
    return Month(name(begin.month), sector(a, b, MONTHS_OUT, MONTHS_IN), path)


def _today(dial: _Dial, today: dt.date) -> tuple[Point, Point] | None:
    day = _days(dial.first, today)
    if not 0 <= day < dial.length:
        return None
    return dial.at(day + 0.5, MONTHS_OUT), dial.at(day + 0.5, RINGS_IN - 8)


def _mark(dial: _Dial, today: dt.date) -> str:
    """A triangle at the inner end of today's line."""
    angle = dial.angle(_days(dial.first, today) + 0.5)
    corners = [
        _point(angle, RINGS_IN - 4),
        _point(angle - 5, RINGS_IN - 20),
        _point(angle + 5, RINGS_IN - 20),
    ]
    return " ".join(f"{x},{y}" for x, y in corners)


def sector(a: float, b: float, outer: float, inner: float) -> str:
    """The path of a piece of a ring between two angles, clockwise."""
    large = 1 if b - a > 180 else 0
    (x1, y1), (x2, y2) = _point(a, outer), _point(b, outer)
    (x3, y3), (x4, y4) = _point(b, inner), _point(a, inner)
    return (
        f"M{x1} {y1}A{_unit(outer)} {_unit(outer)} 0 {large} 1 {x2} {y2}"
        f"L{x3} {y3}A{_unit(inner)} {_unit(inner)} 0 {large} 0 {x4} {y4}Z"
    )


def _point(angle: float, radius: float) -> Point:
    turn = math.radians(angle)
    return Point(_unit(CENTRE + radius * math.sin(turn)), _unit(CENTRE - radius * math.cos(turn)))


def _unit(length: float) -> str:
    return f"{length:.1f}"


def _days(first: dt.date, day: dt.date) -> int:
    return (day - first).days


def _months(first: dt.date, end: dt.date) -> list[tuple[dt.date, dt.date]]:
    found, begin = [], first
    while begin < end:
        following = (begin.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        found.append((begin, min(following, end)))
        begin = following
    return found


def _weeks(first: dt.date, end: dt.date) -> list[tuple[int, float]]:
    """ISO week -> its middle in days, for weeks with most of their days in the year."""
    monday = first - dt.timedelta(days=first.weekday())
    found = []
    while monday < end:
        begin, until = max(monday, first), min(monday + dt.timedelta(days=7), end)
        if (until - begin).days >= 4:
            found.append((monday.isocalendar().week, (_days(first, begin) + _days(first, until)) / 2))
        monday += dt.timedelta(days=7)
    return found
