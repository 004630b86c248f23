"""The house in other people's calendars: iCalendar per room and per educator, at addresses nobody guesses."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from icalendar import Calendar, Event

from navet.accounts.models import User
from navet.house.models import Occasion, OccasionQuerySet, Room

SALT = "navet.house.feeds"
BACK = dt.timedelta(days=60)
AHEAD = dt.timedelta(days=400)


def token_of(user: User) -> str:
    """The user's key to the feeds. A new password makes a new key, so a lost address can be made worthless."""
    return f"{user.pk}-{salted_hmac(SALT, f'{user.pk}:{user.password}', algorithm='sha256').hexdigest()[:40]}"


def reader(token: str) -> User | None:
    """Who has this key, if still active."""
    number, dash, _digest = token.partition("-")
    if not dash or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    user = User.objects.active().filter(pk=int(number)).first()
    return user if user and constant_time_compare(token, token_of(user)) else None


def of_room(room: Room, language: str, at: dt.datetime) -> bytes:
    """What happens on the room's floor, whichever room it was booked as."""
    occasions = _around(at).filter(room_uses__cell__rooms=room).distinct()
    with translation.override(language):
        return _calendar(room.name, occasions, at)


def of_educator(user: User, at: dt.datetime) -> bytes:
    """What the educator leads."""
    with translation.override(user.language):
        return _calendar(str(user), _around(at).filter(duties__educator=user), at)


def file_of(occasions: OccasionQuerySet, *, takes_away: bool, at: dt.datetime) -> bytes:
    """For a mail: these occasions, to put into a calendar or to take out of it, under the UIDs of the feeds."""
    calendar = _empty()
    calendar.add("method", "CANCEL" if takes_away else "PUBLISH")
    for occasion in occasions.prefetch_related("room_uses__room").in_time_order():
        calendar.add_component(_event(occasion, at, is_off=takes_away))
    return calendar.to_ical()


def _around(at: dt.datetime) -> QuerySet[Occasion]:
    """Cancelled ones too: a calendar that has fetched an occasion must learn that it is off."""
    return (
        Occasion.objects.starting_between(at - BACK, at + AHEAD)
        .prefetch_related("room_uses__room")
        .in_time_order()
    )


def _calendar(name: str, occasions: QuerySet[Occasion], at: dt.datetime) -> bytes:
    calendar = _empty()
    calendar.add("x-wr-calname", f"Navet: {name}")
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for occasion in occasions:
        calendar.add_component(_event(occasion, at, is_off=occasion.status == Occasion.Status.CANCELLED))
    return calendar.to_ical()


def _empty() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Navet science center//Navet//SV")
    calendar.add("version", "2.0")
    return calendar


def _event(occasion: Occasion, at: dt.datetime, *, is_off: bool) -> Event:
    event = Event()
    host = settings.SITE_URL.partition("://")[2]
    event.add("uid", f"occasion-{occasion.pk}@{host}")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", occasion.starts_at.astimezone(dt.UTC))
    event.add("dtend", occasion.ends_at.astimezone(dt.UTC))
    event.add("sequence", occasion.version)
    event.add("summary", occasion.title)
    rooms = {use.room.pk: use.room.name for use in occasion.room_uses.all()}
    if rooms:
        event.add("location", ", ".join(sorted(rooms.values())))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event
