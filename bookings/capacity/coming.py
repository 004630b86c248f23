"""Weeks to come, for mails and lists: how full they are, the least full occasions, what is under a mark, who waits, gaps.

    found = coming.rows(monday, 4, at=now)              # school sessions; kinds=EVERYTHING for all
    coming.weeks(monday, 4, at=now, found=found)        # [Week]: offered, held, free, fill; one also where nothing is planned
    coming.least_full(found)                            # [Row], at most eight that can be booked, the emptiest first
    coming.under(coming.weeks(...), 50)                 # the weeks that are less than half full
    coming.under_minimum(found, at=now)                 # occasions with fewer than they are meant for
    coming.waiting(found)                               # [Waiting]: sessions with a queue
    coming.gaps(monday, 4), coming.days_without(monday, 4, found, at=now)

`found` may be left out of `weeks`, which then reads for itself. Places are those of `bookings.capacity.reading`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum

from bookings.capacity import reading
from bookings.capacity.rows import Kind, Row, percent
from bookings.schools.models import SchoolBooking, SeriesGap
from navet import periods

SCHOOLS = (Kind.SCHOOL_SESSION,)
MOST = 8


@dataclass
class Week:
    """Places of what is planned in one week. `fill` is per cent, None where nothing is offered."""

    monday: dt.date
    sessions: int = 0
    offered: int = 0
    held: int = 0
    free: int = 0

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def fill(self) -> int | None:
        return percent(self.held, self.offered)


@dataclass(frozen=True)
class Waiting:
    """A session with a queue: parties in it and their pupils."""

    row: Row
    parties: int
    pupils: int


def rows(monday: dt.date, n: int, *, at: dt.datetime, kinds: Iterable[str] = SCHOOLS) -> list[Row]:
    """What is planned in the `n` weeks from `monday`, in time order."""
    return reading.read(monday, _last(monday, n), at=at, kinds=kinds)


def weeks(
    monday: dt.date,
    n: int,
    *,
    at: dt.datetime,
    kinds: Iterable[str] = SCHOOLS,
    found: Iterable[Row] | None = None,
) -> list[Week]:
    """The `n` weeks from `monday`."""
    planned = rows(monday, n, at=at, kinds=kinds) if found is None else found
    made = [Week(monday + dt.timedelta(weeks=number)) for number in range(n)]
    for row in planned:
        week = made[(row.day - monday).days // 7]
        week.sessions += 1
        week.offered += row.offered
        week.held += row.held
        week.free += row.free
    return made


def least_full(found: Iterable[Row], most: int = MOST) -> list[Row]:
    """Those that can be booked, the emptiest first, the earliest of equals; a course or leisure group once, by its next day."""
    chosen: dict[tuple[str, int], Row] = {}
    for row in sorted(found, key=lambda row: row.starts_at):
        if row.bookable:
            chosen.setdefault((row.kind, row.whole), row)
    by_fill = sorted(chosen.values(), key=lambda row: (row.held / row.offered, row.starts_at, row.occasion))
    return by_fill[:most]


def under(of: Iterable[Week], mark: int) -> list[Week]:
    """Weeks in which something is offered and less than `mark` per cent of it is held."""
    return [week for week in of if week.offered and 100 * week.held < mark * week.offered]


def under_minimum(found: Iterable[Row], *, at: dt.datetime) -> list[Row]:
    """Not begun, and fewer hold a place than it is meant for (a programme's or a course's minimum), empty ones too."""
    return [row for row in found if row.starts_at > at and row.held < row.least]


def waiting(found: Iterable[Row]) -> list[Waiting]:
    """Sessions that classes wait for, in time order. One query."""
    sessions = {row.occasion: row for row in found if row.kind == Kind.SCHOOL_SESSION}
    queued = SchoolBooking.objects.filter(session__in=list(sessions)).waiting().order_by()
    counted = queued.values("session").annotate(parties=Count("pk"), heads=Sum("pupils"))
    queues = {
        pk: (parties, heads) for pk, parties, heads in counted.values_list("session", "parties", "heads")
    }
    return [Waiting(row, *queues[pk]) for pk, row in sessions.items() if pk in queues]


def gaps(monday: dt.date, n: int) -> list[SeriesGap]:
    """What a series should have had in these weeks and could not be made. One query."""
    first, end = periods.day_bounds(monday)[0], periods.day_bounds(_last(monday, n))[1]
    missing = SeriesGap.objects.filter(starts_at__gte=first, starts_at__lt=end)
    return list(missing.select_related("series__programme").order_by("starts_at", "pk"))


def days_without(monday: dt.date, n: int, found: Iterable[Row], *, at: dt.datetime) -> list[dt.date]:
    """Working days to come in these weeks on which none of `found` is."""
    taken, today = {row.day for row in found}, periods.local_day(at)
    return [
        day
        for day in periods.dates(monday, monday + dt.timedelta(weeks=n))
        if day >= today and periods.is_working_day(day) and day not in taken
    ]


def _last(monday: dt.date, n: int) -> dt.date:
    return monday + dt.timedelta(days=7 * n - 1)
