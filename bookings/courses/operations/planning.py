"""Planning rounds. Lock order: the cells of all rooms and the educators, then occasions, then registrations."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from bookings.common import holding
from bookings.common.models import Status
from bookings.courses.models import Course, Day, OwnCourse, Registration, Round
from bookings.courses.operations import places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import SchoolUnit
from navet.house import operations as house
from navet.house.models import Occasion, Room
from navet.outbox import promises

Times = tuple[dt.datetime, dt.datetime]


@transaction.atomic
def plan_round(
    course: Course,
    *,
    days: Sequence[Times],
    rooms: Iterable[Room] = (),
    educators: Iterable[User] = (),
    capacity: int,
    opens_at: dt.datetime | None = None,
    least: int = 1,
    decide_by: dt.date | None = None,
    override_reason: str = "",
    reserved_for: SchoolUnit | None = None,
    by: Actor,
    at: dt.datetime,
) -> Round:
    """All days, or none: one that the house cannot hold is told by its refusal. The first day's occasion holds the places.

    `reserved_for` keeps it for one school. With `least` persons above one, `decide_by` is the date by which it is decided; a week before unless given,
    and never a day that has passed.
    """
    rooms, educators = list(rooms), list(educators)
    wanted = sorted(days)
    if not wanted:
        raise refusals.NoDays
    first = periods.local_day(wanted[0][0])
    if wanted[0][0] <= at:
        raise refusals.InThePast
    if least > 1:
        today = periods.local_day(at)
        decide_by = decide_by or max(first - dt.timedelta(days=7), today)
        if decide_by >= first:
            raise refusals.DecidedTooLate
        if decide_by < today:
            raise refusals.DecidedInThePast
    house.lock_places(rooms=rooms, educators=educators)
    occasions = [
        house.plan_occasion(
            kind=Occasion.Kind.COURSE_DAY,
            title_sv=course.title_sv,
            title_en=course.title_en,
            period=periods.period(starts_at, ends_at),
            capacity=capacity,
            max_groups=None,
            rooms=rooms,
            educators=educators,
            override_reason=override_reason,
            by=by,
            at=at,
        )
        for starts_at, ends_at in wanted
    ]
    planned = Round.objects.create(
        occasion=occasions[0],
        course=course,
        opens_at=opens_at or at,
        least=least,
        decide_by=decide_by if least > 1 else None,
        reserved_for=reserved_for,
    )
    Day.objects.bulk_create(Day(occasion=occasion, round=planned) for occasion in occasions)
    return planned


@transaction.atomic
def change_capacity(round_id: int, *, capacity: int, by: Actor, at: dt.datetime) -> Round:
    """More places, which the waiting list gets, or fewer as long as nobody loses one. Raises FewerThanTaken."""
    chosen = places.lock_round(round_id)
    holding.require_before_start(chosen.occasion, at)
    taken = chosen.occasion.places - places.free(chosen, at)
    if capacity < taken:
        raise refusals.FewerThanTaken(refusals.TAKEN % {"taken": taken}, taken=taken)
    chosen.occasion.capacity = capacity
    chosen.occasion.version += 1
    chosen.occasion.save(update_fields=["capacity", "version"])
    places.let_in(chosen, at=at)
    return chosen


@transaction.atomic
def assure(round_id: int, *, by: Actor, at: dt.datetime) -> Round:
    """It takes place, however many come; everybody with a place is told. Again changes nothing."""
    chosen = places.lock_round(round_id)
    holding.require_before_start(chosen.occasion, at)
    if chosen.assured_at is not None:
        return chosen
    chosen.assured_at = at
    chosen.save(update_fields=["assured_at"])
    for registration in Registration.objects.filter(round=chosen).placed().order_by("pk"):
        holding.tell(registration, "assured", at=at)
    return chosen


@transaction.atomic
def call_off(round_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Round:
    """All its days are called off, rooms and educators are free, and everybody registered or waiting is told, and so is whoever
    asked for it where it is a school's own. Again changes nothing."""
    chosen = places.lock_round(round_id)
    if chosen.occasion.status == Occasion.Status.CANCELLED:
        return chosen
    holding.require_before_start(chosen.occasion, at)
    for occasion in sorted(chosen.occasions(), key=lambda one: one.pk):
        house.cancel_occasion(occasion, reason=reason, by=by, at=at)
    told: set[str] = set()
    standing = Registration.objects.filter(round=chosen, status__in=[Status.HELD, Status.CONFIRMED])
    for registration in standing.order_by("pk").select_for_update(no_key=True):
        was_confirmed = registration.status == Status.CONFIRMED
        registration.queued_at = None
        holding.leave(registration, reason=reason, at=at)
        if was_confirmed:
            told.add(registration.contact_email)
            holding.tell(registration, "called_off", at=at)
            _tell_each(registration, at)
    for wish in OwnCourse.objects.filter(round=chosen).exclude(contact_email__in=told):
        promises.promise(
            "mail",
            key=f"courses.own_called_off:{wish.code}",
            payload={"mail": "courses.own_called_off", "args": {"wish_id": wish.pk}},
            due_at=at,
        )
    return places.lock_round(round_id)


def _tell_each(registration: Registration, at: dt.datetime) -> None:
    """Those who were to come, each at her own address; the contact has a mail of the registration."""
    people = registration.participants.exclude(email=registration.contact_email).values_list("pk", flat=True)
    promises.promise_all(
        promises.Promise(
            "mail",
            key=f"courses.participant_called_off:{pk}",
            payload={"mail": "courses.participant_called_off", "args": {"participant_id": pk}},
            due_at=at,
        )
        for pk in people
    )


def to_decide(at: dt.datetime) -> Iterable[Round]:
    """Rounds with fewer persons than they need, the most urgent first: the planner decides. One query."""
    rounds = Round.objects.with_places(at).select_related("occasion", "course")
    return rounds.filter(
        least__gt=1,
        assured_at=None,
        occasion__status=Occasion.Status.PLANNED,
        occasion__period__startswith__gt=at,
    ).order_by("decide_by", "pk")
