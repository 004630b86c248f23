"""Request and confirm a booking. Lock order: docs/booking.md."""

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from bookings.schools import pricing
from bookings.schools.models import SchoolBooking, Session
from bookings.schools.operations import parties, places, refusals, waiting
from navet import codes
from navet.accounts import operations as accounts
from navet.accounts.actor import Actor
from navet.inserts import Insert, at_once
from navet.transactions import operation

PURPOSE = "school-booking"
MOST_HOLDS = 5  # unconfirmed bookings of one address at once
Status = SchoolBooking.Status
_INSERT = Insert(SchoolBooking, keyed=True)


@operation
def request(
    session_id: int,
    *,
    school_id: int,
    class_name: str,
    grade: str,
    pupils: int,
    adults: int,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
    language: str = "sv",
    mail_language: str = "sv",
    needs: dict[str, int] | None = None,
    bus_at: dt.time | None = None,
    lunch_id: int | None = None,
    invoice_reference: str = "",
    waiting_list: bool = False,
    verified_email: str | None = None,
    override_reason: str = "",
    code: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> SchoolBooking:
    """Take places on a session: confirmed at once for a proved address or staff, else held until the code is entered.

    With `waiting_list` a party that does not fit joins the queue.
    `code` is a fresh code the caller drew (the form's guard against being sent twice). Raises what refusals.py lists.
    """
    by_staff = by is not None and by.has_capability(parties.BOOK_FOR)
    booking = SchoolBooking(
        code=code or codes.new_code(),
        school_id=school_id,
        class_name=" ".join(class_name.split()),
        grade=grade,
        pupils=pupils,
        first_pupils=pupils,
        adults=adults,
        language=language,
        mail_language=mail_language,
        contact_name=contact_name,
        contact_email=contact_email.lower(),
        contact_phone=contact_phone,
        needs=needs or {},
        bus_at=bus_at,
        invoice_reference=invoice_reference,
        override_reason=override_reason,
        booked_by=by.user if by and by_staff else None,
        created_at=at,
    )
    is_inside, taken = parties.take_to(session_id, booking, at=at)
    session = booking.session
    parties.require_open(session, override=_may_override(override_reason, by), at=at)
    parties.require_suitable(booking, session.programme)
    parties.require_once(taken, at=at)
    booking.pk = taken.new_id
    is_proved = by_staff or (verified_email or "").lower() == booking.contact_email
    if not is_proved:
        require_few_holds(booking.contact_email, at)
    booking.price_ore = pricing.price(session.programme, pupils=pupils, inside_agreement=is_inside)
    parties.require_reference(booking.price_ore, invoice_reference)
    taken = waiting.after_queue(session, taken, lunch_id=lunch_id, at=at)
    if waiting_list and not places.fits(pupils, session.occasion, taken):
        _require_ever_fits(booking, session, taken)
        booking.status = Status.REQUESTED
        booking.lunch_id = lunch_id if places.lock_lunch(lunch_id) else None
    else:
        places.require_room_for(pupils, session.occasion, taken)
        parties.sit_down(booking, lunch_id, at=at)
        booking.status = Status.HELD
        booking.holds_until = at + dt.timedelta(minutes=settings.SCHOOL_BOOKING["hold_minutes"])
    if is_proved:
        _settle(booking, at=at)
        with at_once():
            _INSERT([booking])
            _promise(booking, at=at)
        _offer_on(booking, at=at)
    else:
        _INSERT([booking])
        accounts.send_code(
            booking.contact_email, purpose=PURPOSE, subject=booking.code, language=mail_language, at=at
        )
    return booking


def confirm(code: str, *, pin: str, email: str = "", at: dt.datetime) -> SchoolBooking:
    """The e-mail code was entered: the held places are the class's, or it joins the queue.

    A hold that lapsed is confirmed all the same while there is room. Raises WrongCode, CodeExpired, TooManyTries,
    HoldLapsed, AlreadyBooked. Confirming again with the same code changes nothing. `email` is the address that the door saw, where
    it goes by that afterwards.
    """
    asked = SchoolBooking.objects.filter(code=code).values_list("contact_email", flat=True).first()
    if asked is None:
        raise refusals.NoSuchBooking
    if email and email != asked:
        raise accounts.WrongCode
    accounts.check_code(asked, pin, purpose=PURPOSE, subject=code, at=at)
    return prove(code, email=asked, at=at)


@transaction.atomic
def prove(code: str, *, email: str, at: dt.datetime) -> SchoolBooking:
    """This address is proved. For a booking that is past that point, nothing happens. Raises WrongCode where it has got another contact meanwhile."""
    booking = parties.lock_booking(code, by=None, at=at)
    if booking.contact_email != email:
        raise accounts.WrongCode
    has_run_out = booking.status == Status.LAPSED and booking.waiting_since is not None
    if booking.status in (Status.CONFIRMED, Status.WAITING, Status.OFFERED, Status.CANCELLED) or has_run_out:
        return booking
    session = booking.session
    parties.require_before_start(session.occasion, at)
    if booking.status == Status.LAPSED:
        parties.require_once(places.count(session.occasion, at, besides=booking, of=booking), at=at)
    if booking.status == Status.LAPSED or (booking.holds_until and booking.holds_until <= at):
        _take_again(booking, at=at)
    _settle(booking, at=at)
    booking.version += 1
    booking.save()
    _promise(booking, at=at)
    _offer_on(booking, at=at)
    return booking


@transaction.atomic
def send_code_again(code: str, *, at: dt.datetime) -> None:
    """A new code to the contact's address: to confirm the booking, or to see it from another browser."""
    booking = SchoolBooking.objects.filter(code=code).first()
    if booking is None:
        raise refusals.NoSuchBooking
    accounts.send_code(
        booking.contact_email, purpose=PURPOSE, subject=code, language=booking.mail_language, at=at
    )


def _settle(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """The address is proved: HELD becomes CONFIRMED, REQUESTED joins the queue."""
    booking.holds_until = None
    if booking.status == Status.REQUESTED:
        booking.status = Status.WAITING
        booking.waiting_since = booking.waiting_since or at
    else:
        parties.move_status(booking, Status.CONFIRMED)
        booking.confirmed_at = at


def _promise(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """What a settled booking sets in motion."""
    if booking.status == Status.CONFIRMED:
        parties.welcome(booking, at=at)
    else:
        parties.tell(booking, "waiting", at=at)


def _offer_on(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """Who joined the queue may fit at once."""
    if booking.status == Status.WAITING:
        waiting.offer_next(booking.session, at=at)
        booking.refresh_from_db(fields=["status", "holds_until", "version"])


def _take_again(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """The hold is over; take the places again if they are there. Raises HoldLapsed."""
    session = booking.session
    taken = places.count(session.occasion, at, besides=booking)
    taken = waiting.after_queue(session, taken, lunch_id=booking.lunch_id, at=at, besides=booking)
    try:
        places.require_room_for(booking.pupils, session.occasion, taken)
        parties.sit_down(booking, booking.lunch_id, at=at)
    except (refusals.SessionFull, refusals.GroupsFull, refusals.LunchFull) as full:
        raise refusals.HoldLapsed(
            refusals.HOLD_LAPSED % {"reason": full}, free_places=taken.free_places(session.occasion)
        ) from full


def _may_override(reason: str, by: Actor | None) -> bool:
    if not reason.strip():
        return False
    if by is None or not by.has_capability(parties.OVERRIDE):
        raise refusals.MayNotOverride
    return True


def _require_ever_fits(booking: SchoolBooking, session: Session, taken: places.Taken) -> None:
    """No queue for a party that could never fit."""
    capacity = session.occasion.capacity
    if capacity is not None and booking.pupils > capacity:
        places.require_room_for(booking.pupils, session.occasion, taken)


def require_few_holds(email: str, at: dt.datetime) -> None:
    """One address cannot tie up the house with unconfirmed holds. The lock makes two at once count each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"school-holds:{email}"])
    unproved = Q(status=Status.HELD, holds_until__gt=at) | Q(
        status=Status.REQUESTED, created_at__gt=at - parties.REQUEST_LIFE
    )
    if SchoolBooking.objects.filter(unproved, contact_email=email).count() >= MOST_HOLDS:
        raise refusals.TooManyHolds
