"""What participants are told of a conference: when, where, what happens, how to come in. No price, no name, no contact."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bookings.conferences import day_plan
from bookings.conferences.models import Addition, Reservation, ReservationDay, RoomOffer, Status

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
# After the last day it is of no use to anybody, and the link may be anywhere by then.
KEPT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """`at` is None for what has no time of its own; `rooms` is empty where it is in the conference's own."""

    at: dt.datetime | None
    until: dt.datetime | None
    what: str
    rooms: list[str]


@dataclass(frozen=True)
class Day:
    starts_at: dt.datetime
    ends_at: dt.datetime
    rooms: list[str]
    items: list[Item]


def find(key: str, at: dt.datetime) -> Reservation | None:
    """The reservation whose participants have this key: one that is booked, or that they were told of and is called off."""
    if not KEY.fullmatch(key):
        return None
    shown = (Status.CONFIRMED, Status.CANCELLED)
    found = Reservation.objects.whole().filter(participants_key=key, status__in=shown, ends_at__gt=at - KEPT)
    with_rooms = found.prefetch_related("days__additions__occasion__room_uses__room")
    return with_rooms.exclude(confirmed_at=None).first()


def days(reservation: Reservation) -> list[Day]:
    """In order, each with what happens by the clock. Reads the reservation whole, with the rooms of its add-ons."""
    return [
        Day(
            day.occasion.starts_at,
            day.occasion.ends_at,
            [str(one.offer) for one in day.rooms.all()],
            sorted(_items(day), key=lambda item: (item.at is None, item.at or day.occasion.starts_at)),
        )
        for day in reservation.days.all()
    ]


def offers(reservation: Reservation) -> list[RoomOffer]:
    """The rooms it is in, each once, for what is to be known of getting in and hearing."""
    rooms = (one for day in reservation.days.all() for one in day.rooms.all())
    return list({one.offer_id: one.offer for one in rooms}.values())


def _items(day: ReservationDay) -> Iterable[Item]:
    for serving in day_plan.of_day(day).food:
        yield Item(serving.at, None, serving.what, [])
    # What has no time and is not served, such as technical help, is the host's to know of.
    for one in day.additions.all():
        if one.add_on.kind != "food" and one.starts_at:
            yield Item(one.starts_at, one.ends_at, one.add_on.title, _rooms(one))


def _rooms(one: Addition) -> list[str]:
    uses = one.occasion.room_uses.all() if one.occasion else []
    return list(dict.fromkeys(str(use.room) for use in uses))
