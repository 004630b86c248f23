"""What every mail to a class that booked has in common: the facts, the terms, the files."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings.common import links
from bookings.common.files import qr_png
from bookings.schools import terms
from bookings.schools.calendar_file import calendar_file
from bookings.schools.forms import choices
from bookings.schools.models import Need, SchoolBooking
from navet import codes, periods
from navet.outbox.mail import Attachment, Mail, render
from navet.pages import contact, formats

Status = SchoolBooking.Status
NAMED = 4


def cancelling(booking: SchoolBooking) -> str:
    """Until when leaving is free, and what it costs after that."""
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


def preparation(booking: SchoolBooking) -> list[str]:
    """What the class should do before it comes, if the programme says anything."""
    text = booking.session.programme.text_in_language("prepare")
    return [text] if text else []


def others(booking: SchoolBooking, *, at: dt.datetime) -> list[str]:
    """Some sessions with room for a class whose own was called off; its page has more, each with its button."""
    lines = [
        f"{formats.local_date(one.occasion.starts_at, 'long')} {formats.local_time(one.occasion.starts_at)}: {one.programme}"
        for one in choices.alternatives(booking, at=at)[:NAMED]
    ]
    if not lines:
        return [_("No other session for your grade has room for the class just now.")]
    return ["\n".join([_("There is room for your class here, among others:"), *lines])]


def letter(
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
        "headline": f"{subject % {'programme': booking.session.programme, 'day': day}} ({booking.class_name})",
        "said": said,
        "facts": _facts(booking),
        "label": button,
        "url": _search_url(booking) if to_search else links.mail_url(booking),
        "leads_elsewhere": to_search,
    }
    attachments: tuple[Attachment, ...] = ()
    if files or calendar:
        attachments += (_calendar(booking),)
    if files:
        attachments += (Attachment(f"navet-{booking.code}.png", "image/png", qr_png(booking.code)),)
    return render(
        "booking",
        to=[booking.contact_email],
        language=booking.mail_language,
        context=context,
        attachments=attachments,
    )


def farewell(booking: SchoolBooking, *, to: str) -> Mail:
    """Told to an address that the booking has no longer: only what it knew already, and whom to ask."""
    occasion = booking.session.occasion
    day = formats.local_date(occasion.starts_at, "day")
    headline = _("Another contact: %(programme)s, %(day)s") % {
        "programme": booking.session.programme,
        "day": day,
    }
    said = [
        _("The booking has another e-mail address now. Mails about it go there, and none to you."),
        _("Did nobody at your school change it? Then get in touch with us, and we put it right."),
    ]
    context = {
        "headline": f"{headline} ({booking.class_name})",
        "said": said,
        "facts": [
            (_("Booking code"), codes.pretty(booking.code)),
            (_("Programme"), str(booking.session.programme)),
            (
                _("When"),
                f"{formats.local_date(occasion.starts_at, 'long')} {formats.local_time(occasion.starts_at)}",
            ),
        ],
        "label": _("How to reach us"),
        "url": f"{settings.SITE_URL}{reverse('pages:contact')}",
        "leads_elsewhere": True,
    }
    return render("booking", to=[to], language=get_language() or "sv", context=context)


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
        (_("Language"), str(booking.get_language_display())),
        (_("Access needs"), needs),
        (_("Lunch"), lunch),
        (_("Bus arrives"), formats.local_time(booking.bus_at) if booking.bus_at else ""),
        _price(booking),
        (_("Place"), contact.house().place),
    ]


def _price(booking: SchoolBooking) -> tuple[str, str]:
    """What is paid; of a booking that was left, what is owed for that, or nothing said."""
    if booking.status == Status.CANCELLED:
        return _("To be invoiced"), formats.money(booking.owed_ore) if booking.owed_ore else ""
    if not booking.price_ore:
        return _("Price"), _("Free, inside your agreement")
    return _("Price"), formats.money(booking.price_ore)


def _search_url(booking: SchoolBooking) -> str:
    day = periods.local_day(timezone.now()).isoformat()
    return f"{settings.SITE_URL}{reverse('schools:programmes')}?arskurs={booking.grade}&fran={day}"
