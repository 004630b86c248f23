"""When a package is free: read in six queries for any stretch of days, then worked out without any. The operation decides."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from bookings.common.models import Status
from bookings.groups.models import GroupBooking, GroupPackage
from navet import periods
from navet.accounts.models import User
from navet.errors import Refused
from navet.house import rules
from navet.house.calendar import HouseCalendar
from navet.house.models import Duty, Occasion, Room, RoomUse

NEAR = dt.timedelta(days=21)  # how far around a taken time another is looked for
PROPOSED = 3


@dataclass(frozen=True)
class Time:
    """A time at which the package is offered; free when `taken` is "", then with a room and, if needed, an educator."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    taken: str
    room: Room | None = None
    educator: User | None = None

    @property
    def is_free(self) -> bool:
        return not self.taken


def bookable_days(package: GroupPackage, at: dt.datetime) -> tuple[dt.date, dt.date]:
    """The first and the last day that can be booked now."""
    today = periods.local_day(at)
    return today + dt.timedelta(days=package.notice_days), today + dt.timedelta(days=package.horizon_days)


def offered(package: GroupPackage, first: dt.date, last: dt.date, *, at: dt.datetime) -> list[Time]:
    """Every time the package is offered from first to last, free or taken, in order; closed days have none."""
    soonest, latest = bookable_days(package, at)
    first, last = max(first, soonest), min(last, latest)
    if last < first:
        return []
    return list(_times(package, first, last, at))


def nearest(package: GroupPackage, starts_at: dt.datetime, *, at: dt.datetime) -> list[dt.datetime]:
    """The free times closest to a taken one, in time order."""
    day = periods.local_day(starts_at)
    free = [time for time in offered(package, day - NEAR, day + NEAR, at=at) if time.is_free]
    closest = sorted(free, key=lambda time: abs(time.starts_at - starts_at))[:PROPOSED]
    return sorted(time.starts_at for time in closest)


def _times(package: GroupPackage, first: dt.date, last: dt.date, at: dt.datetime) -> Iterator[Time]:
    calendar = HouseCalendar.between(first, last + dt.timedelta(days=2))
    house = _Taken.read(
        package, periods.at(first, dt.time.min), periods.at(last + dt.timedelta(days=1), dt.time.min), at
    )
    for day in periods.dates(first, last + dt.timedelta(days=1)):
        if day.weekday() not in package.weekdays or package.price_on(day) is None:
            continue
        for clock in sorted(package.times):
            start = periods.at(day, clock)
            period = periods.period(start, start + dt.timedelta(minutes=package.length_minutes))
            rooms = [room for room in house.rooms if _is_open(period, room, calendar)]
            if rooms:
                yield house.at(period, rooms)


def _is_open(period: DateTimeTZRange, room: Room, calendar: HouseCalendar) -> bool:
    """Whether public opening hours hold all of it and neither house nor room is closed: the house's own rule."""
    try:
        rules.check_open(period, Occasion.Kind.GROUP_VISIT, [cell.pk for cell in room.cells.all()], calendar)
    except Refused:
        return False
    return True


@dataclass(frozen=True)
class _Taken:
    """What holds the package's floor, its educators and its groups in a stretch of time."""

    package: GroupPackage
    rooms: list[Room]
    educators: list[User]
    uses: list[tuple[int, DateTimeTZRange]]
    duties: list[tuple[int, DateTimeTZRange]]
    groups: list[DateTimeTZRange]

    @classmethod
    def read(cls, package: GroupPackage, start: dt.datetime, end: dt.datetime, at: dt.datetime) -> "_Taken":
        rooms = sorted((room for room in package.rooms.all() if room.is_active), key=lambda room: room.slug)
        educators = sorted((one for one in package.educators.all() if one.is_active), key=lambda one: one.pk)
        span = DateTimeTZRange(start, end + dt.timedelta(days=1), "[)")
        cells = {cell.pk for room in rooms for cell in room.cells.all()}
        uses = RoomUse.objects.filter(holds=True, cell__in=cells, period__overlap=span).exclude(_ran_out(at))
        duties = Duty.objects.filter(holds=True, educator__in=educators, period__overlap=span).exclude(
            _ran_out(at)
        )
        groups = GroupBooking.objects.holding(at).filter(package=package, occasion__period__overlap=span)
        return cls(
            package=package,
            rooms=[room for room in rooms if room.cells.all()],
            educators=educators,
            uses=list(uses.values_list("cell", "period")),
            duties=list(duties.values_list("educator", "period")) if package.needs_educator else [],
            groups=list(groups.values_list("occasion__period", flat=True)),
        )

    def at(self, period: DateTimeTZRange, rooms: Iterable[Room]) -> Time:
        """The time with the first of the rooms and educators that is free, or what is taken."""
        begins, ends = period.lower, period.upper
        if sum(_meet(group, begins, ends) for group in self.groups) >= self.package.at_once:
            return Time(begins, ends, "groups")
        room = next((room for room in rooms if self._is_free(room, begins, ends)), None)
        if room is None:
            return Time(begins, ends, "rooms")
        if not self.package.needs_educator:
            return Time(begins, ends, "", room)
        busy = {educator for educator, duty in self.duties if _meet(duty, begins, ends)}
        leading = next((one for one in self.educators if one.pk not in busy), None)
        return Time(begins, ends, "" if leading else "educators", room, leading)

    def _is_free(self, room: Room, begins: dt.datetime, ends: dt.datetime) -> bool:
        cells = {cell.pk for cell in room.cells.all()}
        until = ends + dt.timedelta(minutes=room.turnaround_minutes)
        return not any(cell in cells and _meet(use, begins, until) for cell, use in self.uses)


def _meet(taken: DateTimeTZRange, begins: dt.datetime, ends: dt.datetime) -> bool:
    return taken.lower < ends and begins < taken.upper


def _ran_out(at: dt.datetime) -> Q:
    """Held by an option that is over, or by a group whose time for the code is out, though nobody has tidied it up."""
    return Q(occasion__holds_until__lte=at) | Q(
        occasion__group_booking__isnull=False,
        occasion__group_booking__status=Status.HELD,
        occasion__group_booking__holds_until__lte=at,
    )
