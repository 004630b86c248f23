"""What is said by mail to whoever booked tickets; the words are bookings/common/mails.py's."""

from django.utils.translation import gettext_lazy as _

from bookings.common import mails
from bookings.tickets.line import LINE
from navet.outbox.mail import Mail

ON_ARRIVAL = _("You pay in the reception before it begins. One code is enough for all your tickets.")


def confirmed(*, booking_id: int) -> Mail | None:
    return mails.confirmed(LINE, booking_id, ON_ARRIVAL)


def changed(*, booking_id: int) -> Mail | None:
    return mails.changed(LINE, booking_id)


def reminder(*, booking_id: int, starts_at: str) -> Mail | None:
    return mails.reminder(LINE, booking_id, starts_at, ON_ARRIVAL)


def cancelled(*, booking_id: int) -> Mail | None:
    return mails.cancelled(LINE, booking_id)


def called_off(*, booking_id: int) -> Mail | None:
    return mails.called_off(LINE, booking_id)
