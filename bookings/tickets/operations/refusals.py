"""Why tickets are refused; written to whoever wants them."""

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused


class NoSuchSlot(Refused):
    code = "no_such_slot"
    field = "slot"
    status = 400
    message = _("There is no such time.")


class NotOnSale(Refused):
    code = "not_on_sale"
    field = "slot"
    message = _("Tickets for this time cannot be booked at present.")


class SlotFull(Refused):
    """`extra`: `free_places`."""

    code = "slot_full"
    field = "tickets"


class NoTickets(Refused):
    code = "no_tickets"
    field = "tickets"
    status = 400
    message = _("Choose at least one ticket.")


class NoSuchTicket(Refused):
    code = "no_such_ticket"
    field = "tickets"
    message = _("That kind of ticket is not sold for this event.")


class TooManyTickets(Refused):
    """`extra`: `at_most`."""

    code = "too_many_tickets"
    field = "tickets"


class OnlyCompanions(Refused):
    code = "only_companions"
    field = "tickets"
    message = _("A companion comes along with somebody. Choose a ticket for her or him too.")


class NotToday(Refused):
    code = "slot_not_today"
    field = "slot"
    message = _("Only those who come to something today can be checked in now.")


class FewerThanBooked(Refused):
    """`extra`: `taken`."""

    code = "fewer_than_booked"
    field = "capacity"


class NoRoomForEvent(Refused):
    code = "no_room_for_event"
    field = "rooms"
    message = _("Choose among the rooms that the event can use.")


class SlotInThePast(Refused):
    code = "slot_in_the_past"
    field = "starts_at"
    message = _("The time has passed.")


NO_PLACES = _("It is sold out.")
TAKEN = _("%(taken)s places are taken already.")
