"""Register for a course, change who comes, leave. Lock order: docs/booking.md; the first day's occasion stands for the round."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from bookings.common import holding, reminders
from bookings.common.models import Status
from bookings.common.refusals import HOLD_LAPSED, HoldLapsed, NotPossibleNow, SchoolClosed
from bookings.courses import pricing
from bookings.courses.models import MOST_AT_ONCE, Attendance, Participant, Registration, Round
from bookings.courses.operations import places, refusals
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.directory.agreements import agreement_for
from navet.directory.models import SchoolUnit
from navet.payments import operations as payments
from navet.transactions import operation


class Person(NamedTuple):
    """Who is to come."""

    name: str
    email: str


@operation
def request(
    round_id: int,
    *,
    school: SchoolUnit,
    participants: Sequence[Person],
    contact_name: str,
    contact_email: str,
    contact_phone: str = "",
    invoice_reference: str = "",
    waiting_list: bool = False,
    mail_language: str = "sv",
    verified_email: str | None = None,
    code: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> Registration:
    """Hold places for half an hour while the mailed code is entered, or register at once for a proved address and staff.

    `waiting_list` takes a place in the queue where there is no room. `code` is one that the caller drew: asked again, it is
    the same registration. Raises what refusals.py lists.
    """
    chosen = places.lock_round(round_id)
    if code and (earlier := Registration.objects.whole().filter(code=code).first()):
        return earlier
    by_staff = by is not None and by.has_capability(Registration.SEEN_BY)
    require_open(chosen, by_staff=by_staff, at=at)
    if not school.is_open:
        raise SchoolClosed
    if chosen.reserved_for_id not in (None, school.pk):
        raise refusals.ForAnotherSchool
    people = _tidied(participants)
    _require_new(chosen, people, at)
    price_ore = price_of(chosen, school, len(people))
    if price_ore and not invoice_reference.strip():
        raise refusals.ReferenceMissing
    registration = Registration(
        code=code or codes.new_code(),
        round=chosen,
        occasion=chosen.occasion,
        school=school,
        persons=len(people),
        price_ore=price_ore,
        contact_name=" ".join(contact_name.split()),
        contact_email=contact_email.lower(),
        contact_phone=contact_phone,
        invoice_reference=" ".join(invoice_reference.split()),
        vat_permille=chosen.course.vat_permille,
        mail_language=mail_language,
        booked_by=by.user if by and by_staff else None,
        created_at=at,
    )
    try:
        places.require_room_for(len(people), chosen, at)
    except refusals.RoundFull:
        if not waiting_list:
            raise
        registration.queued_at = at
    is_proved = by_staff or holding.is_proved(registration, verified_email)
    holding.begin(registration, is_proved=is_proved, at=at)
    registration.save(force_insert=True)
    _name(registration, people)
    if registration.status == Status.CONFIRMED:
        _welcome(registration, at=at)
    else:
        holding.ask_for_code(registration, at=at)
    return registration


def require_open(chosen: Round, *, by_staff: bool, at: dt.datetime) -> None:
    """Refuse what is called off, has begun, or is not open (staff may register all the same)."""
    holding.require_before_start(chosen.occasion, at)
    is_hidden = chosen.reserved_for_id is None and not chosen.course.is_published
    if not by_staff and (chosen.opens_at > at or is_hidden):
        raise refusals.NotOpen


def price_of(chosen: Round, school: SchoolUnit, persons: int) -> int:
    """In öre including VAT, by the agreements in force on the first day. One query."""
    day = periods.local_day(chosen.occasion.starts_at)
    inside = agreement_for(school, day) is not None
    return pricing.price(chosen.course.price_ore, persons=persons, inside_agreement=inside)


def confirm(code: str, *, pin: str, at: dt.datetime) -> Registration:
    """The mailed code was entered. A hold that lapsed is confirmed while there is room.

    Raises WrongCode, CodeExpired, TooManyTries, HoldLapsed. Confirming again changes nothing.
    """
    holding.check_pin(Registration, code, pin, at=at)
    return prove(code, at=at)


@transaction.atomic
def prove(code: str, *, at: dt.datetime) -> Registration:
    """The contact's address is proved. For a registration that is past that point, nothing happens."""
    registration = holding.lock(Registration, code, by=None, at=at)
    if registration.status in (Status.CONFIRMED, Status.CANCELLED):
        return registration
    holding.require_before_start(registration.occasion, at)
    if not registration.is_held(at) and registration.queued_at is None:
        _require_still_room(registration, at)
    holding.settle(registration, at=at)
    holding.write(registration)
    _welcome(registration, at=at)
    return registration


def price_after(registration: Registration, *, participants: Sequence[Person], at: dt.datetime) -> int:
    """What it would come to with these persons, in öre."""
    return price_of(registration.round, registration.school, len(participants))


