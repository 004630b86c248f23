"""How a year is spread over its days, from past years, and how much of it came: what a forecast is made of.

Pure arithmetic on daily sums, without a database.
"""

import datetime as dt
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

BLOCK = 28  # days over which pace is measured
OLDER = 0.5  # what a year's level weighs against the year after it


@dataclass(frozen=True)
class Year:
    """What came on each day of a year, from 1 January on: all of a past year, up to the asked day of this one.

    `booked` is what was booked ahead of the asked day (or the same day of a past year), None where nobody knows.
    """

    year: int
    daily: Sequence[int]
    booked: int | None = None


@dataclass(frozen=True)
class Profile:
    """A past year with its running sum; `upto[n]` is what n days brought."""

    year: int
    upto: Sequence[int]
    booked: int | None

    @classmethod
    def of(cls, one: Year) -> "Profile":
        return cls(one.year, [0, *accumulate(one.daily)], one.booked)

    @property
    def total(self) -> int:
        return self.upto[-1]

    def by(self, year: int, day: int) -> int:
        """What had come when `day` days of `year` were over."""
        return self.upto[min(day_of(year, day, self.year), len(self.upto) - 1)]

    def first_days(self, day: int) -> Year:
        """The year as it was seen when so many of its days were over."""
        daily = [b - a for a, b in zip(self.upto[:day], self.upto[1 : day + 1], strict=False)]
        return Year(self.year, daily, self.booked)


@dataclass(frozen=True)
class Lift:
    """What somebody announced beyond (below 0: short of) what some days usually bring: a `part` of it, or so many `heads`."""

    first: int  # days of the year that are over before it begins
    last: int  # and when it ends
    part: float = 0.0
    heads: float = 0.0


@dataclass(frozen=True)
class Block:
    """Four weeks (the first one what is left): the part of a year expected in them, and the log of came against expected.

    `announced` is how much of what was expected rests on what was announced, -1 to 1.
    """

    first: int  # days of the year that were over before it
    last: int
    share: float
    ratio: float
    announced: float = 0.0


@cache
def days_in(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days


@cache
def day_of(year: int, day: int, other: int) -> int:
    """How many days of `other` are over when `day` days of `year` are: to the same weekday, at most three days off.

    0 stays 0, and a whole year a whole year.
    """
    if day <= 0 or day >= days_in(year):
        return 0 if day <= 0 else days_in(other)
    weekday = (dt.date(year, 1, 1) + dt.timedelta(days=day - 1)).weekday()
    there = (dt.date(other, 1, 1) + dt.timedelta(days=day - 1)).weekday()
    off = (weekday - there + 3) % 7 - 3
    return min(max(day + off, 1), days_in(other) - 1)


def profile(past: Sequence[Year], year: int) -> list[float]:
    """For each day of `year` the share of a whole year that used to have come by its end; [] without past years."""
    known = [Profile.of(one) for one in past if sum(one.daily) > 0]
    if not known:
        return []
    shares = [median_share(known, year, day) for day in range(1, days_in(year) + 1)]
    return list(accumulate(shares, max))


def median_share(past: Sequence[Profile], year: int, day: int) -> float:
    return statistics.median(one.by(year, day) / one.total for one in past)


def level(past: Sequence[Profile]) -> float:
    """What a year brings, from the past ones, the latest most."""
    weights = [OLDER**age for age in range(len(past))]
    return sum(w * one.total for w, one in zip(weights, reversed(past), strict=True)) / sum(weights)


def lifted(lifts: Sequence[Lift], past: Sequence[Profile], year: int, first: int, last: int) -> float:
    """What was announced of the days from `first` to `last`, as a part of what a usual year brings."""
    found = 0.0
    for one in lifts:
        begin, end = max(first, one.first), min(last, one.last)
        if begin < end:
            part = median_share(past, year, end) - median_share(past, year, begin)
            whole = median_share(past, year, one.last) - median_share(past, year, one.first)
            of_it = part / whole if whole > 0 else (end - begin) / (one.last - one.first)
            found += one.part * part + one.heads * of_it / level(past)
    return found


def exposure(share: float, announced: float) -> float:
    """How much of what is expected, usual and announced, rests on what was announced: -1 to 1."""
    expected = share + announced
    return min(max(announced / expected, -1.0), 1.0) if expected > 0 else -1.0


def blocks(now: Year, past: Sequence[Profile], lifts: Sequence[Lift] = ()) -> list[Block]:
    """Those that are over, oldest first, of which anybody was expected, by the season and by what was announced."""
    usual, day, came = level(past), len(now.daily), [0, *accumulate(now.daily)]
    bounds = sorted({0, *range(day, 0, -BLOCK)})
    shares = [median_share(past, now.year, at) for at in bounds]
    found = []
    for n in range(1, len(bounds)):
        share = shares[n] - shares[n - 1]
        announced = lifted(lifts, past, now.year, bounds[n - 1], bounds[n])
        expected = (share + announced) * usual
        if share * usual >= 1 and expected >= 1:
            arrived = max(came[bounds[n]] - came[bounds[n - 1]], 0)
            ratio = math.log((arrived + 0.5) / (expected + 0.5))
            found.append(Block(bounds[n - 1], bounds[n], share, ratio, exposure(share, announced)))
    return found
