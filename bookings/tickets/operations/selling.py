"""Tickets sold at the desk to whoever stands there: the same places, the same lock, no code to enter."""

import datetime as dt
from collections.abc import Mapping

from bookings.common.models import Status
from bookings.common.refusals import Cancelled
from bookings.tickets.models import TicketBooking, TicketKind
from bookings.tickets.operations import parties, places, refusals
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.house.models import Occasion
from navet.transactions import operation
from visitors import operations as visitors


@operation
def sell(
    slot_id: int,
    *,
    tickets: Mapping[str, int],
    check_in: bool,
    code: str = "",
    by: Actor,
    at: dt.datetime,
) -> TicketBooking:
    """Sell places of a slot that has not ended, and with `check_in` receive the party at once; once for each `code`.

    Raises SlotFull, NotOnSale, NotToday (checking in another day's), and what pricing refuses.
    """
    slot = places.lock_slot(slot_id)
    if earlier := parties.made_before(code):
        return earlier
    if slot.occasion.status != Occasion.Status.PLANNED:
        raise Cancelled
    if slot.occasion.ends_at <= at:
        raise refusals.NotOnSale
    if check_in and periods.local_day(slot.occasion.starts_at) != periods.local_day(at):
        raise refusals.NotToday
    wanted = parties.lines(slot.event, tickets)
    booking = TicketBooking(
        code=code or codes.new_code(),
        occasion=slot.occasion,
        places=sum(line.count for line in wanted),
        status=Status.CONFIRMED,
        confirmed_at=at,
        at_desk=True,
        booked_by=by.user,
        booked_device=by.device,
        created_at=at,
    )
    places.require_room_for(booking.places, slot.occasion, at)
    parties.save(booking, wanted)
    parties.expect(booking, at=at)
    if check_in:
        children = next((line.count for line in wanted if line.kind == TicketKind.CHILD), 0)
        visitors.check_in(booking.code, participants=children, adults=booking.places - children, by=by, at=at)
    return booking
