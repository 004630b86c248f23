"""What is said by mail to a group that booked; the words are bookings/common/mails.py's."""

from django.utils.translation import gettext_lazy as _

from bookings.common import mails
from bookings.groups.line import LINE
from navet.outbox.mail import Mail

ON_ARRIVAL = _("You pay in the reception. If more or fewer come than you booked, tell us there.")


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
