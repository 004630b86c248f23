"""How a year is spread over its days, from past years, and how much of it came: what a forecast is made of.

Pure arithmetic on daily sums, without a database.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from visitors.insight.almanac import alike, days_in

BLOCK = 28  # days over which pace is measured
ASSUMED_SHIFTS = 2  # as many years in which a term begins a day earlier or later, beside those that are known
SCHOOL_DAY = 1 / 178  # of a year: as many school days it has at least (skolförordningen, DOMAIN.md section 2)
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
    daily: Sequence[int]
    upto: Sequence[int]
    booked: int | None
    laid: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, one: Year) -> "Profile":
        daily = [*one.daily, *[0] * (days_in(one.year) - len(one.daily))]
        return cls(one.year, daily, [0, *accumulate(daily)], one.booked)

    @property
    def total(self) -> int:
        return self.upto[-1]

    def on(self, year: int) -> list[int]:
        """The running sum it would have had, had its days lain as those of `year` do; at least one in all."""
        if year not in self.laid:
            found = [0, *accumulate(map(self.daily.__getitem__, alike(year, self.year)))]
            found[-1] = max(found[-1], 1)
            self.laid[year] = found
        return self.laid[year]

    def first_days(self, day: int) -> Year:
        """The year as it was seen when so many of its days were over."""
        return Year(self.year, self.daily[:day], self.booked)


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

    `announced` is how much of what was expected rests on what was announced, -1 to 1; `unlike` the variance of the log of the
    part that past years had in it: the weeks in which a term begins tell little.
    """

    first: int  # days of the year that were over before it
    last: int
    share: float
    ratio: float
    announced: float = 0.0
    unlike: float = 0.0


def profile(past: Sequence[Year], year: int) -> list[float]:
    """For each day of `year` the share of a whole year that used to have come by its end; [] without past years."""
    known = [Profile.of(one) for one in past if sum(one.daily) > 0]
    if not known:
        return []
    days = zip(*([came / one.on(year)[-1] for came in one.on(year)] for one in known), strict=True)
    _start, *shares = map(statistics.median, days)
    return list(accumulate(shares, max))


def median_share(past: Sequence[Profile], year: int, day: int) -> float:
    return statistics.median([one.on(year)[day] / one.on(year)[-1] for one in past])


def level(past: Sequence[Profile], year: int) -> float:
    """What `year` brings, from the past ones, the latest most; at least one."""
    weights = [OLDER**age for age in range(len(past))]
    return sum(w * one.on(year)[-1] for w, one in zip(weights, reversed(past), strict=True)) / sum(weights)


def lifted(lifts: Sequence[Lift], past: Sequence[Profile], year: int, first: int, last: int) -> float:
    """What was announced of the days from `first` to `last`, as a part of what a usual year brings."""
    found = 0.0
    for one in lifts:
        begin, end = max(first, one.first), min(last, one.last)
        if begin < end:
            part = median_share(past, year, end) - median_share(past, year, begin)
            whole = median_share(past, year, one.last) - median_share(past, year, one.first)
            of_it = part / whole if whole > 0 else (end - begin) / (one.last - one.first)
            found += one.part * part + one.heads * of_it / level(past, year)
    return found


def exposure(share: float, announced: float) -> float:
    """How much of what is expected, usual and announced, rests on what was announced: -1 to 1."""
    expected = share + announced
    return min(max(announced / expected, -1.0), 1.0) if expected > 0 else -1.0


def blocks(now: Year, past: Sequence[Profile], lifts: Sequence[Lift] = ()) -> list[Block]:
    """Those that are over, oldest first, of which anybody was expected, by the season and by what was announced."""
    usual, day, came = level(past, now.year), len(now.daily), [0, *accumulate(now.daily)]
    bounds = sorted({0, *range(day, 0, -BLOCK)})
    shares = [median_share(past, now.year, at) for at in bounds]
    found = []
    for n, (first, last) in enumerate(pairwise(bounds)):
        share = shares[n + 1] - shares[n]
        announced = lifted(lifts, past, now.year, first, last)
        expected = (share + announced) * usual
        if share * usual >= 1 and expected >= 1:
            ratio = math.log((max(came[last] - came[first], 0) + 0.5) / (expected + 0.5))
            unlike = _unlike([one.on(now.year) for one in past], first, last)
            found.append(Block(first, last, share, ratio, exposure(share, announced), unlike))
    return found


def _unlike(past: Sequence[Sequence[int]], first: int, last: int) -> float:
    """The variance, over past years, of the log of what part of the year came from `first` to `last`; two years in which terms
    begin a day earlier or later are assumed beside them."""
    logs = [math.log((upto[last] - upto[first] + 0.5) / (upto[-1] + 0.5)) for upto in past]
    middle = sum(logs) / len(logs)
    assumed = ASSUMED_SHIFTS * (SCHOOL_DAY / math.exp(middle)) ** 2
    return (assumed + sum((one - middle) ** 2 for one in logs)) / (ASSUMED_SHIFTS + len(logs) - 1)
