"""What cancelling costs: nothing until N working days before the visit, then the group price, agreement or not.

Source: the terms of Swedish science centers (DOMAIN.md section 1); N is SCHOOL_BOOKING["free_cancellation_working_days"].
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from bookings.schools import pricing
from bookings.schools.models import Programme, SchoolBooking
from navet import periods

_BINDING = (SchoolBooking.Status.CONFIRMED,)


@dataclass(frozen=True)
class CancellationTerms:
    """`free_until`: the first moment that is too late. `late_ore`: what it costs after it; `owed_ore`: what it costs now."""

    free_until: dt.datetime
    is_free: bool
    owed_ore: int
    late_ore: int

    @property
    def last_free_date(self) -> dt.date:
        """The last day on which cancelling is free."""
        return periods.local_day(self.free_until - dt.timedelta(microseconds=1))


def free_until(starts_at: dt.datetime) -> dt.datetime:
    """The end of the day in Borås that lies N working days before the visit."""
    days = settings.SCHOOL_BOOKING["free_cancellation_working_days"]
    last = periods.working_days_before(periods.local_day(starts_at), days)
    return periods.day_bounds(last)[1]


def before_booking(
    programme: Programme, starts_at: dt.datetime, *, pupils: int, at: dt.datetime
) -> CancellationTerms:
    """The terms of a booking somebody is about to make."""
    until, late = free_until(starts_at), pricing.group_price(programme, pupils=pupils)
    return CancellationTerms(until, at < until, 0 if at < until else late, late)


def cancellation(booking: SchoolBooking, at: dt.datetime) -> CancellationTerms:
    """What cancelling `booking` costs at `at`. Reads its session, programme and occasion; select them with it."""
    session = booking.session
    listed = before_booking(session.programme, session.occasion.starts_at, pupils=booking.pupils, at=at)
    if listed.is_free or (booking.status in _BINDING and not booking.leaves_free):
        return listed
    return CancellationTerms(listed.free_until, True, 0, listed.late_ore)
