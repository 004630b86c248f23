"""What groups leave to take in the reception: as booked, on the day they came (settings.TILL_SOURCES)."""

import datetime as dt
from collections.abc import Iterator

from bookings.common.till import arrived
from bookings.groups.models import GroupBooking
from visitors.tickets.booked import Taken


def taken(first: dt.date, last: dt.date) -> Iterator[Taken]:
    """A group pays one sum, when it is checked in."""
    came = arrived(GroupBooking, first, last)
    for booking in GroupBooking.objects.whole().filter(pk__in=came).order_by("pk"):
        day, title = came[booking.pk], booking.package.title
        yield Taken(day, booking.code, "online", title, booking.price_ore, booking.vat_permille, 1)
