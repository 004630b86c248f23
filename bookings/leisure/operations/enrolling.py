"""Apply for a child or enrol her, change what is known of her, leave. Lock order: docs/booking.md; the first meeting stands for the group."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from bookings.common import holding
from bookings.common.models import Status
from bookings.common.refusals import NotPossibleNow
from bookings.leisure.models import Enrolment, Group
from bookings.leisure.operations import fees, places, refusals
from navet import codes
from navet.accounts.actor import Actor
from navet.directory.models import Municipality
from navet.transactions import operation

A_YEAR = dt.timedelta(days=366)


@operation
def request(
    group_id: int,
    *,
    child_name: str,
    birth_year: int,
    municipality: Municipality | None = None,
    emergency_name: str,
    emergency_phone: str,
    is_protected: bool = False,
    with_siblings: bool = False,
    contact_name: str,
    contact_email: str,
    contact_phone: str = "",
    mail_language: str = "sv",
    verified_email: str | None = None,
    code: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> Enrolment:
    """An application in the window, else a place or one in the queue; held for half an hour while the mailed code is entered.

    At once for a proved address and staff. `code` is one that the caller drew: asked again, it is the same enrolment. Raises
    NotOpen, WrongAge, AlreadyEnrolled, ChildMissing, CalledOff, GroupOver, TooManyHolds.
    """
    group = places.lock_group(group_id)
    if code and (earlier := Enrolment.objects.whole().filter(code=code).first()):
        return earlier
    by_staff = by is not None and by.has_capability(Enrolment.SEEN_BY)
    require_open(group, by_staff=by_staff, at=at)
    enrolment = Enrolment(
        code=code or codes.new_code(),
        group=group,
        occasion=group.occasion,
        ticket=_next_ticket(group),
        child_name=" ".join(child_name.split()),
        birth_year=birth_year,
        municipality=None if is_protected else municipality,
        emergency_name=" ".join(emergency_name.split()),
        emergency_phone=emergency_phone,
        is_protected=is_protected,
        with_siblings=with_siblings,
        contact_name=" ".join(contact_name.split()),
        contact_email=contact_email.lower(),
        contact_phone=contact_phone,
        mail_language=mail_language,
        price_ore=places.fee_of(group, at),
        booked_by=by.user if by and by_staff else None,
        created_at=at,
    )
    _require_right_age(group, birth_year)
    _require_new(enrolment, at)
    enrolment.continues = _continues(enrolment)
    _seat(enrolment, at)
    is_proved = by_staff or holding.is_proved(enrolment, verified_email)
    holding.begin(enrolment, is_proved=is_proved, at=at)
    if enrolment.status == Status.CONFIRMED and enrolment.queued_at is None:
        places.give(enrolment, group, at=at)
    enrolment.save(force_insert=True)
    if enrolment.status == Status.CONFIRMED:
        _welcome(enrolment, at=at)
    else:
        holding.ask_for_code(enrolment, at=at)
    return enrolment


def require_open(group: Group, *, by_staff: bool, at: dt.datetime) -> None:
    """Refuse what is called off, over, or not open (staff may enrol all the same)."""
    places.require_standing(group, at)
    if not by_staff and (group.opens_at > at or not group.club.is_published):
        raise refusals.NotOpen


def confirm(code: str, *, pin: str, at: dt.datetime) -> Enrolment:
    """The mailed code was entered. Whoever enters it too late gets a place if there is one, else one in the queue.

    Raises WrongCode, CodeExpired, TooManyTries. Confirming again changes nothing.
    """
    holding.check_pin(Enrolment, code, pin, at=at)
    return prove(code, at=at)


@transaction.atomic
def prove(code: str, *, at: dt.datetime) -> Enrolment:
    """The guardian's address is proved. For an enrolment that is past that point, nothing happens."""
    enrolment = holding.lock(Enrolment, code, by=None, at=at)
    if enrolment.was_proved():
        return enrolment
    places.require_standing(enrolment.group, at)
    if not enrolment.is_held(at):
        _require_new(enrolment, at)
        _seat(enrolment, at)
    holding.settle(enrolment, at=at)
    if enrolment.queued_at is None:
        places.give(enrolment, enrolment.group, at=at)
    holding.write(enrolment)
    _welcome(enrolment, at=at)
    return enrolment


