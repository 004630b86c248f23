"""The year wheel in other people's calendars: whole days under UIDs that stay; what was called off says so."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bookings.wheel import sources, told
from bookings.wheel.items import Item
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User

BACK = dt.timedelta(days=60)
AHEAD = dt.timedelta(days=400)


def of(user: User, at: dt.datetime) -> bytes:
    """What the user may see, from two months back to a year ahead, in her language."""
    today = periods.local_day(at)
    with translation.override(user.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Navet science center//Navet//SV")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", f"Navet: {_('Year wheel')}")
        calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
        found = sources.items(today - BACK, today + AHEAD, who=Actor(user=user), off=True)
        for item in told.versioned(found, at=at):
            calendar.add_component(_event(item, at))
        return calendar.to_ical()


def _event(item: Item, at: dt.datetime) -> Event:
    event = Event()
    host = settings.SITE_URL.partition("://")[2]
    event.add("uid", f"wheel-{item.key}@{host}")
    changed_at = (item.changed_at or at).astimezone(dt.UTC)
    event.add(
        "dtstamp", changed_at
    )  # of a published calendar: when what it says was last revised (RFC 5545 3.8.7.2)
    event.add("last-modified", changed_at)
    event.add("dtstart", item.first)
    event.add("dtend", item.last + dt.timedelta(days=1))
    event.add("sequence", item.version or 0)
    event.add("summary", item.title)
    if item.note:
        event.add("description", item.note)
    event.add("categories", [str(item.kind.label)])
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add("status", "CANCELLED" if item.is_off else "CONFIRMED")
    return event
