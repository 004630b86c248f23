"""The week and the day of the house as tables: rooms against days, or hours against rooms."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from navet import periods
from navet.house.calendar import HouseCalendar, HouseDay
from navet.house.models import Occasion, Room

WEEK = dt.timedelta(days=7)
# Hours shown when nothing happens earlier or later.
EARLIEST, LATEST = 8, 17
# Where what happens without a room is kept: a guided walk, the public hours.
NO_ROOM = 0


@dataclass(frozen=True)
class Happening:
    """An occasion as it stands in one square of a table; `goes_on` when it began in an earlier square."""

    occasion: Occasion
    goes_on: bool = False


@dataclass(frozen=True)
class Week:
    days: list[HouseDay]
    rows: list[tuple[Room | None, list[list[Happening]]]]


@dataclass(frozen=True)
class Day:
    day: HouseDay
    rooms: list[Room | None]
    rows: list[tuple[dt.datetime, list[list[Happening]]]]


def week_of(day: dt.date) -> Week:
    """Monday to Sunday around `day`, all active rooms; the number of queries does not grow with what happens."""
    monday = day - dt.timedelta(days=day.weekday())
    days = list(periods.dates(monday, monday + WEEK))
    calendar = HouseCalendar.between(monday, monday + WEEK)
    by_room = _by_room(
        DateTimeTZRange(periods.at(monday, dt.time.min), periods.at(monday + WEEK, dt.time.min))
    )
    squares = [periods.day_period(date) for date in days]
    rows = [(room, [_within(by_room[_key(room)], square) for square in squares]) for room in _rooms(by_room)]
    return Week([calendar.day(date) for date in days], rows)


def day_of(day: dt.date) -> Day:
    """The hours of one day, from the first that something happens in to the last."""
    by_room = _by_room(periods.day_period(day))
    rooms = _rooms(by_room)
    hours = _hours(day, [occasion for occasions in by_room.values() for occasion in occasions])
    rows = []
    for start in hours:
        square = DateTimeTZRange(start, start + dt.timedelta(hours=1), "[)")
        rows.append((start, [_within(by_room[_key(room)], square) for room in rooms]))
    return Day(HouseCalendar.between(day, day + dt.timedelta(days=1)).day(day), rooms, rows)


def _rooms(by_room: dict[int, list[Occasion]]) -> list[Room | None]:
    """Active rooms by name, and None last when something happens without a room."""
    rooms: list[Room | None] = list(Room.objects.active().order_by("name_sv", "pk"))
    return [*rooms, None] if by_room.get(NO_ROOM) else rooms


def _key(room: Room | None) -> int:
    return room.pk if room else NO_ROOM


def _by_room(period: DateTimeTZRange) -> dict[int, list[Occasion]]:
    """Room ids to what happens on their floor, in time order. A hall is in use when one of its halves is."""
    occasions = (
        Occasion.objects.going_to_happen()
        .filter(period__overlap=period)
        .prefetch_related("room_uses__cell__rooms", "duties__educator")
        .in_time_order()
    )
    found: dict[int, list[Occasion]] = defaultdict(list)
    for occasion in occasions:
        floor = {room.pk for use in occasion.room_uses.all() for room in use.cell.rooms.all()}
        for room_id in floor or {NO_ROOM}:
            found[room_id].append(occasion)
    return found


def _within(occasions: list[Occasion], square: DateTimeTZRange) -> list[Happening]:
    return [
        Happening(occasion, goes_on=occasion.starts_at < square.lower)
        for occasion in occasions
        if occasion.starts_at < square.upper and square.lower < occasion.ends_at
    ]


def _hours(day: dt.date, occasions: list[Occasion]) -> list[dt.datetime]:
    """The full hours to show, as moments: on the days when clocks change there are 23 or 25."""
    start, end = periods.day_bounds(day)
    begins = min([periods.at(day, dt.time(EARLIEST)), *(o.starts_at for o in occasions)])
    stops = max([periods.at(day, dt.time(LATEST)), *(o.ends_at for o in occasions)])
    moment, hours = start.astimezone(dt.UTC), []
    while moment < end:
        if moment + dt.timedelta(hours=1) > begins and moment < stops:
            hours.append(moment)
        moment += dt.timedelta(hours=1)
    return hours
