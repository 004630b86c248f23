"""Tickets as the shared pages, mails and API views know them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.common.lines import Facts, Line
from bookings.tickets.models import TicketBooking
from bookings.tickets.operations import booking as operations
from navet import codes
from navet.pages import contact, formats


def facts(booking: TicketBooking, *, named: bool = True) -> Facts:
    """What was agreed; an empty fact is left out. Reads the booking whole."""
    occasion = booking.occasion
    times = f"{formats.local_time(occasion.starts_at)}–{formats.local_time(occasion.ends_at)}"
    tickets = [
        f"{line.count} × {line.get_kind_display()}, {formats.money(line.each_ore)}"
        for line in booking.lines.all()
    ]
    reached = [booking.contact_name, booking.contact_email]
    return [
        (_("Booking code"), codes.pretty(booking.code)),
        (_("Event"), booking.event.title),
        (_("When"), f"{formats.local_date(occasion.starts_at, 'long')} {times}"),
        (_("Tickets"), "\n".join(tickets)),
        (_("Sum"), _("%(sum)s, paid in the reception") % {"sum": formats.money(booking.price_ore)})
        if booking.price_ore
        else (_("Sum"), _("Free of charge")),
        (_("Contact"), "\n".join(filter(None, reached if named else []))),
        (_("Place"), contact.house().place),
    ]


LINE = Line(
    model=TicketBooking,
    namespace="tickets",
    home="tickets:events",
    home_label=gettext_lazy("Tickets"),
    title=lambda booking: booking.event.title,
    facts=facts,
    confirm=operations.confirm,
    cancel=operations.cancel,
    changes="tickets:change",
)
