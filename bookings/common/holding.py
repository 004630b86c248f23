"""Holding, proving and leaving a booking, as every line does it. Parts of operations: the caller has the transaction.

Lock order: the occasion, then the booking, then its arrival and promises; the limit of holds has a lock of its own, last.
"""

import datetime as dt
from typing import Any, TypeVar

from django.db import connection, transaction

from bookings.common import refusals, reminders
from bookings.common.models import HeldBooking, Status
from navet.accounts import operations as accounts
from navet.accounts.actor import Actor
from navet.house import operations as house
from navet.house.models import Occasion
from navet.outbox import promises
from visitors import arrivals
from visitors import operations as visitors

B = TypeVar("B", bound=HeldBooking)
HOLD = dt.timedelta(minutes=30)
MOST_HOLDS = 5  # unconfirmed bookings of one address and line at once


def begin(booking: HeldBooking, *, is_proved: bool, at: dt.datetime) -> None:
    """A new booking is held for half an hour, or confirmed at once for a proved address and staff. Raises TooManyHolds."""
    booking.status = Status.HELD
    booking.holds_until = at + HOLD
    if is_proved:
        settle(booking, at=at)
    else:
        _require_few_holds(booking, at)


def is_proved(booking: HeldBooking, verified_email: str | None) -> bool:
    return bool(verified_email) and str(verified_email).lower() == booking.contact_email


def ask_for_code(booking: HeldBooking, *, at: dt.datetime) -> None:
    """A code to the contact's address: to confirm the booking, or to see it from another browser."""
    accounts.send_code(
        booking.contact_email,
        purpose=booking.PURPOSE,
        subject=booking.code,
        language=booking.mail_language,
        at=at,
    )


@transaction.atomic
def send_code_again(model: type[HeldBooking], code: str, *, at: dt.datetime) -> None:
    """The same for the booking of this code. Raises NoSuchBooking, also where there is nobody to write to."""
    booking = model._default_manager.filter(code=code).exclude(contact_email="").first()
    if booking is None:
        raise refusals.NoSuchBooking
    ask_for_code(booking, at=at)


def check_pin(model: type[HeldBooking], code: str, pin: str, *, at: dt.datetime) -> None:
    """Accept the mailed code of this booking, once. Raises NoSuchBooking, WrongCode, CodeExpired, TooManyTries."""
    contacted = model._default_manager.filter(code=code).exclude(contact_email="")
    email = contacted.values_list("contact_email", flat=True).first()
    if email is None:
        raise refusals.NoSuchBooking
    accounts.check_code(email, pin, purpose=model.PURPOSE, subject=code, at=at)


def lock(model: type[B], code: str, *, version: int | None = None, by: Actor | None, at: dt.datetime) -> B:
    """The booking, its occasion locked before it and the very one it belongs to.

    `by` None is the house itself. Raises NoSuchBooking, NotYourBooking, and ChangedMeanwhile for another version.
    """
    bookings: Any = model._default_manager
    occasion_id = bookings.filter(code=code).values_list("occasion", flat=True).first()
    if occasion_id is None:
        raise refusals.NoSuchBooking
    house.lock(occasion_id)
    booking = bookings.whole().select_for_update(of=("self",), no_key=True).get(code=code)
    require_owner(booking, by)
    if booking.occasion_id != occasion_id or version not in (None, booking.version):
        raise refusals.ChangedMeanwhile(version=booking.version)
    return booking


def require_owner(booking: HeldBooking, by: Actor | None) -> None:
    """The contact person, staff who look after such bookings, or the house itself (None)."""
    if by is None or by.has_capability(booking.SEEN_BY):
        return
    if not by.email or by.email.lower() != booking.contact_email:
        raise refusals.NotYourBooking


def require_before_start(occasion: Occasion, at: dt.datetime) -> None:
    """Refuse what is called off or has begun."""
    if occasion.status != Occasion.Status.PLANNED:
        raise refusals.Cancelled
    if occasion.starts_at <= at:
        raise refusals.Began


def require_changeable(booking: HeldBooking, at: dt.datetime) -> None:
    """Confirmed, not begun, not received; its arrival is locked. Raises NotPossibleNow, Began, Cancelled, AlreadyCheckedIn."""
    if booking.status != Status.CONFIRMED:
        raise refusals.NotPossibleNow(status=booking.status)
    require_before_start(booking.occasion, at)
    arrivals.require_not_received(arrivals.lock(booking.code))


def settle(booking: HeldBooking, *, at: dt.datetime) -> None:
    """The address is proved: confirmed."""
    move(booking, Status.CONFIRMED)
    booking.holds_until = None
    booking.confirmed_at = at


def move(booking: HeldBooking, status: str) -> None:
    """Along the table of moves only. Raises NotPossibleNow."""
    if status not in booking.MOVES[booking.status]:
        raise refusals.NotPossibleNow(status=booking.status)
    booking.status = status


def write(booking: HeldBooking) -> None:
    booking.version += 1
    booking.save()


def leave(booking: HeldBooking, *, reason: str, at: dt.datetime) -> None:
    """Cancel a locked booking: its places are free, the desk expects nobody. Raises AlreadyCheckedIn, NotPossibleNow."""
    was_confirmed = booking.status == Status.CONFIRMED
    move(booking, Status.CANCELLED)
    booking.holds_until = None
    booking.cancelled_at = at
    booking.cancel_reason = " ".join(reason.split())[:200]
    write(booking)
    if was_confirmed:
        visitors.withdraw(booking.code, at=at)
        reminders.withdraw_for(booking)


def lapse(booking: HeldBooking) -> None:
    """The time for its code is out. An unanswered code needs no mail."""
    move(booking, Status.LAPSED)
    booking.holds_until = None
    write(booking)


def tell(booking: HeldBooking, mail: str, *, at: dt.datetime, **args: Any) -> None:
    """Promise the contact a mail about the booking as it is at this version; nothing where nobody left an address."""
    if not booking.contact_email:
        return
    promises.promise(
        "mail",
        key=f"{booking.LINE}.{mail}:{booking.code}:{booking.version}",
        payload={"mail": f"{booking.LINE}.{mail}", "args": {"booking_id": booking.pk, **args}},
        due_at=at,
    )


def _require_few_holds(booking: HeldBooking, at: dt.datetime) -> None:
    """One address cannot tie up the house with unconfirmed holds. The lock makes two at once count each other."""
    with connection.cursor() as cursor:
        name = f"{booking.PURPOSE}-holds:{booking.contact_email}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    held = type(booking)._default_manager.filter(
        status=Status.HELD, holds_until__gt=at, contact_email=booking.contact_email
    )
    if held.count() >= MOST_HOLDS:
        raise refusals.TooManyHolds
