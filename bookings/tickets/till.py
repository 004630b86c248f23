"""What ticket bookings leave to take in the reception: as booked, on the day they were sold there or came (settings.TILL_SOURCES)."""

import datetime as dt
from collections.abc import Iterator

from bookings.common.till import arrived, sold_at_the_desk
from bookings.tickets.models import TicketBooking
from visitors.tickets.booked import Taken


def taken(first: dt.date, last: dt.date) -> Iterator[Taken]:
    """A booking from the web is paid when its party is checked in; one sold at the desk at once, and back if cancelled."""
    desk, bookings = sold_at_the_desk(TicketBooking, first, last), TicketBooking.objects.whole()
    came = arrived(TicketBooking, first, last)
    for booking in bookings.filter(pk__in={*(pk for pk, _day, _sign in desk), *came}).order_by("pk"):
        moments = [(day, sign, "desk") for pk, day, sign in desk if pk == booking.pk]
        moments += [(came[booking.pk], 1, "online")] if booking.pk in came else []
        for day, sign, where in moments:
            for line in booking.lines.all():
                label = f"{booking.event.title}, {line.get_kind_display()}"
                yield Taken(
                    day, booking.code, where, label, line.each_ore, line.vat_permille, sign * line.count
                )
