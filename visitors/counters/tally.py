"""What a counter's raw readings add up to, whatever order they came in and however often. Knows no database.

Times are as the device said them. Sums are added up on the device's own clock, which orders its readings best; only the
result is moved to the right hour where the clock is known to be wrong.
"""

import datetime as dt
import itertools
from bisect import bisect_right
from collections import Counter as Multiset
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from navet import periods

INTERVAL, RUNNING, EVENT = "interval", "running", "event"
HOUR = dt.timedelta(hours=1)
# A sum that falls to this share of what it was, or less, has begun anew; less of a fall is a clock that was put back.
RESTART_SHARE = 0.9
RESTART_FROM = 20  # heads; below this a share says nothing


@dataclass(frozen=True, slots=True)
class Raw:
    """One reading, in heads. `running` and `event` have no `starts_at`: a sum so far, and who passed at a moment.

    `clock_at` is the device's own time when it spoke, where it says so; `received_at` is ours.
    """

    kind: str
    line: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime
    entered: int
    left: int
    received_at: dt.datetime
    clock_at: dt.datetime | None = None
    pk: int | None = None  # of its row

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two readings the same, however they came."""
        return self.kind, self.line, self.starts_at, self.ends_at, self.entered, self.left


class Count(NamedTuple):
    """Heads in and out."""

    entered: int = 0
    left: int = 0


class Gap(NamedTuple):
    """A longer silence than the counter should keep. `is_lost`: nobody knows who passed; else only when is unknown."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    is_lost: bool


class Part(NamedTuple):
    """What one reading added, in heads, and over which time by our clock."""

    reading: Raw
    starts_at: dt.datetime
    ends_at: dt.datetime
    entered: int
    left: int

    def within(self, is_meant: Callable[[dt.datetime], bool]) -> "Part":
        """Only what it added to the hours that are meant."""
        entered, left = (
            sum(n for hour, n in spread(self.starts_at, self.ends_at, heads) if is_meant(hour))
            for heads in (self.entered, self.left)
        )
        return self._replace(entered=entered, left=left)


@dataclass(frozen=True)
class Tally:
    """`hours` by their first moment (UTC), which the `parts` make; `drift` by the date on the device: how far behind its clock was."""

    hours: Mapping[dt.datetime, Count]
    gaps: tuple[Gap, ...] = ()
    restarts: tuple[dt.datetime, ...] = ()
    put_back: tuple[dt.datetime, ...] = ()
    overlaps: tuple[dt.datetime, ...] = ()
    drift: Mapping[dt.date, dt.timedelta] | None = None
    parts: Sequence[Part] = field(default=(), compare=False)  # the sums are what is compared

    def parts_on(self, day: dt.date) -> list[Part]:
        """What each reading added to a day in Borås, cut at its midnights; together the day's count of `days`."""
        return [
            part.within(lambda hour: periods.local_day(hour) == day)
            for part in self.parts
            if periods.local_day(part.starts_at) <= day <= periods.local_day(part.ends_at)
        ]

    def parts_in(self, hour: dt.datetime) -> list[Part]:
        """What each reading added to the hour that begins then; together the hour's count of `hours`."""
        return [
            part.within(lambda of: of == hour)
            for part in self.parts
            if _hour(part.starts_at) <= hour <= _hour(part.ends_at)
        ]

    def days(self) -> dict[dt.date, Count]:
        """Heads by date in Borås."""
        sums: dict[dt.date, Count] = {}
        for hour, count in self.hours.items():
            day = periods.local_day(hour)
            entered, left = sums.get(day, Count())
            sums[day] = Count(entered + count.entered, left + count.left)
        return sums


def tally(readings: Iterable[Raw], *, tolerance: dt.timedelta, silence: dt.timedelta) -> Tally:
    """Add them up. A clock wrong by more than `tolerance` is corrected; quiet for longer than `silence` is a gap."""
    known = _once(readings)
    drift = clock_drift(known)
    wrong = {day: error for day, error in drift.items() if abs(error) > tolerance}
    sheet = _Sheet(wrong)
    for line in sorted({reading.line for reading in known}):
        of_line = [reading for reading in known if reading.line == line]
        covered = _intervals([r for r in of_line if r.kind == INTERVAL], silence, sheet)
        _running([r for r in of_line if r.kind == RUNNING], silence, sheet)
        _events([r for r in of_line if r.kind == EVENT], covered, sheet)
    return sheet.result(drift)


def clock_drift(readings: Collection[Raw]) -> dict[dt.date, dt.timedelta]:
    """Date on the device -> how far its clock was behind ours (ahead: below zero), where it can be known.

    Nothing arrives before it was sent, and being late only adds: the smallest difference of a day is the nearest to the
    truth. Where the device does not say its time as it sends, only a clock ahead of ours can be told from lateness.
    """
    exact: dict[dt.date, dt.timedelta] = {}
    bounds: dict[dt.date, dt.timedelta] = {}
    for reading in readings:
        found, said = (bounds, reading.ends_at) if reading.clock_at is None else (exact, reading.clock_at)
        day, late = periods.local_day(reading.ends_at), reading.received_at - said
        found[day] = min(found.get(day, late), late)
    ahead = {day: late for day, late in bounds.items() if late < dt.timedelta(0)}
    return ahead | exact


def spread(start: dt.datetime, end: dt.datetime, heads: int) -> Iterator[tuple[dt.datetime, int]]:
    """Heads of a span over its hours in proportion to time, whole heads, none lost or made."""
    if end <= start:
        yield _hour(end), heads
        return
    given, hour = 0, _hour(start)
    while hour < end:
        due = heads * (min(hour + HOUR, end) - start) // (end - start)
        yield hour, due - given
        given, hour = due, hour + HOUR


