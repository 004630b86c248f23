"""The mail about a booking of any line: the facts, the link that opens it, the files."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.common import links
from bookings.common.files import calendar_file, qr_png
from bookings.common.lines import Line
from bookings.common.models import HeldBooking, Status
from navet.outbox.mail import Attachment, Mail, render
from navet.pages import formats


@dataclass(frozen=True)
class Pay:
    """What is to be paid now: what the button says, and where it leads."""

    label: str
    url: str


def letter(
    line: Line,
    booking: HeldBooking,
    subject: str,
    said: list[str],
    *,
    files: bool,
    calendar: bool,
    pay: Pay | None = None,
    day: str = "",
) -> Mail:
    """In the active language; `subject` takes `what` and `day`. `files` brings QR code and calendar, else `calendar` alone.

    What is to be paid is paid where the button leads; the booking is then a link below it. `day`, where there are several.
    """
    what, day = line.title(booking), day or formats.local_date(booking.occasion.starts_at, "day")
    attachments: tuple[Attachment, ...] = ()
    if files or calendar:
        attachments += (calendar_of(line, booking),)
    if files:
        attachments += (Attachment(f"navet-{booking.code}.png", "image/png", qr_png(booking.code)),)
    is_standing = booking.status not in (Status.CANCELLED, Status.LAPSED)
    return render(
        "booking",
        to=[booking.contact_email],
        language=booking.mail_language,
        context={
            "headline": subject % {"what": what, "day": day},
            "said": said,
            "facts": line.facts(booking),
            "label": _("See, change or cancel the booking") if is_standing else _("Find another time"),
            "url": links.mail_url(booking) if is_standing else settings.SITE_URL + reverse(line.home),
            "leads_elsewhere": not is_standing,
            "pay": pay,
        },
        attachments=attachments,
    )


def calendar_of(line: Line, booking: HeldBooking) -> Attachment:
    """The booking for a calendar program."""
    method = "PUBLISH" if booking.status == Status.CONFIRMED else "CANCEL"
    content = calendar_file(
        code=booking.code,
        version=booking.version,
        occasions=line.occasions(booking),
        summary=_("Navet: %(what)s") % {"what": line.title(booking)},
        is_cancelled=booking.status != Status.CONFIRMED,
        said=_("Booking %(code)s. Change or cancel: %(url)s")
        % {"code": booking.code, "url": links.booking_url(booking)},
        url=links.booking_url(booking),
        at=timezone.now(),
    )
    return Attachment(f"navet-{booking.code}.ics", f"text/calendar; method={method}", content)
