"""A party on its way through the house: what is read, locked, written and promised whenever a booking changes."""

import datetime as dt
from typing import Any

from django.db.models import DateField, Func, OuterRef

from bookings.common.refusals import NoSuchSchool, SchoolClosed
from bookings.schools import pricing
from bookings.schools.models import Programme, SchoolBooking, Session
from bookings.schools.operations import places, refusals, reminders
from navet import periods
from navet.accounts.actor import Actor
from navet.directory import agreements
from navet.directory.models import SchoolUnit
from navet.house import operations as house
from navet.house.models import Occasion
from navet.house.refusals import NoSuchOccasion
from navet.outbox import promises
from navet.queries import LockedPair, Param
from visitors import operations as visitors
from visitors.models import Category

BOOK_FOR = "schools.book_for"
OVERRIDE = "schools.override"
Status = SchoolBooking.Status
REQUEST_LIFE = dt.timedelta(hours=24)  # a wish for the queue that nobody confirmed by the code


_DAY = Func(
    OuterRef("occasion__period__startswith"),
    template=f"(%(expressions)s AT TIME ZONE '{periods.HOUSE_ZONE.key}')::date",
    output_field=DateField(),
)


# What a party is judged by, priced by and told. The programme's own texts are pages long; who needs another column reads it.
_OF_OCCASION = "kind", "period", "capacity", "max_groups", "status"
_OF_PROGRAMME = (
    "slug", "title_sv", "title_en", "grades", "languages", "min_pupils", "max_pupils", "half_class_max",
    "price_half_ore", "price_full_ore", "is_published",
)  # fmt: skip
_NEEDED = (
    "release_at",
    *(f"occasion__{name}" for name in _OF_OCCASION),
    *(f"programme__{name}" for name in _OF_PROGRAMME),
)


def _locking() -> Any:
    """The queryset of a session with its programme and `is_inside_agreement`, its occasion to be locked."""
    return (
        Session.objects.select_related("occasion", "programme")
        .only(*_NEEDED)
        .annotate(is_inside_agreement=agreements.covers_beside(_DAY))
        .select_for_update(of=("occasion",), no_key=True)
        .filter(pk=Param("session"))
    )


# What a booking asks of a school, says of it and tells the desk.
_OF_SCHOOL = "code", "name", "status", "organiser__kind", "municipality__name"


def _school() -> Any:
    """The queryset of the school that wants the session."""
    schools = SchoolUnit.objects.select_related("organiser", "municipality").only(*_OF_SCHOOL)
    return agreements.of_schools(schools).filter(pk=Param("of_school"))


_WANTED = LockedPair(
    _locking, _school, places.TAKEN, "session", "at", "besides", "of_school", "of_class", "of_email", "draws"
)


def take_to(session_id: int, booking: SchoolBooking, *, at: dt.datetime) -> tuple[bool, places.Taken]:
    """Lock the occasion of the session that the party wants, and give the booking its session and school.

    Says whether an agreement covers the school on that day, and what is taken, as `places.count(besides=booking, of=booking)` does
    once the lock is ours. In one statement: the occasion's columns are those it has when it is locked, the other rows are as they
    were when it was asked for. Raises NoSuchSchool, NoSuchSession.
    """
    found = _WANTED.found(**places.question(session_id, at, besides=booking, of=booking))
    if found is None:
        is_school = SchoolUnit.objects.filter(pk=booking.school_id).exists()
        raise refusals.NoSuchSession if is_school else NoSuchSchool
    session, school, taken = found
    booking.session, booking.school = session, school
    return session.is_inside_agreement, places.Taken(*taken)


def _lock_occasion(session_id: int) -> Occasion:
    try:
        return house.lock(session_id)
    except NoSuchOccasion:
        raise refusals.NoSuchSession from None


def lock_booking(
    code: str, *, version: int | None = None, also: int | None = None, by: Actor | None, at: dt.datetime
) -> SchoolBooking:
    """The booking with its session, occasions first and in order; `also` is a second session to lock.

    Raises NoSuchBooking, NotYourBooking, and ChangedMeanwhile for another version than the one seen.
    """
    session_id = SchoolBooking.objects.filter(code=code).values_list("session", flat=True).first()
    if session_id is None:
        raise refusals.NoSuchBooking
    for occasion_id in sorted({session_id, also or session_id}):
        _lock_occasion(occasion_id)
    booking = SchoolBooking.objects.whole().select_for_update(of=("self",), no_key=True).get(code=code)
    require_owner(booking, by)
    if booking.session_id != session_id or version not in (None, booking.version):
        raise refusals.ChangedMeanwhile(version=booking.version)
    return booking


def may_act(booking: SchoolBooking, by: Actor | None) -> bool:
    """The contact person, staff who book for schools, or the house itself (None); others who see bookings look at them alone."""
    if by is None or by.has_capability(BOOK_FOR):
        return True
    return bool(by.email) and by.email.lower() == booking.contact_email


def require_owner(booking: SchoolBooking, by: Actor | None) -> None:
    if not may_act(booking, by):
        raise refusals.NotYourBooking


def require_status(booking: SchoolBooking, *allowed: str) -> None:
    """Refuse what the booking's state does not permit."""
    if booking.status not in allowed:
        raise refusals.NotPossibleNow(status=booking.status)


def require_not_lapsed(booking: SchoolBooking, at: dt.datetime) -> None:
    """Refuse a hold or an offer whose time is out, though nobody has tidied it up yet."""
    if booking.holds_until is not None and booking.holds_until <= at:
        raise refusals.NotPossibleNow(status=SchoolBooking.Status.LAPSED)


