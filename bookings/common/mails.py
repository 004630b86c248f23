"""What is said to whoever booked, whatever the line. Built when it is sent: what is no longer true is not said."""

import datetime as dt
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.common.letters import letter
from bookings.common.lines import Line
from bookings.common.models import HeldBooking, Status, whole
from navet.outbox.mail import Mail


def confirmed(line: Line, booking_id: int, *said: Any) -> Mail | None:
    """It is booked: with calendar file and QR code; `said` is what the line adds, translated lazily."""
    booking = _found(line, booking_id, Status.CONFIRMED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        text = [_("Welcome. Show the QR code, or say the booking code, in the reception."), *map(str, said)]
        return letter(line, booking, _("Booked: %(what)s, %(day)s"), text, files=True, calendar=True)


def changed(line: Line, booking_id: int) -> Mail | None:
    """Another number comes: the facts anew, and the calendar's entry."""
    booking = _found(line, booking_id, Status.CONFIRMED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        text = [_("The booking is changed. This is what holds now.")]
        return letter(line, booking, _("Changed: %(what)s, %(day)s"), text, files=False, calendar=True)


def reminder(line: Line, booking_id: int, starts_at: str, *said: Any) -> Mail | None:
    """Soon; nothing where it has begun, or begins at another time than the promise was for."""
    booking = _found(line, booking_id, Status.CONFIRMED)
    if booking is None or booking.occasion.starts_at != dt.datetime.fromisoformat(starts_at):
        return None
    if booking.has_begun(timezone.now()):
        return None
    with translation.override(booking.mail_language):
        text = [
            _("You are welcome soon. If another number comes, change it on the booking page."),
            *map(str, said),
        ]
        return letter(line, booking, _("Soon: %(what)s, %(day)s"), text, files=True, calendar=True)


def cancelled(line: Line, booking_id: int) -> Mail | None:
    booking = _found(line, booking_id, Status.CANCELLED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        text = [_("The booking is cancelled, and nobody is expected.")]
        if booking.confirmed_at:
            text.append(_("It costs nothing."))
        return letter(
            line,
            booking,
            _("Cancelled: %(what)s, %(day)s"),
            text,
            files=False,
            calendar=booking.confirmed_at is not None,
        )


def called_off(line: Line, booking_id: int) -> Mail | None:
    """Navet could not keep it."""
    booking = _found(line, booking_id, Status.CANCELLED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        text = [_("We are sorry: Navet has had to call it off. You pay nothing.")]
        if booking.cancel_reason:
            text.append(_("The reason: %(reason)s") % {"reason": booking.cancel_reason})
        return letter(
            line, booking, _("Called off by Navet: %(what)s, %(day)s"), text, files=False, calendar=True
        )


def _found(line: Line, booking_id: int, status: str) -> HeldBooking | None:
    """The booking, if it still stands so and somebody left an address."""
    bookings = whole(line.model)
    return bookings.filter(pk=booking_id, status=status).exclude(contact_email="").first()
