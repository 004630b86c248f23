"""The mails that come by themselves: the final count asked for, and the reminder. Promised once, with their time.

They are promised when the visit is near: by beat every quarter of an hour, or with the booking where that is near already.
So a class that books in August for May leaves nothing behind that has to be taken back when it moves, and a setting that
changes meanwhile holds for it. Their keys name the session and its start, so that a class that moves gets its own, and nobody
gets one twice. The builder says nothing to a booking that was cancelled or moved meanwhile.
"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from bookings.schools.models import SchoolBooking
from navet import periods
from navet.outbox import promises
from navet.outbox.models import Effect

MORNING = dt.time(7)


def due(starts_at: dt.datetime) -> dict[str, dt.datetime]:
    """When each mail is due for a visit: `final_count` so many days before, `reminder` so many working days."""
    rules, day = settings.SCHOOL_BOOKING, periods.local_day(starts_at)
    final = day - dt.timedelta(days=rules["final_count_days"])
    reminder = periods.working_days_before(day, rules["reminder_working_days"])
    return {"final_count": periods.at(final, MORNING), "reminder": periods.at(reminder, MORNING)}


def key(mail: str, code: str, session_id: int, starts_at: dt.datetime) -> str:
    """One promise per mail, booking, session and time."""
    return f"school.{mail}:{code}:{session_id}-{starts_at.astimezone(dt.UTC):%Y%m%d%H%M}"


def near(at: dt.datetime) -> dt.datetime:
    """Visits that begin before then are near: all whose first mail is due within a day, and some more."""
    rules = settings.SCHOOL_BOOKING
    # So many working days are never more than twice as many days and a week, Christmas and Easter included.
    reminder_days = 2 * rules["reminder_working_days"] + 7
    return at + dt.timedelta(days=max(rules["final_count_days"], reminder_days) + 1)


def promise_for(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """Promise what is still to come of a visit that is near; who books later than a mail's time does without that mail."""
    promises.promise_all(still_to_come(booking, at=at))


def still_to_come(booking: SchoolBooking, *, at: dt.datetime) -> list[promises.Promise]:
    """What `promise_for` promises, for whoever has more to promise at the same time."""
    if booking.session.occasion.starts_at >= near(at):
        return []
    return [
        _mail(booking, name, mail_key, due_at) for name, mail_key, due_at in _mails(booking) if due_at > at
    ]


def withdraw_for(booking: SchoolBooking) -> None:
    """Take back what has not been sent."""
    for _name, mail_key, _due_at in _mails(booking):
        promises.withdraw(mail_key)


def promise_due(*, at: dt.datetime) -> int:
    """Promise what is near and was not promised: most of all. How many were promised.

    A mail whose time passed before the class was confirmed is not owed.
    """
    coming = (
        SchoolBooking.objects.confirmed()
        .whole()
        .filter(
            session__occasion__period__startswith__gt=at, session__occasion__period__startswith__lt=near(at)
        )
    )
    wanted = {
        mail_key: (booking, name, due_at)
        for booking in coming
        for name, mail_key, due_at in _mails(booking)
        if booking.confirmed_at is not None and due_at > booking.confirmed_at
    }
    kept = set(Effect.objects.filter(key__in=wanted).values_list("key", flat=True))
    missing = {mail_key: what for mail_key, what in wanted.items() if mail_key not in kept}
    with transaction.atomic():
        promises.promise_all(
            _mail(booking, name, mail_key, due_at) for mail_key, (booking, name, due_at) in missing.items()
        )
    return len(missing)


def _mails(booking: SchoolBooking) -> Iterator[tuple[str, str, dt.datetime]]:
    starts_at = booking.session.occasion.starts_at
    for name, due_at in due(starts_at).items():
        yield name, key(name, booking.code, booking.session_id, starts_at), due_at


def _mail(booking: SchoolBooking, name: str, mail_key: str, due_at: dt.datetime) -> promises.Promise:
    starts_at = booking.session.occasion.starts_at.isoformat()
    args = {"booking_id": booking.pk, "starts_at": starts_at}
    return promises.Promise("mail", mail_key, {"mail": f"school.{name}", "args": args}, due_at)
