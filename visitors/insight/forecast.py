"""Where the year will end: pure arithmetic on daily sums, without a database (docs/forecast.md).

Past years say how a year is spread over its days (`season`). This year's pace against that, in blocks of four weeks, says how
much more or less comes than was usual, and whether something has changed (`shifts`); what is booked ahead says it a second time
where past years tell how much of the remainder used to be booked by then. The interval is how wrong the same method was on
the past years, asked the same day, and wider where this year is unlike them. What was announced moves the middle as far as it
was told, and widens the interval by how wrong it may have been told.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from visitors.insight import season, shifts
from visitors.insight.almanac import day_of, days_in
from visitors.insight.season import Block, Lift, Profile, Year, median_share, profile
from visitors.insight.shifts import Cause

__all__ = ["Cause", "Forecast", "Lift", "Reason", "Year", "forecast", "profile"]

ASSUMED_ERROR = 0.4  # log error of a remainder, in noise of a block, were the season known; as good as two past years of evidence
ASSUMED_YEARS = 2
ASSUMED_NOISE = 0.1  # log, of a block in a usual year, as good as so many blocks of evidence
ASSUMED_BLOCKS = 6
FEWEST_FOR_BOOKINGS = 2  # past years whose bookings on the same day must be known
MOST_UNREST = 2.0
UNUSUAL = 1.25  # times as wide as past errors alone would make it: then it is said
MIDDLE_SQUARE = 0.455  # the median of the square of a normal deviate
# The 90th percentile of Student's t by degrees of freedom: both tails leave 80 per cent between them.
_T90 = (
    3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341,
)  # fmt: skip


class Reason(StrEnum):
    """Why an interval is wider than usual: what weighs most."""

    LASTING = "lasting"  # something has changed, and seems to go on
    PASSING = "passing"  # some weeks were strange
    APART = "apart"  # what has come and what is booked do not agree
    ANNOUNCED = "announced"  # how much of what was announced comes is not known


@dataclass(frozen=True)
class Forecast:
    """The year's end in the unit of its indicator, with an 80 % interval. `expected_share` is the part of a year that
    used to have come by the day; `past_years` how many it is learned from; `assumed` where the interval rests on fewer
    than two years of the method's own errors; `unusual` where it is clearly wider than those errors alone would make it,
    because this year is unlike the past ones, and then `reason` says why, and `cause` when it began. `announced` is
    what was told, of the days still to come, and is in the middle."""

    expected_share: float
    low: int
    middle: int
    high: int
    past_years: int
    assumed: bool
    unusual: bool = False
    announced: int = 0
    reason: Reason | None = None
    cause: Cause | None = None
    year: int = 0

    @property
    def is_certain(self) -> bool:
        """Of a year that is over, or of which nothing more can come."""
        return self.low == self.high


@dataclass(frozen=True)
class _Guess:
    """Of a remainder. `doubt` is the variance of its log that past errors know nothing of, `disagreement` (at least 1) how
    much further pace and bookings are from each other than they should be. `seen` is what the pace was made of."""

    rest: float
    doubt: float
    disagreement: float
    seen: shifts.Pace


@dataclass(frozen=True)
class _Errors:
    """Log errors of the remainder on the same day of past years, each told only what was known before it; and the one that is
    assumed beside them, the larger the fewer years a season is learned from."""

    assumed: float
    whole: list[float] = field(default_factory=list)
    of_pace: list[float] = field(default_factory=list)
    of_bookings: list[float] = field(default_factory=list)

    def variance(self, errors: Sequence[float]) -> float:
        assumed = ASSUMED_YEARS * self.assumed**2
        return (assumed + sum(error**2 for error in errors)) / (ASSUMED_YEARS + len(errors))

    def spread(self, rest: float, doubt: float) -> float:
        """Half the 80 % interval, as a log: the past errors, what is in doubt, and chance, which moves few people more than many."""
        freedom = min(ASSUMED_YEARS + len(self.whole), len(_T90))
        return _T90[freedom - 1] * math.sqrt(self.variance(self.whole) + doubt + 1 / (rest + 1))


def forecast(
    now: Year, past: Sequence[Year], *, show_rate: float = 1.0, lifts: Sequence[Lift] = ()
) -> Forecast | None:
    """Where `now` ends; None without a past year in which anybody came. `past` in any order; `show_rate` of those booked;
    `lifts` are what was announced of the year."""
    known = [Profile.of(one) for one in sorted(past, key=lambda one: one.year) if sum(one.daily) > 0]
    if not known:
        return None
    day, outcome = len(now.daily), sum(now.daily)
    if day >= days_in(now.year):
        return Forecast(1.0, outcome, outcome, outcome, len(known), assumed=False)
    seen = _seen(known, day)
    noise, blocks = _noise(seen), season.blocks(now, known, lifts)
    errors = _past_errors(known, seen, noise)
    more = season.lifted(lifts, known, now.year, day, days_in(now.year))
    made = _guess(now, _by_pace(now, blocks, known, noise, more), known, errors, more)
    rest = max(made.rest, (now.booked or 0) * show_rate)
    usual = errors.spread(rest, 0.0)
    spread = errors.spread(rest, made.doubt) * made.disagreement
    reason = _reason(made, usual, spread) if spread > UNUSUAL * usual else None
    return Forecast(
        expected_share=median_share(known, now.year, day),
        low=outcome + round(rest * math.exp(-spread)),
        middle=outcome + round(rest),
        high=outcome + round(rest * math.exp(spread)),
        past_years=len(known),
        assumed=len(errors.whole) < ASSUMED_YEARS,
        unusual=reason is not None,
        announced=round(more * season.level(known, now.year)),
        reason=reason,
        cause=made.seen.cause if reason in (Reason.LASTING, Reason.PASSING) else None,
        year=now.year,
    )


def _reason(made: _Guess, usual: float, spread: float) -> Reason:
    """What widens the interval most: that pace and bookings disagree, or the doubt, and of that what most of it is of."""
    if made.disagreement > spread / made.disagreement / usual:
        return Reason.APART
    if made.seen.cause is None or made.seen.told > made.seen.doubt / 2:
        return Reason.ANNOUNCED
    return Reason.LASTING if made.seen.cause.lasts else Reason.PASSING


def _seen(past: Sequence[Profile], day: int) -> list[tuple[Profile, int, list[Block]]]:
    """Each past year but the first as it was on the same day: how many of its days were over, and its blocks."""
    found = []
    for n in range(1, len(past)):
        then = day_of(past[-1].year, day, past[n].year)
        found.append((past[n], then, season.blocks(past[n].first_days(then), past[:n])))
    return found


def _noise(seen: Sequence[tuple[Profile, int, list[Block]]]) -> float:
    """How much the log of a usual block varies within a year: by the middle one, so that a strike of a past year moves it little."""
    squares: list[float] = []
    for _year, _then, blocks in seen:
        whole = sum(one.share for one in blocks)
        middle = sum(one.share * one.ratio for one in blocks) / whole if whole else 0.0
        squares += [(one.ratio - middle) ** 2 * one.share / shifts.USUAL_SHARE for one in blocks]
    found = statistics.median(squares) / MIDDLE_SQUARE if squares else 0.0
    known = len(squares)
    return math.sqrt((known * found + ASSUMED_BLOCKS * ASSUMED_NOISE**2) / (known + ASSUMED_BLOCKS))


def _by_pace(
    now: Year, blocks: Sequence[Block], past: Sequence[Profile], noise: float, more: float = 0.0
) -> _Guess:
    """What is still to come, by this year's pace through the season that past years had. `more` was announced of it, as part of
    a usual year."""
    left = 1 - median_share(past, now.year, len(now.daily))
    seen = shifts.pace(blocks, noise, rest=left, announced=season.exposure(left, more) if more else 0.0)
    return _Guess(
        season.level(past, now.year) * max(left + more, 0.0) * math.exp(seen.log), seen.doubt, 1.0, seen
    )


def _guess(now: Year, paced: _Guess, past: Sequence[Profile], errors: _Errors, more: float = 0.0) -> _Guess:
    """What is still to come, by pace and by what is booked; the better in the past weighs more, and pace less where it may have
    changed."""
    day = len(now.daily)
    booked = _by_bookings(now.booked, past, day)
    if booked is None or booked <= 0 or paced.rest <= 0:
        return paced
    # How much of what was announced is booked already nobody knows: half of it is in the middle, all or none is possible.
    left = 1 - median_share(past, now.year, day)
    unbooked = math.log((left + more) / left) / 2 if left > 0 else 0.0
    booked *= math.exp(unbooked)
    of_pace, of_bookings = (
        errors.variance(errors.of_pace) + paced.doubt,
        errors.variance(errors.of_bookings) + unbooked**2,
    )
    part = of_bookings / (of_pace + of_bookings)
    apart = math.log(paced.rest / booked)
    return _Guess(
        booked * math.exp(part * apart),
        part**2 * paced.doubt,
        min(max(1.0, abs(apart) / math.sqrt(of_pace + of_bookings)), MOST_UNREST),
        paced.seen,
    )


def _by_bookings(booked: int | None, past: Sequence[Profile], day: int) -> float | None:
    """What is still to come, were as much of it booked by now as in past years; None where that is not known."""
    if not booked:
        return None
    times = [
        (one.total - one.upto[min(day, len(one.upto) - 1)]) / one.booked for one in past if one.booked
    ]  # `day` is of a year as long, but for 29 February
    return booked * statistics.median(times) if len(times) >= FEWEST_FOR_BOOKINGS else None


def _past_errors(
    past: Sequence[Profile], seen: Sequence[tuple[Profile, int, list[Block]]], noise: float
) -> _Errors:
    found = _Errors(ASSUMED_ERROR * noise * math.sqrt(1 + 1 / len(past)))
    for n, (one, then, blocks) in enumerate(seen, start=1):
        before = past[:n]
        now = one.first_days(then)
        paced = _by_pace(now, blocks, before, noise)
        made = _guess(now, paced, before, found)
        booked = _by_bookings(one.booked, before, then)
        came = one.total - one.upto[then]
        fewer = math.sqrt((1 + 1 / len(past)) / (1 + 1 / n))  # it knew n years, and today's knows all
        # Against what its year's doubt and disagreement led to expect, as this year's interval is widened by its own.
        widened = made.disagreement * math.sqrt(1 + made.doubt / found.assumed**2)
        found.whole.append(fewer * _error(came, made.rest) / widened)
        found.of_pace.append(fewer * _error(came, paced.rest))
        if booked is not None:
            found.of_bookings.append(fewer * _error(came, booked))
    return found


def _error(came: float, guess: float) -> float:
    return math.log((max(came, 0) + 1) / (max(guess, 0) + 1))