class _Sheet:
    """Where the lines of one counter are added up."""

    def __init__(self, wrong: Mapping[dt.date, dt.timedelta]) -> None:
        self._wrong = wrong
        self._entered: Multiset[dt.datetime] = Multiset()
        self._left: Multiset[dt.datetime] = Multiset()
        self.parts: list[Part] = []
        self.gaps: list[Gap] = []
        self.restarts: list[dt.datetime] = []
        self.put_back: list[dt.datetime] = []
        self.overlaps: list[dt.datetime] = []

    def true(self, said: dt.datetime) -> dt.datetime:
        """The moment that the device's clock meant."""
        return said + self._wrong.get(periods.local_day(said), dt.timedelta(0))

    def add(self, reading: Raw, start: dt.datetime, end: dt.datetime, entered: int, left: int) -> None:
        self.parts.append(Part(reading, start, end, entered, left))
        for sums, heads in ((self._entered, entered), (self._left, left)):
            for hour, part in spread(start, end, heads):
                sums[hour] += part

    def result(self, drift: Mapping[dt.date, dt.timedelta]) -> Tally:
        hours = sorted(self._entered.keys() | self._left.keys())
        return Tally(
            hours={hour: Count(self._entered[hour], self._left[hour]) for hour in hours},
            gaps=tuple(sorted(self.gaps)),
            restarts=tuple(sorted(self.restarts)),
            put_back=tuple(sorted(self.put_back)),
            overlaps=tuple(sorted(self.overlaps)),
            drift=dict(sorted(drift.items())),
            parts=self.parts,
        )


def _once(readings: Iterable[Raw]) -> list[Raw]:
    """Each content once, as it first came."""
    first: dict[tuple[object, ...], Raw] = {}
    for reading in readings:
        seen = first.get(reading.content)
        if seen is None or _came(reading) < _came(seen):
            first[reading.content] = reading
    return list(first.values())


def _came(reading: Raw) -> tuple[dt.datetime, bool, dt.datetime]:
    return reading.received_at, reading.clock_at is None, reading.clock_at or reading.ends_at


def _intervals(readings: Sequence[Raw], silence: dt.timedelta, sheet: _Sheet) -> list[Raw]:
    """Count of each moment one reading: the longest that covers it, of equal ones the largest. They, in order."""
    kept: list[Raw] = []
    starts: list[dt.datetime] = []
    for reading in sorted(readings, key=_rank):
        place = bisect_right(starts, _start(reading))
        before, after = kept[place - 1 : place], kept[place : place + 1]
        if (before and before[0].ends_at > _start(reading)) or (after and _start(after[0]) < reading.ends_at):
            sheet.overlaps.append(sheet.true(_start(reading)))
            continue
        kept.insert(place, reading)
        starts.insert(place, _start(reading))
    for reading in kept:
        shift = sheet.true(reading.ends_at) - reading.ends_at
        sheet.add(reading, _start(reading) + shift, reading.ends_at + shift, reading.entered, reading.left)
    for before_it, after_it in itertools.pairwise(kept):
        if _start(after_it) - before_it.ends_at > silence:
            gap = Gap(sheet.true(before_it.ends_at), sheet.true(_start(after_it)), is_lost=True)
            sheet.gaps.append(gap)
    return kept


def _rank(reading: Raw) -> tuple[object, ...]:
    length = reading.ends_at - _start(reading)
    return -length, _start(reading), -(reading.entered + reading.left), -reading.entered


def _start(reading: Raw) -> dt.datetime:
    return reading.starts_at or reading.ends_at


def _running(readings: Sequence[Raw], silence: dt.timedelta, sheet: _Sheet) -> None:
    """What a running sum rose by between two readings. The first is where counting begins.

    Fallen sums began anew from zero: after midnight if that lies between. What passed before the restart and after
    the last reading is not known.
    """
    ordered = sorted(readings, key=lambda r: (_told_at(r), r.entered + r.left, r.entered))
    if not ordered:
        return
    base, since = ordered[0], sheet.true(ordered[0].ends_at)
    for reading in ordered[1:]:
        until = max(since, sheet.true(reading.ends_at))
        begins = since
        if reading.entered >= base.entered and reading.left >= base.left:
            entered, left = reading.entered - base.entered, reading.left - base.left
        elif _is_put_back(base, reading):
            sheet.put_back.append(until)
            continue
        else:
            entered, left = reading.entered, reading.left
            begins = max(since, periods.day_bounds(periods.local_day(until))[0])
            sheet.restarts.append(until)
        if until - since > silence:
            sheet.gaps.append(Gap(since, until, is_lost=False))
        sheet.add(reading, begins, until, entered, left)
        base, since = reading, until


def _told_at(reading: Raw) -> dt.datetime:
    """The best there is for putting sums in order: our own clock where the device spoke at once, else the device's."""
    if reading.clock_at is None:
        return reading.ends_at
    return reading.ends_at + (reading.received_at - reading.clock_at)


def _is_put_back(base: Raw, reading: Raw) -> bool:
    """Whether a fall is so small that the clock, not the sum, must have been put back."""
    before, now = base.entered + base.left, reading.entered + reading.left
    return before >= RESTART_FROM and now > RESTART_SHARE * before


def _events(readings: Sequence[Raw], covered: Sequence[Raw], sheet: _Sheet) -> None:
    """Who passed at a moment that no interval covers."""
    starts = [_start(reading) for reading in covered]
    for reading in readings:
        place = bisect_right(starts, reading.ends_at)
        if place and covered[place - 1].ends_at > reading.ends_at:
            continue
        if not (reading.entered or reading.left):
            continue  # a clock that was told, and nobody
        at = sheet.true(reading.ends_at)
        sheet.add(reading, at, at, reading.entered, reading.left)


def _hour(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
