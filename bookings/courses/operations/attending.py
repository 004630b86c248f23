"""The attendance list of a day. Who was there is one visit in the ledger, under a key of the year and never under her name."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from bookings.courses import certificates
from bookings.courses.models import Attendance, Day, Participant, Registration
from bookings.courses.operations import places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.house.models import Occasion
from navet.outbox import promises
from visitors import attendance as ledger
from visitors.models import Category

LATE = dt.timedelta(days=14)  # how long after the day the list may be put right
MORNING = dt.time(9)  # when certificates are sent, the day after the last one


def list_of(day: Day) -> list[Participant]:
    """Everybody with a place, by school and name, with `is_there` added. One query."""
    placed = Registration.objects.filter(round=day.round_id).placed()
    people = Participant.objects.filter(registration__in=placed).with_attendance(day)
    return list(
        people.select_related("registration__school").order_by("registration__school__name", "name", "pk")
    )


@transaction.atomic
def take(day_id: int, *, present: Iterable[int], listed: Iterable[int], by: Actor, at: dt.datetime) -> int:
    """Of the participants `listed`, those `present` were there and the others were not; how many were. Others stay as they are.

    Told again, nothing changes. Raises NoSuchRound, NotThatDay.
    """
    days = Day.objects.select_related("occasion", "round").prefetch_related("round__days__occasion")
    day = days.filter(pk=day_id).first()
    if day is None:
        raise refusals.NoSuchRound
    places.lock_round(day.round_id)
    require_its_time(day, at)
    asked, wanted = set(listed), set(present)
    people = {one.pk: one for one in list_of(day) if one.pk in asked}
    known = {one.participant_id: one for one in Attendance.objects.filter(day=day).select_related("visit")}
    for pk, participant in sorted(people.items()):
        if pk in wanted and pk not in known:
            _came(participant, day, by)
            _promise_certificate(participant, day, at)
        elif pk not in wanted and pk in known:
            found = known[pk]
            ledger.take_back(found.visit, by=by)
            found.delete()
    return len(wanted & people.keys())


def require_its_time(day: Day, at: dt.datetime) -> None:
    """From the morning of the day until two weeks after. Raises NotThatDay."""
    occasion = day.occasion
    first = periods.day_bounds(periods.local_day(occasion.starts_at))[0]
    if occasion.status != Occasion.Status.PLANNED or not first <= at < occasion.ends_at + LATE:
        raise refusals.NotThatDay


def _came(participant: Participant, day: Day, by: Actor) -> None:
    occasion, school = day.occasion, participant.registration.school
    visit = ledger.record(
        Category.COURSE,
        identity=participant.email,
        name=participant.name,
        came_at=occasion.starts_at,
        leaves_at=occasion.ends_at,
        municipality_id=school.municipality_id,
        by=by,
    )
    Attendance.objects.create(participant=participant, day=day, visit=visit)


def _promise_certificate(participant: Participant, day: Day, at: dt.datetime) -> None:
    """Whoever has earned one by now gets it by mail, the morning after the last day; the mail looks once more.

    A list put right after that morning sends it then.
    """
    occasions = day.round.occasions()
    if not certificates.is_earned(attended=participant.attended.count(), days=len(occasions)):
        return
    last = periods.local_day(max(one.ends_at for one in occasions))
    morning = periods.at(last + dt.timedelta(days=1), MORNING)
    late = f":{periods.local_day(at)}" if at > morning else ""
    promises.promise(
        "mail",
        key=f"courses.certificate:{participant.pk}{late}",
        payload={"mail": "courses.certificate", "args": {"participant_id": participant.pk}},
        due_at=max(at, morning),
    )
