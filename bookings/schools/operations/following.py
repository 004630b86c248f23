"""What follows for those who booked when Navet moves, cancels or enlarges a session. The caller holds its occasion's lock."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.schools.models import SchoolBooking, Session
from bookings.schools.operations import changing, parties, reminders, waiting
from navet import periods
from navet.accounts.actor import Actor
from navet.house.models import Occasion

Status = SchoolBooking.Status


def session_moved(session: Session, *, was: DateTimeTZRange, by: Actor | None, at: dt.datetime) -> int:
    """Tell everybody of the new time or room; who was confirmed may leave without a fee. How many were told.

    A lunch sitting that no longer suits is left; the mail says so by what it lists.
    """
    bookings = _standing(session)
    for booking in bookings:
        booking.session = session
        if booking.lunch is not None and not _lunch_suits(booking.lunch, session.occasion):
            booking.lunch = None
        if booking.status == Status.CONFIRMED:
            booking.leaves_free = True
        if booking.status == Status.OFFERED:
            booking.holds_until = waiting.offer_until(session.occasion.starts_at, at)
        booking.version += 1
        booking.save(update_fields=["lunch", "leaves_free", "holds_until", "version"])
        if booking.status == Status.CONFIRMED:
            parties.expect(booking, at=at)
            reminders.promise_for(booking, at=at)
        if booking.status not in (Status.HELD, Status.REQUESTED):
            parties.tell(booking, "session_moved", at=at, was=was.lower.isoformat())
    return len(bookings)


def session_cancelled(session: Session, *, reason: str, by: Actor | None, at: dt.datetime) -> int:
    """Cancel every booking without a fee, tell everybody and show them other sessions. How many were told."""
    bookings = _standing(session)
    for booking in bookings:
        booking.session = session
        was_proved = booking.status not in (Status.HELD, Status.REQUESTED)
        changing.leave(booking, reason=reason, owed_ore=0, at=at)
        if was_proved:
            parties.tell(booking, "session_cancelled", at=at)
    return len(bookings)


def places_freed(session: Session, *, by: Actor | None, at: dt.datetime) -> int:
    """There is more room than before: offer it to those who wait. How many were offered a place."""
    return waiting.offer_next(session, at=at)


def _standing(session: Session) -> list[SchoolBooking]:
    standing = SchoolBooking.objects.whole().filter(session=session.pk, status__in=changing.CHANGEABLE)
    return list(standing.order_by("pk").select_for_update(of=("self",), no_key=True))


def _lunch_suits(lunch: Occasion, session: Occasion) -> bool:
    same_day = periods.local_day(lunch.starts_at) == periods.local_day(session.starts_at)
    return same_day and not (lunch.starts_at < session.ends_at and session.starts_at < lunch.ends_at)
