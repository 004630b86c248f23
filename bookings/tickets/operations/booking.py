"""Request, confirm and cancel tickets. Lock order: docs/booking.md."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from bookings.common import holding, reminders
from bookings.common.models import Status
from bookings.common.refusals import HOLD_LAPSED, HoldLapsed
from bookings.tickets import pricing
from bookings.tickets.models import TicketBooking, TicketLine
from bookings.tickets.operations import parties, places, refusals
from navet import codes
from navet.accounts.actor import Actor
from navet.house import operations as house
from navet.transactions import operation


@operation
def request(
    slot_id: int,
    *,
    tickets: Mapping[str, int],
    contact_name: str,
    contact_email: str,
    contact_phone: str = "",
    mail_language: str = "sv",
    verified_email: str | None = None,
    code: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> TicketBooking:
    """Hold places for half an hour while the mailed code is entered, or confirm at once for a proved address and staff.

    `tickets` is kind -> how many; `code` one that the caller drew: asked again, it is the same booking. Raises what
    refusals.py lists.
    """
    slot = places.lock_slot(slot_id)
    if earlier := parties.made_before(code):
        return earlier
    by_staff = by is not None and by.has_capability(TicketBooking.SEEN_BY)
    parties.require_open(slot, by_staff=by_staff, at=at)
    wanted = parties.lines(slot.event, tickets)
    booking = TicketBooking(
        code=code or codes.new_code(),
        occasion=slot.occasion,
        places=sum(line.count for line in wanted),
        contact_name=" ".join(contact_name.split()),
        contact_email=contact_email.lower(),
        contact_phone=contact_phone,
        mail_language=mail_language,
        booked_by=by.user if by and by_staff else None,
        created_at=at,
    )
    places.require_room_for(booking.places, slot.occasion, at)
    holding.begin(booking, is_proved=by_staff or holding.is_proved(booking, verified_email), at=at)
    parties.save(booking, wanted)
    if booking.status == Status.CONFIRMED:
        _welcome(booking, at=at)
    else:
        holding.ask_for_code(booking, at=at)
    return booking


def confirm(code: str, *, pin: str, at: dt.datetime) -> TicketBooking:
    """The mailed code was entered: the places are hers. A hold that lapsed is confirmed while there is room.

    Raises WrongCode, CodeExpired, TooManyTries, HoldLapsed. Confirming again changes nothing.
    """
    holding.check_pin(TicketBooking, code, pin, at=at)
    return prove(code, at=at)


@transaction.atomic
def prove(code: str, *, at: dt.datetime) -> TicketBooking:
    """The contact's address is proved. For a booking that is past that point, nothing happens."""
    booking = holding.lock(TicketBooking, code, by=None, at=at)
    if booking.status in (Status.CONFIRMED, Status.CANCELLED):
        return booking
    holding.require_before_start(booking.occasion, at)
    if not booking.is_held(at):
        _require_still_room(booking, at)
    holding.settle(booking, at=at)
    holding.write(booking)
    _welcome(booking, at=at)
    return booking


@transaction.atomic
def cancel(
    code: str, *, reason: str = "", version: int | None = None, by: Actor | None, at: dt.datetime
) -> TicketBooking:
    """Leave the places to others, free of charge, before it begins. Cancelling again changes nothing."""
    booking = holding.lock(TicketBooking, code, version=version, by=by, at=at)
    if booking.status == Status.CANCELLED:
        return booking
    holding.require_before_start(booking.occasion, at)
    holding.leave(booking, reason=reason, at=at)
    holding.tell(booking, "cancelled", at=at)
    return booking


@transaction.atomic
def change(
    code: str, *, tickets: Mapping[str, int], version: int | None = None, by: Actor | None, at: dt.datetime
) -> TicketBooking:
    """Other tickets than were booked: more while places last, fewer always. The same again changes nothing.

    A kind that was booked keeps its price. Raises SlotFull, TooManyTickets, what pricing refuses and AlreadyCheckedIn.
    """
    booking = holding.lock(TicketBooking, code, version=version, by=by, at=at)
    holding.require_changeable(booking, at)
    if {kind: many for kind, many in tickets.items() if many} == {
        line.kind: line.count for line in booking.lines.all()
    }:
        return booking
    parties.save_again(booking, _changed(booking, tickets, at))
    parties.expect(booking, at=at)
    holding.tell(booking, "changed", at=at)
    return booking


def price_after(booking: TicketBooking, *, tickets: Mapping[str, int], at: dt.datetime) -> int:
    """What it would cost with these tickets, in öre. Raises what `change` refuses them for."""
    return pricing.total(_changed(booking, tickets, at))


def _changed(booking: TicketBooking, tickets: Mapping[str, int], at: dt.datetime) -> list[TicketLine]:
    """The lines it would have: more than now only while places last. Raises SlotFull, TooManyTickets and what pricing refuses."""
    wanted = parties.changed_lines(booking, tickets)
    places_wanted = sum(line.count for line in wanted)
    if places_wanted > booking.places:
        parties.require_few(booking.event, places_wanted)
        places.require_room_for(places_wanted, booking.occasion, at, besides=booking)
    return wanted


def tidy(*, at: dt.datetime, limit: int = 500) -> int:
    """Write down which holds have lapsed; how many. Their places were free already, because counts read the clock."""
    stale = TicketBooking.objects.lapsed(at).order_by("occasion", "pk")
    occasions = sorted(set(stale.values_list("occasion", flat=True)[:limit]))
    return sum(_tidy_occasion(occasion_id, at) for occasion_id in occasions)


@transaction.atomic
def _tidy_occasion(occasion_id: int, at: dt.datetime) -> int:
    house.lock(occasion_id)
    over = TicketBooking.objects.lapsed(at).filter(occasion=occasion_id).order_by("pk")
    stale = list(over.select_for_update(no_key=True))
    for booking in stale:
        holding.lapse(booking)
    return len(stale)


def _welcome(booking: TicketBooking, *, at: dt.datetime) -> None:
    """It is confirmed: the desk expects them, and the contact gets the tickets."""
    parties.expect(booking, at=at)
    holding.tell(booking, "confirmed", at=at)
    reminders.promise_for(booking, at=at)


def _require_still_room(booking: TicketBooking, at: dt.datetime) -> None:
    """The hold is over; the places may be there still. Raises HoldLapsed."""
    try:
        places.require_room_for(booking.places, booking.occasion, at, besides=booking)
    except refusals.SlotFull as full:
        raise HoldLapsed(HOLD_LAPSED % {"reason": full}, **full.extra) from full
