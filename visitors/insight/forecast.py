"""Where the year will end: pure arithmetic on daily sums, without a database (docs/forecast.md).

Past years say how a year is spread over its days. This year's pace against that, in blocks of four weeks, says how much
more or less comes than was usual; what is booked ahead says it a second time where past years tell how much of the
remainder used to be booked by then. The interval is how wrong the same method was on the past years, asked the same day.
"""

import datetime as dt
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

BLOCK = 28  # days over which pace is measured
RECENT = 0.8  # what a block weighs against the one after it
PRIOR = 0.12  # of a year: how much pace must be seen before it weighs as much as the past years' level
STRANGE = 0.6  # log: a block further than this from the middle one (half, or double) is an event, not a pace
OLDER = 0.5  # what a year's level weighs against the year after it
ASSUMED_ERROR = 0.045  # log error of a remainder, as good as two past years of evidence
ASSUMED_YEARS = 2
UNTRIED_ERROR = 0.15  # log error of a remainder where the method was tried on fewer than two past years
FEWEST_FOR_BOOKINGS = 2  # past years whose bookings on the same day must be known
# The 90th percentile of Student's t by degrees of freedom: both tails leave 80 per cent between them.
_T90 = (
    3.078,
    1.886,
    1.638,
    1.533,
    1.476,
    1.440,
    1.415,
    1.397,
    1.383,
    1.372,
    1.363,
    1.356,
    1.350,
    1.345,
    1.341,
)


@dataclass(frozen=True)
class Year:
    """What came on each day of a year, from 1 January on: all of a past year, up to the asked day of this one.

    `booked` is what was booked ahead of the asked day (or the same day of a past year), None where nobody knows.
    """

    year: int
    daily: Sequence[int]
    booked: int | None = None


@dataclass(frozen=True)
class Forecast:
    """The year's end in the unit of its indicator, with an 80 % interval. `expected_share` is the part of a year that
    used to have come by the day; `past_years` how many it is learned from; `assumed` where the interval rests on fewer
    than two years of the method's own errors."""

    expected_share: float
    low: int
    middle: int
    high: int
    past_years: int
    assumed: bool


def forecast(now: Year, past: Sequence[Year], *, show_rate: float = 1.0) -> Forecast | None:
    """Where `now` ends; None without a past year in which anybody came. `past` in any order; `show_rate` of those booked."""
    known = [_Profile.of(one) for one in sorted(past, key=lambda one: one.year) if sum(one.daily) > 0]
    if not known:
        return None
    day, outcome = len(now.daily), sum(now.daily)
    share = _median_share(known, now.year, day)
    if day >= _days(now.year):
        return Forecast(1.0, outcome, outcome, outcome, len(known), assumed=False)
    errors, of_pace, of_bookings = _past_errors(known, day)
    rest = _combined(_by_pace(now, known), _by_bookings(now.booked, known, day), of_pace, of_bookings)
    rest = max(rest, (now.booked or 0) * show_rate)
    spread = _spread(errors, rest) * _unrest(now, known)
    return Forecast(
        expected_share=share,
        low=outcome + round(rest * math.exp(-spread)),
        middle=outcome + round(rest),
        high=outcome + round(rest * math.exp(spread)),
        past_years=len(known),
        assumed=len(errors) < ASSUMED_YEARS,
    )


@cache
def day_of(year: int, day: int, other: int) -> int:
    """How many days of `other` are over when `day` days of `year` are: to the same weekday, at most three days off.

    0 stays 0, and a whole year a whole year.
    """
    if day <= 0 or day >= _days(year):
        return 0 if day <= 0 else _days(other)
    weekday = (dt.date(year, 1, 1) + dt.timedelta(days=day - 1)).weekday()
    there = (dt.date(other, 1, 1) + dt.timedelta(days=day - 1)).weekday()
    off = (weekday - there + 3) % 7 - 3
    return min(max(day + off, 1), _days(other) - 1)


@cache
def _days_of(year: int, other: int) -> list[int]:
    """`day_of` for each day of `year`, the first at 0."""
    return [day_of(year, day, other) for day in range(1, _days(year) + 1)]


def profile(past: Sequence[Year], year: int) -> list[float]:
    """For each day of `year` the share of a whole year that used to have come by its end; [] without past years."""
    known = [_Profile.of(one) for one in past if sum(one.daily) > 0]
    if not known:
        return []
    of_each = [one.shares(year) for one in known]
    return list(accumulate(map(statistics.median, zip(*of_each, strict=True)), max))


@dataclass(frozen=True)
class _Profile:
    """A past year with its running sum; `upto[n]` is what n days brought."""

    year: int
    upto: Sequence[int]
    booked: int | None

    @classmethod
    def of(cls, one: Year) -> "_Profile":
        return cls(one.year, [0, *accumulate(one.daily)], one.booked)

    @property
    def total(self) -> int:
        return self.upto[-1]

    def shares(self, year: int) -> list[float]:
        """The part of it that had come by the end of each day of `year`."""
        last = len(self.upto) - 1
        return [
            (self.upto[day] if day < last else self.total) / self.total for day in _days_of(year, self.year)
        ]

    def by(self, year: int, day: int) -> int:
        """What had come when `day` days of `year` were over."""
        return self.upto[min(day_of(year, day, self.year), len(self.upto) - 1)]


