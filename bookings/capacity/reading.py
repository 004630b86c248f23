"""The occasions of a period that have places, with their places, whatever line they are of.

    read(first, last, at=now)                       # of every kind in EVERYTHING; both days included
    read(first, last, at=now, kinds=[Kind.LUNCH])   # of these alone

A fixed number of queries, however many occasions. Occasions that were called off offer nothing and are not among them, nor
are those without a number of places (opening hours, conferences, group visits). An occasion belongs to the day and the hour
of the clock in Borås at which it begins.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from bookings.capacity import lines
from bookings.capacity.rows import EVERYTHING, KINDS, Row, Span, Thing
from navet import periods
from navet.house.models import Room, RoomUse


def read(first: dt.date, last: dt.date, *, at: dt.datetime, kinds: Iterable[str] = EVERYTHING) -> list[Row]:
    """In time order."""
    span = Span(periods.day_bounds(first)[0], periods.day_bounds(last)[1], at)
    wanted = list(kinds)
    rooms = _rooms(span, wanted)
    found = [row for kind in KINDS if kind in wanted for row in lines.READERS[kind](span, rooms)]
    return sorted(found, key=lambda row: (row.starts_at, row.kind, row.occasion))


def _rooms(span: Span, kinds: list[str]) -> dict[int, tuple[Thing, ...]]:
    """Occasion -> the rooms it is in, each once, by the name it was booked under: a half is its own room."""
    uses = RoomUse.objects.filter(span.within("occasion__"), occasion__kind__in=kinds).order_by()
    columns = ("occasion", "room__slug", "room__name_sv", "room__name_en")
    by_occasion: dict[int, list[Thing]] = defaultdict(list)
    things: dict[str, Thing] = {}
    for occasion, slug, name_sv, name_en in uses.values_list(*columns).distinct():
        if slug not in things:
            things[slug] = Thing(slug, Room(name_sv=name_sv, name_en=name_en).name)
        by_occasion[occasion].append(things[slug])
    return {pk: tuple(sorted(found)) for pk, found in by_occasion.items()}
