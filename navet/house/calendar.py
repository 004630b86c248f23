"""When the house is open. Rules: the narrowest season goes before wider ones; a closure goes before them all; on a public
holiday only hours given for that very day count."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from navet import periods
from navet.house.models import Closure, OpeningHours, Room

HOUSE = OpeningHours.Audience.HOUSE
PUBLIC = OpeningHours.Audience.PUBLIC


@dataclass(frozen=True)
class HouseDay:
    """One day as the house sees it. `hours` are half-open periods in time order; `closed_by` says why there are none."""

    date: dt.date
    hours: tuple[DateTimeTZRange, ...]
    holiday: str
    closed_by: str

    @property
    def is_open(self) -> bool:
        return bool(self.hours)


@dataclass(frozen=True)
class HouseCalendar:
    """Opening hours and closures over [first, end), read in three queries, then asked per day without any."""

    first: dt.date
    end: dt.date
    _hours: tuple[OpeningHours, ...]
    _closures: tuple[Closure, ...]
    _closed_cells: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def between(cls, first: dt.date, end: dt.date) -> "HouseCalendar":
        """The calendar of the dates in [first, end)."""
        span = DateRange(first, end, "[)")
        closures = tuple(Closure.objects.filter(days__overlap=span).select_related("room").order_by("pk"))
        return cls(
            first=first,
            end=end,
            _hours=tuple(OpeningHours.objects.filter(days__overlap=span).order_by("opens", "pk")),
            _closures=closures,
            _closed_cells=cells_of({closure.room_id for closure in closures if closure.room_id}),
        )

    def covers(self, period: DateTimeTZRange) -> bool:
        """Whether the calendar was read for every day the period touches."""
        return self.first <= periods.local_day(period.lower) and periods.local_day(period.upper) < self.end

    def day(self, day: dt.date, audience: str = HOUSE) -> HouseDay:
        """The day as it is for schools and bookings, or for the public. Raises LookupError outside the calendar."""
        if not self.first <= day < self.end:
            raise LookupError(f"{day} is outside the calendar that was read")
        closure = self.closure_on(day)
        hours = () if closure else self._periods(day, audience)
        holiday = periods.holiday_name(day)
        return HouseDay(day, hours, holiday, closure.reason if closure else "" if hours else holiday)

    def closure_on(self, day: dt.date, cells: Iterable[int] = ()) -> Closure | None:
        """What closes the whole house on the day or, when cells are given, a room that has one of them."""
        wanted = frozenset(cells)
        for closure in self._closures:
            touches = closure.room_id is None or wanted & self._closed_cells.get(closure.room_id, frozenset())
            if day in closure.days and touches:
                return closure
        return None

    def is_open(self, period: DateTimeTZRange, audience: str = HOUSE) -> bool:
        """Whether the whole period falls within one stretch of opening hours."""
        return any(
            hours.lower <= period.lower and period.upper <= hours.upper
            for hours in self.day(periods.local_day(period.lower), audience).hours
        )

    def _periods(self, day: dt.date, audience: str) -> tuple[DateTimeTZRange, ...]:
        rows = [
            row
            for row in self._hours
            if row.audience == audience and row.weekday == day.weekday() and day in row.days
        ]
        if periods.holiday_name(day):
            rows = [row for row in rows if _length(row.days) == 1]
        narrowest = min((_length(row.days) for row in rows), default=0)
        return tuple(
            periods.period(periods.at(day, row.opens), periods.at(day, row.closes))
            for row in rows
            if _length(row.days) == narrowest
        )


def opening(day: dt.date, audience: str = HOUSE) -> HouseDay:
    """One day's opening hours; for many days read a HouseCalendar."""
    return HouseCalendar.between(day, day + dt.timedelta(days=1)).day(day, audience)


def is_open(period: DateTimeTZRange, audience: str = HOUSE) -> bool:
    """Whether the house is open to the audience throughout the period."""
    return around(period).is_open(period, audience)


def closure_on(day: dt.date, room: Room | None = None) -> Closure | None:
    """What closes the house on the day or, when a room is given, that room or one that shares floor with it."""
    cells = cells_of({room.pk}).get(room.pk, frozenset()) if room else frozenset()
    return HouseCalendar.between(day, day + dt.timedelta(days=1)).closure_on(day, cells)


def house_days(first: dt.date, end: dt.date, audience: str = HOUSE) -> list[HouseDay]:
    """Every day in [first, end), in three queries."""
    calendar = HouseCalendar.between(first, end)
    return [calendar.day(day, audience) for day in periods.dates(first, end)]


def around(period: DateTimeTZRange) -> HouseCalendar:
    """The calendar of the days the period touches."""
    last = periods.local_day(period.upper)
    return HouseCalendar.between(periods.local_day(period.lower), last + dt.timedelta(days=1))


def cells_of(rooms: Iterable[int]) -> dict[int, frozenset[int]]:
    """Room ids to the ids of their cells."""
    found: dict[int, set[int]] = {}
    links = Room.cells.through.objects.filter(room_id__in=list(rooms)).values_list("room_id", "cell_id")
    for room_id, cell_id in links:
        found.setdefault(room_id, set()).add(cell_id)
    return {room_id: frozenset(cells) for room_id, cells in found.items()}


def _length(days: DateRange) -> float:
    """Days in a range of dates; a season without end is the widest there is."""
    if days.lower is None or days.upper is None:
        return float("inf")
    return (days.upper - days.lower).days
