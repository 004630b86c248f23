"""A day through the door beside the same day at the desk. Knows no database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from navet import periods
from visitors.counters.tally import Count, Tally

ONE = Decimal(1)
GAP_LOST, GAP_LATE, RESTART, PUT_BACK, OVERLAP, CLOCK = (
    "gap_lost", "gap_late", "restart", "clock_put_back", "overlap", "clock_wrong",
)  # fmt: skip
MARKS = (GAP_LOST, GAP_LATE, RESTART, PUT_BACK, OVERLAP, CLOCK)


class Decision(NamedTuple):
    """A factor for the days it covers; `decided` orders decisions, the latest rules."""

    counter: int
    factor: Decimal
    valid_from: dt.date
    valid_until: dt.date | None
    decided: tuple[dt.datetime, int]


class Mark(NamedTuple):
    """Something to know before the day's figures are believed; `seconds` is how far behind a clock was."""

    kind: str
    counter: int
    at: dt.datetime | None = None
    until: dt.datetime | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class AtDoor:
    """One counter's day, in heads: raw as counted, corrected by the factor of the day. `decided` is the factor's row, if one is."""

    counter: int
    entered: int
    left: int
    factor: Decimal
    decided: int | None = None

    @property
    def corrected(self) -> int:
        return int((self.entered * self.factor).quantize(ONE, ROUND_HALF_UP))


@dataclass(frozen=True)
class Day:
    """`counters` holds those that counted that day; `registered` is the ledger without door corrections."""

    day: dt.date
    counters: tuple[AtDoor, ...]
    registered: int
    hours: Mapping[dt.datetime, int] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    correction: Any = None  # the one that stands, if one does

    @property
    def is_counted(self) -> bool:
        return bool(self.counters)

    @property
    def entered(self) -> int | None:
        return sum(one.entered for one in self.counters) if self.counters else None

    @property
    def left(self) -> int | None:
        return sum(one.left for one in self.counters) if self.counters else None

    @property
    def corrected(self) -> int | None:
        return sum(one.corrected for one in self.counters) if self.counters else None

    @property
    def difference(self) -> int | None:
        """Heads that came through the door and were not registered; None where no door was counted."""
        return None if self.corrected is None else self.corrected - self.registered


def decision_of(counter: int, day: dt.date, decisions: Iterable[Decision]) -> Decision | None:
    """The latest decision of a factor that covers the day, which rules it."""
    covering = [
        decision
        for decision in decisions
        if decision.counter == counter
        and decision.valid_from <= day
        and (decision.valid_until is None or day <= decision.valid_until)
    ]
    return max(covering, key=lambda decision: decision.decided, default=None)


def at_doors(
    day: dt.date, counted: Mapping[int, Mapping[dt.date, Count]], decisions: Sequence[Decision]
) -> tuple[AtDoor, ...]:
    """The counters that have a figure for the day, in order of their keys."""
    return tuple(
        _at_door(counter, days[day], decision_of(counter, day, decisions))
        for counter, days in sorted(counted.items())
        if day in days
    )


def _at_door(counter: int, count: Count, decision: Decision | None) -> AtDoor:
    """A counter is believed as it counts until somebody decides otherwise."""
    if decision is None:
        return AtDoor(counter, *count, ONE)
    return AtDoor(counter, *count, decision.factor, decision.decided[1])


def marks_of(counter: int, tally: Tally, tolerance: dt.timedelta) -> Iterator[tuple[dt.date, Mark]]:
    """Each mark with the day it belongs to; a gap belongs to every day it touches."""
    for gap in tally.gaps:
        kind = GAP_LOST if gap.is_lost else GAP_LATE
        last = periods.local_day(gap.ends_at)
        for day in periods.dates(periods.local_day(gap.starts_at), last + dt.timedelta(days=1)):
            yield day, Mark(kind, counter, gap.starts_at, gap.ends_at)
    for kind, moments in ((RESTART, tally.restarts), (PUT_BACK, tally.put_back), (OVERLAP, tally.overlaps)):
        for at in moments:
            yield periods.local_day(at), Mark(kind, counter, at)
    for day, error in (tally.drift or {}).items():
        if abs(error) > tolerance:
            yield day, Mark(CLOCK, counter, seconds=round(error.total_seconds()))