@cache
def _days(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days


def _median_share(past: Sequence[_Profile], year: int, day: int) -> float:
    return statistics.median(one.by(year, day) / one.total for one in past)


def _level(past: Sequence[_Profile]) -> float:
    """What a year brings, from the past ones, the latest most."""
    weights = [OLDER**age for age in range(len(past))]
    return sum(w * one.total for w, one in zip(weights, reversed(past), strict=True)) / sum(weights)


def _blocks(now: Year, past: Sequence[_Profile]) -> list[tuple[float, float]]:
    """Blocks that are over, oldest first: the share of a year expected in each, and the log of came against expected."""
    level, day, came = _level(past), len(now.daily), [0, *accumulate(now.daily)]
    bounds = sorted({0, *range(day, 0, -BLOCK)})
    shares = [_median_share(past, now.year, at) for at in bounds]
    found = []
    for n in range(1, len(bounds)):
        share = shares[n] - shares[n - 1]
        if share * level >= 1:
            arrived = max(came[bounds[n]] - came[bounds[n - 1]], 0)
            found.append((share, math.log((arrived + 0.5) / (share * level + 0.5))))
    return found


def _ordinary(blocks: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without those of a strike or a feast; where there are two blocks nobody can say which is the strange one."""
    if len(blocks) < 3:
        return list(blocks)
    middle = statistics.median(ratio for _share, ratio in blocks)
    return [one for one in blocks if abs(one[1] - middle) <= STRANGE]


def _by_pace(now: Year, past: Sequence[_Profile]) -> float:
    """What is still to come, were this year's pace to go on through the season that past years had."""
    blocks = _ordinary(_blocks(now, past))
    weights = [share * RECENT ** (len(blocks) - 1 - n) for n, (share, _ratio) in enumerate(blocks)]
    pace = sum(w * ratio for w, (_share, ratio) in zip(weights, blocks, strict=True)) / (sum(weights) + PRIOR)
    return _level(past) * (1 - _median_share(past, now.year, len(now.daily))) * math.exp(pace)


def _by_bookings(booked: int | None, past: Sequence[_Profile], day: int) -> float | None:
    """What is still to come, were as much of it booked by now as in past years; None where that is not known."""
    if not booked:
        return None
    times = [
        (one.total - one.by(one.year, day)) / one.booked for one in past if one.booked
    ]  # `day` is of a year as long, but for 29 February
    return booked * statistics.median(times) if len(times) >= FEWEST_FOR_BOOKINGS else None


def _combined(
    pace: float, booked: float | None, of_pace: Sequence[float], of_booked: Sequence[float]
) -> float:
    """The better in the past weighs more."""
    if booked is None or booked <= 0 or pace <= 0:
        return pace
    trust = [1 / (_variance(of_pace)), 1 / (_variance(of_booked))]
    logs = [math.log(pace), math.log(booked)]
    return math.exp(sum(t * log for t, log in zip(trust, logs, strict=True)) / sum(trust))


def _past_errors(past: Sequence[_Profile], day: int) -> tuple[list[float], list[float], list[float]]:
    """Log errors of the remainder on the same day of past years, each told only what was known before it: of the whole
    method, of pace alone, of bookings alone."""
    whole: list[float] = []
    of_pace: list[float] = []
    of_bookings: list[float] = []
    for n in range(1, len(past)):
        one, before = past[n], past[:n]
        then = day_of(past[-1].year, day, one.year)
        daily = [b - a for a, b in zip(one.upto[:then], one.upto[1 : then + 1], strict=True)]
        pace = _by_pace(Year(one.year, daily), before)
        booked = _by_bookings(one.booked, before, then)
        came = one.total - one.upto[then]
        guess = _combined(pace, booked, of_pace, of_bookings)
        fewer = math.sqrt((1 + 1 / len(past)) / (1 + 1 / n))  # it knew n years, and today's knows all
        whole.append(fewer * _error(came, guess))
        of_pace.append(fewer * _error(came, pace))
        if booked is not None:
            of_bookings.append(fewer * _error(came, booked))
    return whole, of_pace, of_bookings


def _error(came: float, guess: float) -> float:
    return math.log((max(came, 0) + 1) / (max(guess, 0) + 1))


def _variance(errors: Sequence[float]) -> float:
    assumed = ASSUMED_YEARS * ASSUMED_ERROR**2
    return (assumed + sum(error**2 for error in errors)) / (ASSUMED_YEARS + len(errors))


def _spread(errors: Sequence[float], rest: float) -> float:
    """Half the 80 % interval, as a log: the past errors, and chance, which moves few people more than many."""
    freedom = ASSUMED_YEARS + len(errors)
    variance = _variance(errors) if len(errors) >= ASSUMED_YEARS else UNTRIED_ERROR**2
    return _T90[min(freedom, len(_T90)) - 1] * math.sqrt(variance + 1 / (rest + 1))


def _unrest(now: Year, past: Sequence[_Profile]) -> float:
    """How much more this year's blocks differ among themselves than those of past years did, at least 1: a year with a
    strike, or a new exhibition, is less sure."""
    usual = [
        _scatter(_blocks(Year(past[n].year, _first_days(past[n], len(now.daily))), past[:n]))
        for n in range(1, len(past))
    ]
    usual = [one for one in usual if one > 0]
    mine = _scatter(_blocks(now, past))
    if not usual or mine <= 0:
        return 1.0
    return min(max(1.0, math.sqrt(mine / max(usual))), 2.0)


def _first_days(one: _Profile, day: int) -> list[int]:
    return [b - a for a, b in zip(one.upto[:day], one.upto[1 : day + 1], strict=False)]


def _scatter(blocks: Sequence[tuple[float, float]]) -> float:
    if len(blocks) < 3:
        return 0.0
    middle = sum(ratio for _share, ratio in blocks) / len(blocks)
    return math.sqrt(sum((ratio - middle) ** 2 for _share, ratio in blocks) / len(blocks))