def require_before_start(occasion: Occasion, at: dt.datetime) -> None:
    """Refuse a session that is cancelled or has begun."""
    if occasion.status != Occasion.Status.PLANNED:
        raise refusals.SessionCancelled
    if occasion.starts_at <= at:
        raise refusals.SessionBegan


def move_status(booking: SchoolBooking, status: str) -> None:
    """Along the table of moves only. Raises NotPossibleNow."""
    if status not in SchoolBooking.MOVES[booking.status]:
        raise refusals.NotPossibleNow(status=booking.status)
    booking.status = status


def price_of(programme: Programme, school: SchoolUnit, occasion: Occasion, pupils: int) -> int:
    """What the visit costs, in öre, by the agreements in force on the day of the visit. One query."""
    day = periods.local_day(occasion.starts_at)
    inside = agreements.agreement_for(school, day) is not None
    return pricing.price(programme, pupils=pupils, inside_agreement=inside)


def require_reference(price_ore: int, reference: str) -> None:
    """Who pays says where the invoice goes. Raises InvoiceReferenceMissing."""
    if price_ore and not reference.strip():
        raise refusals.InvoiceReferenceMissing(price_ore=price_ore)


def expect(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """Tell the desk who is coming: now, or as it is now. The booking has its session, school and lunch with it."""
    occasion = booking.session.occasion
    visitors.announce(
        code=booking.code,
        kind=Occasion.Kind.SCHOOL_SESSION,
        occasion=occasion,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        label=f"{booking.school.name}, {booking.class_name}",
        municipality=booking.school.municipality,
        participant_category=Category.PUPIL,
        adult_category=Category.SCHOOL_ADULT,
        booked_participants=booking.first_pupils,
        expected_participants=booking.pupils,
        expected_adults=booking.adults,
        needs=booking.needs,
        bus_at=booking.bus_at,
        lunch_at=booking.lunch.starts_at if booking.lunch else None,
        contact_name=booking.contact_name,
        contact_phone=booking.contact_phone,
        at=at,
    )


def tell(booking: SchoolBooking, mail: str, *, at: dt.datetime, **args: Any) -> None:
    """Promise the contact a mail about the booking as it is at this version."""
    promises.promise_all([_news(booking, mail, at=at, **args)])


def welcome(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """It is confirmed: the desk expects the class, and the contact is promised its mails, all in one statement."""
    expect(booking, at=at)
    promises.promise_all([_news(booking, "confirmed", at=at), *reminders.still_to_come(booking, at=at)])


def _news(booking: SchoolBooking, mail: str, *, at: dt.datetime, **args: Any) -> promises.Promise:
    return promises.Promise(
        "mail",
        key=f"school.{mail}:{booking.code}:{booking.version}",
        payload={"mail": f"school.{mail}", "args": {"booking_id": booking.pk, **args}},
        due_at=at,
    )


def require_size(booking: SchoolBooking, programme: Programme) -> None:
    """A party the programme is made for, unless a planner gave a reason."""
    if not booking.override_reason:
        places.require_minimum(booking.pupils, programme)
        places.require_maximum(booking.pupils, programme)


def require_open(session: Session, *, override: bool = False, at: dt.datetime) -> None:
    """Refuse a session that cannot be booked (yet); an exception may be made for unpublished and unreleased ones."""
    require_before_start(session.occasion, at)
    if not session.programme.is_published and not override:
        raise refusals.NotPublished
    if session.release_at > at and not override:
        raise refusals.NotReleased(release_at=session.release_at.isoformat())


def require_language(language: str, programme: Programme) -> None:
    """Refuse a language that the programme is not held in. Raises LanguageNotOffered."""
    if language not in programme.languages:
        raise refusals.LanguageNotOffered


def require_suitable(booking: SchoolBooking, programme: Programme) -> None:
    """School, grade, size, language and needs. An exception with a reason may pass size and grade."""
    if not booking.school.is_open:
        raise SchoolClosed
    if booking.grade not in programme.grades and not booking.override_reason:
        raise refusals.GradeNotServed
    require_language(booking.language, programme)
    require_size(booking, programme)
    places.require_needs(booking.needs, heads=booking.pupils + booking.adults)


def sit_down(booking: SchoolBooking, lunch_id: int | None, *, at: dt.datetime) -> None:
    """Take the seats of a lunch sitting, or leave lunch. Raises LunchFull, LunchNotThatDay."""
    lunch = places.lock_lunch(lunch_id)
    if lunch is not None:
        heads = booking.pupils + booking.adults
        places.require_seats(heads, lunch, booking.session.occasion, at, besides=booking)
    booking.lunch = lunch


def require_once(taken: places.Taken, *, at: dt.datetime) -> None:
    """Refuse a class that already stands on the session; one whose hold ran out stands no longer. Raises AlreadyBooked.

    `taken` was counted of this class (`places.count(of=)`).
    """
    if taken.same is None:
        return
    earlier = SchoolBooking.objects.get(pk=taken.same)
    unanswered = earlier.status == Status.REQUESTED and earlier.created_at <= at - REQUEST_LIFE
    if not unanswered and not (earlier.holds_until and earlier.holds_until <= at):
        raise refusals.AlreadyBooked
    lapse(earlier, at=at)


def lapse(booking: SchoolBooking, *, at: dt.datetime) -> None:
    """Its time is out. Who let an offer pass is told; an unanswered code needs no mail."""
    was_offered = booking.status == Status.OFFERED
    move_status(booking, Status.LAPSED)
    booking.holds_until = None
    booking.version += 1
    booking.save(update_fields=["status", "holds_until", "version"])
    if was_offered:
        tell(booking, "offer_lapsed", at=at)