@transaction.atomic
def change(
    code: str,
    *,
    participants: Sequence[Person],
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Registration:
    """Others come, or another number: more while places last, fewer always, and the waiting list gets what they leave.

    Raises RoundFull, NamedTwice, AlreadyRegistered, WasThere, Began.
    """
    registration = holding.lock(Registration, code, version=version, by=by, at=at)
    if registration.status != Status.CONFIRMED:
        raise NotPossibleNow(status=registration.status)
    holding.require_before_start(registration.occasion, at)
    people = _tidied(participants)
    kept = [Person(one.name, one.email) for one in registration.participants.all()]
    if sorted(people) == sorted(kept):
        return registration
    chosen = registration.round
    _require_new(chosen, people, at, besides=registration)
    if len(people) > registration.persons and registration.queued_at is None:
        places.require_room_for(len(people), chosen, at, besides=registration)
    attended = Attendance.objects.filter(participant__registration=registration)
    if was_there := attended.select_related("participant").first():
        said = refusals.HAS_ATTENDED % {"name": was_there.participant.name}
        raise refusals.WasThere(said, name=was_there.participant.name)
    registration.participants.all().delete()
    registration.price_ore = price_of(chosen, registration.school, len(people))
    registration.persons = len(people)
    holding.write(registration)
    _name(registration, people)
    holding.tell(registration, "changed", at=at)
    places.let_in(chosen, at=at)
    return registration


@transaction.atomic
def cancel(
    code: str, *, reason: str = "", version: int | None = None, by: Actor | None, at: dt.datetime
) -> Registration:
    """Leave the places to others, free of charge, before it begins. Cancelling again changes nothing."""
    registration = holding.lock(Registration, code, version=version, by=by, at=at)
    if registration.status == Status.CANCELLED:
        return registration
    holding.require_before_start(registration.occasion, at)
    registration.queued_at = None
    holding.leave(registration, reason=reason, at=at)
    holding.tell(registration, "cancelled", at=at)
    places.let_in(registration.round, at=at)
    return registration


def tidy(*, at: dt.datetime, limit: int = 200) -> int:
    """Write down which holds have lapsed, let the waiting list in, and note what begun rounds cost. How many rounds it touched."""
    stale = Registration.objects.lapsed(at).values_list("round", flat=True)
    owing = _owing(at).values_list("round", flat=True)
    rounds = sorted({*stale.distinct()[:limit], *owing.distinct()[:limit]})
    for round_id in rounds:
        _tidy_round(round_id, at)
    return len(rounds)


@transaction.atomic
def _tidy_round(round_id: int, at: dt.datetime) -> None:
    chosen = places.lock_round(round_id)
    stale = Registration.objects.lapsed(at).filter(round=round_id).order_by("pk")
    for registration in stale.select_for_update(no_key=True):
        registration.queued_at = None
        holding.lapse(registration)
    places.let_in(chosen, at=at)
    for registration in (
        _owing(at).filter(round=round_id).select_related("school__organiser", "round__course")
    ):
        _note_charge(registration, at)


def _owing(at: dt.datetime) -> QuerySet[Registration]:
    """Registrations outside the agreements whose round has begun, and which nobody noted for invoicing."""
    begun = Registration.objects.placed().filter(price_ore__gt=0, occasion__period__startswith__lte=at)
    return begun.filter(charged_at=None).order_by("pk")


def _note_charge(registration: Registration, at: dt.datetime) -> None:
    organiser, course = registration.school.organiser, registration.round.course
    day = periods.local_day(registration.occasion.starts_at)
    said = (
        f"Kurs {day:%Y-%m-%d}, {course.title_sv}, {registration.school.name}, {registration.persons} personer"
    )
    payments.note_charge(
        key=f"course:{registration.code}",
        organisation_number=organiser.organisation_number,
        payer=organiser.name,
        reference=registration.invoice_reference,
        description=said[:200],
        amount_ore=registration.price_ore,
        vat_permille=registration.vat_permille,
        arose_date=day,
    )
    registration.charged_at = at
    registration.save(update_fields=["charged_at"])


def _tidied(participants: Iterable[Person]) -> list[Person]:
    """Names with their spaces drawn together, addresses in small letters. Raises NobodyNamed, NamedTwice, TooManyAtOnce."""
    people = [Person(" ".join(one.name.split()), one.email.strip().lower()) for one in participants]
    if not people or not all(one.name and one.email for one in people):
        raise refusals.NobodyNamed
    if len(people) > MOST_AT_ONCE:
        raise refusals.TooManyAtOnce
    if len({one.email for one in people}) < len(people):
        raise refusals.NamedTwice
    return people


def _require_new(
    chosen: Round, people: list[Person], at: dt.datetime, *, besides: Registration | None = None
) -> None:
    """Nobody is on the same round twice. Raises AlreadyRegistered, naming as the caller did, never as another registration does."""
    standing = Registration.objects.filter(round=chosen).holding(at)
    if besides is not None:
        standing = standing.exclude(pk=besides.pk)
    known = set(
        Participant.objects.filter(
            registration__in=standing, email__in=[one.email for one in people]
        ).values_list("email", flat=True)
    )
    for one in people:
        if one.email in known:
            raise refusals.AlreadyRegistered(refusals.IS_REGISTERED % {"name": one.name}, name=one.name)


def _name(registration: Registration, people: Iterable[Person]) -> None:
    Participant.objects.bulk_create(
        Participant(registration=registration, name=one.name, email=one.email) for one in people
    )


def _welcome(registration: Registration, *, at: dt.datetime) -> None:
    if registration.queued_at is not None:
        holding.tell(registration, "queued", at=at)
        return
    holding.tell(registration, "confirmed", at=at)
    reminders.promise_for(registration, at=at)


def _require_still_room(registration: Registration, at: dt.datetime) -> None:
    """The hold is over; the places may be there still. Raises HoldLapsed."""
    try:
        places.require_room_for(registration.persons, registration.round, at, besides=registration)
    except refusals.RoundFull as full:
        raise HoldLapsed(HOLD_LAPSED % {"reason": full}, **full.extra) from full
