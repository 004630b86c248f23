"""What the shared pages, mails and API views must know of one line of bookings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking
from navet.house.models import Occasion

Facts = list[tuple[str, str]]
CHANGE_TITLE = _("Change the number")
CHANGE_NOTE = _("You can change it until it begins. You pay in the reception for those you book.")


@dataclass(frozen=True)
class ByCode:
    """What the code from the mail is entered for, as its page says it."""

    title: Any
    button: Any
    about: Any


BOOKS = ByCode(_("Enter the code to book"), _("Confirm the booking"), _("What you book"))
WAITS = ByCode(
    _("Enter the code to wait for a place"), _("Confirm the place in the queue"), _("What you wait for")
)


@dataclass(frozen=True)
class Line:
    """`title` and `facts` say what was booked, in the active language; `confirm` and `cancel` are its operations.

    `facts(booking, named=False)` leaves out who they are who booked and come: for whoever has the address of a page and no more.
    """

    model: type[HeldBooking]
    namespace: str  # of its addresses: <namespace>:booking, confirm, send_again, cancel, calendar, qr
    home: str  # the name of the page where one finds something to book
    home_label: Any
    title: Callable[[Any], str]
    facts: Callable[..., Facts]
    confirm: Callable[..., Any]
    cancel: Callable[..., Any]
    # When it happens, where that is more than its one occasion.
    occasions: Callable[[Any], list[Occasion]] = lambda booking: [booking.occasion]
    ends: str = "occasion__period__endswith"  # when it is over, as a lookup
    changes: str = ""  # the name of the page where its numbers are changed, if they are
    change_title: Any = CHANGE_TITLE
    change_note: Any = CHANGE_NOTE
    by_code: Callable[[Any], ByCode] = lambda booking: BOOKS
    says_booked: bool = True  # whether entering the code books it; else its own page says what came of it
