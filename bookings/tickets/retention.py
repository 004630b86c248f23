"""How long tickets remember who booked them."""

from django.utils.translation import gettext_lazy as _

from bookings.common import retention
from bookings.tickets.models import TicketBooking
from navet.retention import rules

retention.register(
    TicketBooking,
    key="tickets.bookings",
    holds=_("Who booked tickets: name, e-mail address and telephone"),
    remains=_("Which event, how many tickets of which kind, and what they cost"),
)
rules.exempt("tickets.Event", "what is written for the public about an event")