@transaction.atomic
def change(
    code: str,
    *,
    emergency_name: str,
    emergency_phone: str,
    contact_phone: str = "",
    is_protected: bool = False,
    with_siblings: bool = False,
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Enrolment:
    """Whom to call, whether her details are shown, and, before the draw, whether siblings come together."""
    enrolment = holding.lock(Enrolment, code, version=version, by=by, at=at)
    if enrolment.status != Status.CONFIRMED or enrolment.is_over(at):
        raise NotPossibleNow(status=enrolment.status)
    enrolment.emergency_name = " ".join(emergency_name.split())
    enrolment.emergency_phone = emergency_phone
    enrolment.contact_phone = contact_phone
    enrolment.is_protected = is_protected
    if is_protected:
        enrolment.municipality = None
    if not enrolment.group.has_drawn():
        enrolment.with_siblings = with_siblings
    holding.write(enrolment)
    return enrolment


@transaction.atomic
def set_continues(code: str, *, continues: bool, by: Actor, at: dt.datetime) -> Enrolment:
    """Staff know that the child was there the term before, under another guardian's address for instance.

    Raises DrawnAlready, NobodyContinues.
    """
    enrolment = holding.lock(Enrolment, code, by=by, at=at)
    if enrolment.group.club.is_camp:
        raise refusals.NobodyContinues
    if enrolment.group.is_first_come():
        raise refusals.DrawnAlready
    if enrolment.continues != continues:
        enrolment.continues = continues
        holding.write(enrolment)
    return enrolment


@transaction.atomic
def leave(
    code: str, *, reason: str = "", version: int | None = None, by: Actor | None, at: dt.datetime
) -> Enrolment:
    """Give up the place or the application. Before the first meeting the fee goes back whole, after it nothing. Again changes nothing."""
    enrolment = holding.lock(Enrolment, code, version=version, by=by, at=at)
    if enrolment.status == Status.CANCELLED:
        return enrolment
    if enrolment.is_over(at):
        raise refusals.GroupOver
    if not enrolment.has_begun(at) or enrolment.fee_settled_at is None:
        fees.take_back(enrolment, by=by, at=at)
    gone(enrolment, reason=reason, mail="cancelled", at=at)
    return enrolment


def gone(enrolment: Enrolment, *, reason: str, mail: str, at: dt.datetime) -> None:
    """It ends, the guardian is told, and the place is the waiting list's."""
    enrolment.queued_at, enrolment.pay_by = None, None
    holding.leave(enrolment, reason=reason, at=at)
    holding.tell(enrolment, mail, at=at)
    places.let_in(enrolment.group, at=at)


def _next_ticket(group: Group) -> int:
    return (Enrolment.objects.filter(group=group).aggregate(n=Max("ticket"))["n"] or 0) + 1


def _seat(enrolment: Enrolment, at: dt.datetime) -> None:
    """A place where there is one for whoever comes first; else she has applied, or waits."""
    group = enrolment.group
    has_room = group.is_first_come() and places.free(group, at, besides=enrolment) > 0
    enrolment.queued_at = None if has_room else at


def _require_right_age(group: Group, birth_year: int) -> None:
    club, year = group.club, group.year
    if not club.youngest <= year - birth_year <= club.oldest:
        said = {"youngest": club.youngest, "oldest": club.oldest, "year": year}
        raise refusals.WrongAge(refusals.AGES % said, youngest=club.youngest, oldest=club.oldest)


def _require_new(enrolment: Enrolment, at: dt.datetime) -> None:
    """A guardian's child is in a group once. Raises ChildMissing, AlreadyEnrolled."""
    if not enrolment.child_name:
        raise refusals.ChildMissing
    hers = Enrolment.objects.filter(
        group=enrolment.group, contact_email=enrolment.contact_email, birth_year=enrolment.birth_year
    )
    if any(_same(one, enrolment) for one in hers.holding(at).exclude(code=enrolment.code)):
        raise refusals.AlreadyEnrolled


def _continues(enrolment: Enrolment) -> bool:
    """Whether she had a place in the club's group of the term before: one that ends before this begins, and began within a year of it.

    Never of a camp: those who apply are drawn alike.
    """
    if enrolment.group.club.is_camp:
        return False
    begins = enrolment.occasion.starts_at
    before = Enrolment.objects.placed().filter(
        group__club=enrolment.group.club,
        group__ends_at__lte=begins,
        occasion__period__startswith__gte=begins - A_YEAR,
        contact_email=enrolment.contact_email,
        birth_year=enrolment.birth_year,
    )
    return any(_same(one, enrolment) for one in before)


def _same(one: Enrolment, other: Enrolment) -> bool:
    return one.child_name.casefold() == other.child_name.casefold()


def _welcome(enrolment: Enrolment, *, at: dt.datetime) -> None:
    if enrolment.queued_at is None:
        places.announce(enrolment, "placed", at=at)
    elif enrolment.group.is_first_come():
        holding.tell(enrolment, "queued", at=at)
    else:
        holding.tell(enrolment, "applied", at=at)
