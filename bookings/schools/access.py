"""Who may see a class's booking whole; what holds for every line of bookings is in bookings/common/access.py."""

import datetime as dt

from django.http import HttpRequest

from bookings.common import access
from bookings.common.access import KEY, actor, by_mail_link, enter, may_book, may_guess
from bookings.schools.models import SchoolBooking
from bookings.schools.operations.parties import BOOK_FOR
from navet.accounts import actor as actors
from navet.accounts.actor import Actor

ASKED = "bookings_asked_for"
MOST_ASKED = 10

__all__ = [
    "KEY",
    "actor",
    "asked_here",
    "by_mail_link",
    "enter",
    "may_book",
    "may_guess",
    "owner",
    "remember_asked",
]


def owner(request: HttpRequest, booking: SchoolBooking, *, at: dt.datetime) -> Actor | None:
    """As whom the visitor may see this booking; None for whoever only knows its code. Who may change it: `parties.may_act`."""
    by = actors.of(request)
    acts = access.owner(request, booking, seen_by=BOOK_FOR, at=at)
    return acts or (by if by.has_capability("schools.view_bookings") else None)


def remember_asked(request: HttpRequest, booking: SchoolBooking) -> None:
    """This browser asked for the places of a booking that no code has confirmed: it may correct the address it wrote."""
    request.session[ASKED] = [*request.session.get(ASKED, []), booking.code][-MOST_ASKED:]


def asked_here(request: HttpRequest, booking: SchoolBooking) -> bool:
    """Whether it was this browser that asked, and the code is still waited for."""
    is_open = booking.status in (SchoolBooking.Status.HELD, SchoolBooking.Status.REQUESTED)
    return is_open and booking.code in request.session.get(ASKED, [])
