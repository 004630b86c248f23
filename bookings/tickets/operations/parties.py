"""What requests and sales share: the lines of a booking, and the arrival the desk expects. The caller has the lock."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import ngettext

from bookings.common import holding
from bookings.tickets import pricing
from bookings.tickets.models import Event, Slot, TicketBooking, TicketKind, TicketLine, TicketPrice
from bookings.tickets.operations import refusals
from navet.house.models import Occasion
from visitors import operations as visitors
from visitors.models import Category


def made_before(code: str) -> TicketBooking | None:
    """The booking of a code the caller drew, when the same form was sent before. The caller has its slot's lock."""
    return TicketBooking.objects.whole().filter(code=code).first() if code else None


def require_open(slot: Slot, *, by_staff: bool, at: dt.datetime) -> None:
    """Refuse what is called off, has begun, or is not on sale (staff may sell it all the same)."""
    holding.require_before_start(slot.occasion, at)
    if not by_staff and (slot.sale_from > at or not slot.event.is_published):
        raise refusals.NotOnSale


def lines(event: Event, tickets: Mapping[str, int]) -> list[TicketLine]:
    """Unsaved lines at today's prices, at most as many tickets as the event sells at once. Raises TooManyTickets too."""
    wanted = pricing.lines(event.prices.all(), tickets)
    require_few(event, sum(line.count for line in wanted))
    return wanted


def changed_lines(booking: TicketBooking, tickets: Mapping[str, int]) -> list[TicketLine]:
    """The same for a booking that changes: kinds it has keep their price and VAT, others are at today's."""
    listed = {price.kind: price for price in booking.event.prices.all()}
    for line in booking.lines.all():
        listed[line.kind] = TicketPrice(
            kind=line.kind, price_ore=line.each_ore, vat_permille=line.vat_permille
        )
    return pricing.lines(listed.values(), tickets)


def require_few(event: Event, tickets: int) -> None:
    """Refuse more than the event sells at once. Raises TooManyTickets."""
    if tickets > event.most_tickets:
        text = ngettext(
            "At most %(most)s ticket in one booking.",
            "At most %(most)s tickets in one booking.",
            event.most_tickets,
        )
        raise refusals.TooManyTickets(text % {"most": event.most_tickets}, at_most=event.most_tickets)


def save(booking: TicketBooking, wanted: Iterable[TicketLine]) -> None:
    """A new booking with its lines; its price is their sum."""
    wanted = list(wanted)
    booking.price_ore = pricing.total(wanted)
    booking.save(force_insert=True)
    for line in wanted:
        line.booking = booking
    TicketLine.objects.bulk_create(wanted)


def save_again(booking: TicketBooking, wanted: Iterable[TicketLine]) -> None:
    """A changed booking with these lines and no others."""
    wanted = list(wanted)
    booking.places = sum(line.count for line in wanted)
    booking.price_ore = pricing.total(wanted)
    holding.write(booking)
    booking.lines.all().delete()
    for line in wanted:
        line.booking = booking
    TicketLine.objects.bulk_create(wanted)


def expect(booking: TicketBooking, *, at: dt.datetime) -> None:
    """Tell the desk who is coming: children as participants, adults and companions as adults."""
    counts = dict(TicketLine.objects.filter(booking=booking).values_list("kind", "count"))
    children = counts.get(TicketKind.CHILD, 0)
    occasion = booking.occasion
    visitors.announce(
        code=booking.code,
        kind=Occasion.Kind.PUBLIC,
        occasion=occasion,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        label=f"{occasion.title_sv}, {booking.contact_name or booking.code}",
        municipality=None,
        participant_category=Category.CHILD,
        adult_category=Category.ADULT,
        booked_participants=children,
        expected_participants=children,
        expected_adults=booking.places - children,
        contact_name=booking.contact_name,
        contact_phone=booking.contact_phone,
        at=at,
    )
