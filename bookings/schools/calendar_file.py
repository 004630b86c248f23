"""A class's booking as a calendar file."""

import datetime as dt

from django.utils.translation import gettext as _

from bookings.common import files
from bookings.schools.models import SchoolBooking


def calendar_file(booking: SchoolBooking, *, url: str, at: dt.datetime) -> bytes:
    """What and who, for a calendar program."""
    facts = {"programme": booking.session.programme, "who": booking.class_name}
    return files.calendar_file(
        code=booking.code,
        version=booking.version,
        occasions=[booking.session.occasion],
        summary=_("Navet: %(programme)s, %(who)s") % facts,
        is_cancelled=booking.status != SchoolBooking.Status.CONFIRMED,
        said=_("Booking %(code)s. Change or cancel: %(url)s") % {"code": booking.code, "url": url},
        url=url,
        at=at,
    )
