"""What the house says by mail to a class that booked. Built when it is sent: what is no longer true is not said."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.schools import links, terms
from bookings.schools.calendar_file import PLACE, calendar_file, qr_png
from bookings.schools.models import Need, SchoolBooking
from bookings.schools.operations import waiting as queue
from navet import codes, periods
from navet.outbox.mail import Attachment, Mail, render
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
            _terms(booking),
        ]
        return _mail(
            booking, _("Booked: %(programme)s, %(day)s"), said, _("See or change the booking"), files=True
        )


def changed(*, booking_id: int) -> Mail | None:
    booking = _booking(booking_id, Status.CONFIRMED)
    if booking is None:
        return None
    with translation.override(booking.mail_language):
        said = [_("The booking has been changed. This is how it stands now."), _terms(booking)]
        return _mail(
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
        return _mail(
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
        return _mail(
            booking, _("On the waiting list: %(programme)s, %(day)s"), said, _("See the place in the queue")
        )


def offered(*, booking_id: int) -> Mail | None:
    """A place is held for the class until a time; nothing once that is over."""
    booking = _booking(booking_id, Status.OFFERED)
    if booking is None or booking.holds_until <= timezone.now():
        return None
    with translation.override(booking.mail_language):
        until = f"{formats.local_date(booking.holds_until, 'long')} {formats.local_time(booking.holds_until)}"
        said = [
            _("There is room for your class now. We hold the places until %(until)s.") % {"until": until},
            _("Answer before then, or the places are offered to the next in the queue."),
            _terms(booking),
        ]
        return _mail(
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
        return _mail(
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
        return _mail(
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
            *_preparation(booking),
        ]
        return _mail(
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
            *_preparation(booking),
        ]
        return _mail(booking, _("How many come? %(programme)s, %(day)s"), said, _("Give the final count"))


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
        return _mail(
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
        said.append(_("Other sessions of the same programme, and others for your grade, are here:"))
        return _mail(
            booking,
            _("Cancelled by Navet: %(programme)s, %(day)s"),
            said,
            _("Find another session"),
            to_search=True,
            calendar=bool(booking.confirmed_at),
        )


def _booking(booking_id: int, *states: str) -> SchoolBooking | None:
    return SchoolBooking.objects.whole().filter(pk=booking_id, status__in=states).first()


def _coming(booking_id: int, starts_at: str) -> SchoolBooking | None:
    """The booking, if it is still confirmed for that time and has not begun."""
    booking = _booking(booking_id, Status.CONFIRMED)
    if booking is None or booking.session.occasion.starts_at != dt.datetime.fromisoformat(starts_at):
        return None
    return booking if booking.session.occasion.starts_at > timezone.now() else None


def _terms(booking: SchoolBooking) -> str:
    conditions = terms.before_booking(
        booking.session.programme,
        booking.session.occasion.starts_at,
        pupils=booking.pupils,
        at=timezone.now(),
    )
    return _(
        "Cancelling is free until and including %(day)s; after that it costs %(price)s, also inside an agreement."
    ) % {
        "day": formats.local_date(conditions.last_free_date, "long"),
        "price": formats.money(conditions.late_ore),
    }


def _preparation(booking: SchoolBooking) -> list[str]:
    text = booking.session.programme.text_in_language("prepare")
    return [text] if text else []


def _mail(
    booking: SchoolBooking,
    subject: str,
    said: list[str],
    button: str,
    *,
    to_search: bool = False,
    files: bool = False,
    calendar: bool = False,
) -> Mail:
    """The mail in the active language; `files` attaches calendar and QR code, `calendar` the calendar file alone."""
    day = formats.local_date(booking.session.occasion.starts_at, "day")
    context = {
        "headline": subject % {"programme": booking.session.programme, "day": day},
        "said": said,
        "facts": _facts(booking),
        "label": button,
        "url": _search_url(booking) if to_search else links.mail_url(booking),
    }
    attachments: tuple[Attachment, ...] = ()
    if files or calendar:
        attachments += (_calendar(booking),)
    if files:
        attachments += (Attachment(f"navet-{booking.code}.png", "image/png", qr_png(booking.code)),)
    return render(
        "school_booking",
        to=[booking.contact_email],
        language=booking.mail_language,
        context=context,
        attachments=attachments,
    )


def _calendar(booking: SchoolBooking) -> Attachment:
    method = "PUBLISH" if booking.status == Status.CONFIRMED else "CANCEL"
    content = calendar_file(booking, url=links.booking_url(booking), at=timezone.now())
    return Attachment(f"navet-{booking.code}.ics", f"text/calendar; method={method}", content)


def _facts(booking: SchoolBooking) -> list[tuple[str, str]]:
    """What was agreed; an empty fact is left out."""
    occasion = booking.session.occasion
    times = f"{formats.local_time(occasion.starts_at)}–{formats.local_time(occasion.ends_at)}"
    lunch = formats.local_time(booking.lunch.starts_at) if booking.lunch else _("No lunch booked")
    needs = ", ".join(f"{Need(code).label}: {many}" for code, many in booking.needs.items())
    return [
        (_("Booking code"), codes.pretty(booking.code)),
        (_("Programme"), str(booking.session.programme)),
        (_("When"), f"{formats.local_date(occasion.starts_at, 'long')} {times}"),
        (_("Class"), f"{booking.class_name}, {booking.school}"),
        (_("Pupils"), str(booking.pupils)),
        (_("Adults"), str(booking.adults)),
        (_("Access needs"), needs),
        (_("Lunch"), lunch),
        (_("Bus arrives"), formats.local_time(booking.bus_at) if booking.bus_at else ""),
        (
            _("Price"),
            formats.money(booking.price_ore) if booking.price_ore else _("Free, inside your agreement"),
        ),
        (_("Place"), PLACE),
    ]


def _search_url(booking: SchoolBooking) -> str:
    day = periods.local_day(timezone.now()).isoformat()
    return f"{settings.SITE_URL}{reverse('schools:programmes')}?arskurs={booking.grade}&fran={day}"
