"""The month's calendar: which days have sessions that are free, nearly full or full."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from bookings.schools.models import Session, SessionQuerySet
from bookings.schools.search.places import FEW, FREE, FULL, matching_asked, sessions, state
from bookings.schools.search.wishes import Wish
from navet import periods
from navet.queries import Search


@dataclass(frozen=True)
class Day:
    """A date of the month's calendar and how many sessions are free, nearly full and full on it."""

    date: dt.date
    counts: Counter

    @property
    def state(self) -> str:
        """The best there is on the day: free, few, full or none."""
        return next((state for state in (FREE, FEW, FULL) if self.counts[state]), "none")

    @property
    def bookable(self) -> int:
        return self.counts[FREE] + self.counts[FEW]


def month(first: dt.date, wish: Wish, *, at: dt.datetime) -> list[Day]:
    """Every day of the month that begins on `first`, counted at `at`. One query; the wish's dates narrow it."""
    last = last_of_month(first)
    days = periods.dates(first, last + dt.timedelta(days=1))
    counts: dict[dt.date, Counter[str]] = {day: Counter() for day in days}
    for session in Search(_counted, {**wish.within(first, last).asked, "at": at}):
        day = periods.local_day(session["begins"])
        counts[day][state(session["free_places"], session["programme__max_pupils"])] += 1
    return [Day(day, counted) for day, counted in counts.items()]


def _counted(asked: Mapping[str, Any]) -> Any:
    found: Any = matching_asked(Session.objects.bookable(asked["at"]), asked, asked["at"])
    return found.annotate(begins=F("occasion__period__startswith")).values(
        "begins", "free_places", "programme__max_pupils"
    )


def on_day(day: dt.date, wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """The day's sessions that can be booked and meet the wish, in time order."""
    return sessions(wish.within(day, day), at=at)


def last_of_month(first: dt.date) -> dt.date:
    """The last date of the month that begins on `first`."""
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
