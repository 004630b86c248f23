"""What the house says by mail to a class that booked. Built when it is sent: what is no longer true is not said."""

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.schools import letters
from bookings.schools.models import ContactChange, SchoolBooking
from bookings.schools.operations import waiting as queue
from navet.outbox.mail import Mail
from navet.pages import formats

Status = SchoolBooking.Status


def confirmed(*, booking_id: int) -> Mail | None:
    """The place is the class's: with calendar file and QR code."""
    booking = _booking(booking_id, Status.CONFIRMED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [
            _("Your class is welcome. Show the QR code, or say the booking code, in the reception."),
            letters.cancelling(booking),
        ]
        return letters.letter(
            booking, _("Booked: %(programme)s, %(day)s"), said, _("See or change the booking"), files=True
        )


def changed(*, booking_id: int) -> Mail | None:
    booking = _booking(booking_id, Status.CONFIRMED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [_("The booking has been changed. This is how it stands now."), letters.cancelling(booking)]
        return letters.letter(
            booking, _("Changed: %(programme)s, %(day)s"), said, _("See or change the booking"), files=True
        )


def cancelled(*, booking_id: int) -> Mail | None:
    booking = _booking(booking_id, Status.CANCELLED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [_("The booking is cancelled, and nobody is expected.")]
        if booking.owed_ore:
            owed = formats.money(booking.owed_ore)
            said.append(
                _("It was cancelled late, so %(owed)s will be invoiced, as the terms say.") % {"owed": owed}
            )
        elif booking.confirmed_at:
            said.append(_("It costs nothing."))
        return letters.letter(
            booking,
            _("Cancelled: %(programme)s, %(day)s"),
            said,
            _("Find another session"),
            to_search=True,
            calendar=bool(booking.confirmed_at),
        )


def waiting(*, booking_id: int) -> Mail | None:
    """The class stands in the queue, and how it is dealt with."""
    booking = _booking(booking_id, Status.WAITING)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [
            _("The class is on the waiting list, at number %(n)s.") % {"n": queue.position(booking)},
            _(
                "A place that becomes free is offered to the first in the queue that it is large enough for. You get a mail and some time to answer."
            ),
        ]
        return letters.letter(
            booking, _("On the waiting list: %(programme)s, %(day)s"), said, _("See the place in the queue")
        )


def offered(*, booking_id: int) -> Mail | None:
    """A place is held for the class until a time; nothing once that is over."""
    booking = _booking(booking_id, Status.OFFERED)
    if booking is None or booking.holds_until is None or not booking.is_held(timezone.now()):
        return None
    with translation.override(booking.mail_language):
        until = f"{formats.local_date(booking.holds_until, 'long')} {formats.local_time(booking.holds_until)}"
        said = [
            _("There is room for your class now. We hold the places until %(until)s.") % {"until": until},
            _("Answer before then, or the places are offered to the next in the queue."),
            letters.cancelling(booking),
        ]
        return letters.letter(
            booking, _("A place for your class: %(programme)s, %(day)s"), said, _("Accept or decline")
        )


def offer_lapsed(*, booking_id: int) -> Mail | None:
    booking = _booking(booking_id, Status.LAPSED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [
            _(
                "The time to answer is over, and the places were offered to the next in the queue. Nothing is booked."
            )
        ]
        return letters.letter(
            booking,
            _("The offer has lapsed: %(programme)s, %(day)s"),
            said,
            _("Find another session"),
            to_search=True,
        )


def passed_over(*, booking_id: int) -> Mail | None:
    """Somebody behind the class was offered a place that was too small for it."""
    booking = _booking(booking_id, Status.WAITING)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [
            _(
                "Some places became free, but too few for your %(pupils)s pupils, so they were offered to a smaller group behind you."
            )
            % {"pupils": booking.pupils},
            _(
                "You keep your place in the queue. If fewer pupils come, change the number on the booking page."
            ),
        ]
        return letters.letter(
            booking,
            _("Still on the waiting list: %(programme)s, %(day)s"),
            said,
            _("See the place in the queue"),
        )


def reminder(*, booking_id: int, starts_at: str) -> Mail | None:
    booking = _coming(booking_id, starts_at)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [
            _("Soon your class comes to Navet. These are the facts we go by; change what is not right."),
            *letters.preparation(booking),
        ]
        return letters.letter(
            booking, _("Soon: %(programme)s, %(day)s"), said, _("See or change the booking"), files=True
        )


def final_count(*, booking_id: int, starts_at: str) -> Mail | None:
    """Asks how many come; nothing when it has been said already."""
    booking = _coming(booking_id, starts_at)
    if booking is None or booking.final_count_at:
        return None
    with translation.override(booking.mail_language):
        said = [
            _("How many come? Confirm or change the numbers, so that we prepare for the right number."),
            *letters.preparation(booking),
        ]
        return letters.letter(
            booking, _("How many come? %(programme)s, %(day)s"), said, _("Give the final count")
        )


def session_moved(*, booking_id: int, was: str) -> Mail | None:
    booking = _booking(booking_id, Status.CONFIRMED, Status.WAITING, Status.OFFERED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        then = dt.datetime.fromisoformat(was)
        before = f"{formats.local_date(then, 'long')} {formats.local_time(then)}"
        said = [
            _(
                "We have had to move the session, or change its room. It was to begin %(before)s; below is how it stands now."
            )
            % {"before": before}
        ]
        if booking.status == Status.CONFIRMED:
            said.append(
                _(
                    "Does it not suit you? Change to another session or cancel on the booking page. It costs nothing."
                )
            )
        return letters.letter(
            booking,
            _("Moved: %(programme)s, %(day)s"),
            said,
            _("Keep, change or cancel"),
            files=booking.status == Status.CONFIRMED,
        )


def session_cancelled(*, booking_id: int) -> Mail | None:
    booking = _booking(booking_id, Status.CANCELLED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [_("We are sorry: Navet has had to cancel the session. You pay nothing.")]
        if booking.cancel_reason:
            said.append(_("The reason: %(reason)s") % {"reason": booking.cancel_reason})
        said += letters.others(booking, at=timezone.now())
        return letters.letter(
            booking,
            _("Cancelled by Navet: %(programme)s, %(day)s"),
            said,
            _("Choose another session"),
            calendar=bool(booking.confirmed_at),
        )


def contact_changed(*, change_id: int, language: str) -> Mail | None:
    """To the address before: the booking has another contact. Nothing that opens the booking; nothing once the address is forgotten."""
    kept = ContactChange.objects.exclude(was_email="").filter(pk=change_id).first()
    if kept is None:
        return None
    booking = SchoolBooking.objects.whole().get(pk=kept.booking_id)
    with translation.override(language):
        return letters.farewell(booking, to=kept.was_email)


def _booking(booking_id: int, *states: str) -> SchoolBooking | None:
    return SchoolBooking.objects.whole().filter(pk=booking_id, status__in=states).first()


def _coming(booking_id: int, starts_at: str) -> SchoolBooking | None:
    """The booking, if it is still confirmed for that time and has not begun."""
    booking = _booking(booking_id, Status.CONFIRMED)
    if booking is None or booking.session.occasion.starts_at != dt.datetime.fromisoformat(starts_at):
        return None
    return booking if booking.session.occasion.starts_at > timezone.now() else None
