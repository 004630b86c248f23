"""The reminder of a booking, at seven some days before the visit: promised when it is confirmed, taken back when it is left.

Its key names the occasion and its start, so nobody gets one twice; the builder says nothing of a booking that is gone.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction

from bookings.common.models import HeldBooking, whole
from navet import periods
from navet.outbox import promises
from navet.outbox.models import Effect

MORNING = dt.time(7)


def due(starts_at: dt.datetime) -> dt.datetime:
    day = periods.local_day(starts_at) - dt.timedelta(days=settings.BOOKING_REMINDER_DAYS)
    return periods.at(day, MORNING)


def key(booking: HeldBooking) -> str:
    occasion = booking.occasion
    return f"{booking.LINE}.reminder:{booking.code}:{occasion.pk}-{occasion.starts_at.astimezone(dt.UTC):%Y%m%d%H%M}"


def promise_for(booking: HeldBooking, *, at: dt.datetime) -> None:
    """Who books later than it is due, or left no address, does without."""
    if booking.contact_email and due(booking.occasion.starts_at) > at:
        promises.promise_all([_promise(booking)])


def withdraw_for(booking: HeldBooking) -> None:
    promises.withdraw(key(booking))


@transaction.atomic
def promise_due(model: type[HeldBooking], *, at: dt.datetime) -> int:
    """Promise what nobody promised: bookings older than reminders, or a changed setting. How many were made up for."""
    ahead = at + dt.timedelta(days=settings.BOOKING_REMINDER_DAYS + 1)
    bookings = whole(model).confirmed()
    coming = bookings.filter(
        occasion__period__startswith__gt=at, occasion__period__startswith__lt=ahead
    ).exclude(contact_email="")
    owed = {key(one): one for one in coming if due(one.occasion.starts_at) > one.confirmed_at}
    kept = set(Effect.objects.filter(key__in=owed).values_list("key", flat=True))
    promises.promise_all(_promise(one) for name, one in owed.items() if name not in kept)
    return len(owed.keys() - kept)


def _promise(booking: HeldBooking) -> promises.Promise:
    args = {"booking_id": booking.pk, "starts_at": booking.occasion.starts_at.isoformat()}
    return promises.Promise(
        "mail",
        key=key(booking),
        payload={"mail": f"{booking.LINE}.reminder", "args": args},
        due_at=due(booking.occasion.starts_at),
    )
