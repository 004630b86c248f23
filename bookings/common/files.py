"""A booking as a calendar file and as a QR code."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import segno
from icalendar import Calendar, Event, vText

from navet.house.models import Occasion
from navet.pages import contact
from navet.periods import HOUSE_ZONE


def calendar_file(
    *,
    code: str,
    version: int,
    occasions: Iterable[Occasion],
    summary: str,
    is_cancelled: bool,
    said: str,
    url: str,
    at: dt.datetime,
) -> bytes:
    """An event for each occasion, the first under the booking's own UID; a higher SEQUENCE replaces it, a cancelled one takes it away.

    `said` is the description.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Navet science center//Bookings//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    for number, occasion in enumerate(occasions):
        event = _event(f"{code}-{number}" if number else code, occasion, at)
        event.add("sequence", version)
        event.add("summary", summary)
        event.add("description", said)
        event.add("url", url)
        event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(uid: str, occasion: Occasion, at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@navet")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", occasion.starts_at.astimezone(HOUSE_ZONE))
    event.add("dtend", occasion.ends_at.astimezone(HOUSE_ZONE))
    event.add("location", vText(contact.house().place))
    return event


def qr_svg(code: str) -> bytes:
    """What the desk scans: the code and nothing else."""
    return _qr(code, kind="svg", xmldecl=True, omitsize=True, svgclass=None, lineclass=None)


def qr_png(code: str) -> bytes:
    return _qr(code, kind="png")


def _qr(code: str, **how: Any) -> bytes:
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        out, scale=8, border=4, dark="#000000", light="#ffffff", **how
    )
    return out.getvalue()
