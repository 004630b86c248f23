"""Planning groups and their meetings. Lock order: the cells of all rooms and the educators, then occasions, then enrolments."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from bookings.common import holding
from bookings.common import refusals as common
from bookings.common.models import Status
from bookings.leisure import seeds
from bookings.leisure.models import Club, Enrolment, Group, Meeting
from bookings.leisure.models.clubs import DRAWN_AFTER
from bookings.leisure.operations import fees, places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house import operations as house
from navet.house.models import Occasion, Room

Times = tuple[dt.datetime, dt.datetime]


@transaction.atomic
def plan_group(
    club: Club,
    *,
    meetings: Sequence[Times],
    rooms: Iterable[Room] = (),
    educators: Iterable[User] = (),
    capacity: int,
    fee_ore: int = 0,
    opens_at: dt.datetime | None = None,
    closes_at: dt.datetime | None = None,
    override_reason: str = "",
    by: Actor,
    at: dt.datetime,
) -> Group:
    """All meetings, or none: one that the house cannot hold is told by its refusal. The first one's occasion holds the places.

    With `closes_at` there is a window and a draw, the fingerprint of whose seed is public from now on. Raises
    NoMeetings, InThePast, WindowBackwards, WindowTooLate and those of the house.
    """
    rooms, educators = list(rooms), list(educators)
    wanted = sorted(meetings)
    if not wanted:
        raise refusals.NoMeetings
    if wanted[0][0] <= at:
        raise refusals.InThePast
    opens_at = opens_at or at
    if closes_at is not None and closes_at <= opens_at:
        raise refusals.WindowBackwards
    if closes_at is not None and closes_at + DRAWN_AFTER >= wanted[0][0]:
        raise refusals.WindowTooLate
    house.lock_places(rooms=rooms, educators=educators)
    occasions = [
        house.plan_occasion(
            kind=Occasion.Kind.CLUB_MEETING,
            title_sv=club.title_sv,
            title_en=club.title_en,
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
    group = Group.objects.create(
        occasion=occasions[0],
        club=club,
        opens_at=opens_at,
        closes_at=closes_at,
        ends_at=wanted[-1][1],
        fee_ore=fee_ore,
        seed_sha256=seeds.fingerprint(occasions[0].pk) if closes_at else "",
    )
    Meeting.objects.bulk_create(Meeting(occasion=occasion, group=group) for occasion in occasions)
    return group


@transaction.atomic
def plan_camp(club: Club, **of_group: Any) -> Group:
    """A camp that is new, unsaved, and its days: both or none. The rest, and what it raises, is as of `plan_group`."""
    club.kind = Club.Kind.CAMP
    club.save(force_insert=True)
    return plan_group(club, **of_group)


@transaction.atomic
def change_capacity(group_id: int, *, capacity: int, by: Actor, at: dt.datetime) -> Group:
    """More places, which the waiting list gets, or fewer as long as nobody loses one. Raises FewerThanTaken."""
    group = places.lock_group(group_id)
    places.require_standing(group, at)
    taken = group.occasion.places - places.free(group, at)
    if capacity < taken:
        raise refusals.FewerThanTaken(refusals.TAKEN % {"taken": taken}, taken=taken)
    group.occasion.capacity = capacity
    group.occasion.version += 1
    group.occasion.save(update_fields=["capacity", "version"])
    places.let_in(group, at=at)
    return group


@transaction.atomic
def call_off(group_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Group:
    """What is left of it is called off: rooms and educators are free, everybody is told, and the fee of those meetings goes back.

    Again changes nothing.
    """
    group = places.lock_group(group_id)
    if group.called_off_at is not None:
        return group
    places.require_standing(group, at)
    left = [one for one in group.occasions() if one.starts_at > at]
    many = len(group.occasions())
    for occasion in sorted(left, key=lambda one: one.pk):
        house.cancel_occasion(occasion, reason=reason, by=by, at=at)
    group.called_off_at, group.call_off_reason = at, reason
    group.save(update_fields=["called_off_at", "call_off_reason"])
    standing = Enrolment.objects.filter(group=group, status__in=[Status.HELD, Status.CONFIRMED])
    for code in standing.order_by("pk").values_list("code", flat=True):
        enrolment = holding.lock(Enrolment, code, by=None, at=at)
        was_confirmed = enrolment.status == Status.CONFIRMED
        fees.keep_share(enrolment, left=len(left), meetings=many, by=by, at=at)
        enrolment.queued_at, enrolment.pay_by = None, None
        holding.leave(enrolment, reason=reason, at=at)
        if was_confirmed:
            holding.tell(enrolment, "called_off", at=at)
    return places.lock_group(group_id)


@transaction.atomic
def call_off_meeting(meeting_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Meeting:
    """One meeting is called off, and everybody with a place is told. Again changes nothing. Raises NoSuchMeeting, Began."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        raise refusals.NoSuchMeeting
    group = places.lock_group(meeting.group_id)
    places.require_standing(group, at)
    occasion = house.lock(meeting.pk)
    if occasion.status == Occasion.Status.CANCELLED:
        return meeting
    if occasion.starts_at <= at:
        raise common.Began
    house.cancel_occasion(occasion, reason=reason, by=by, at=at)
    for enrolment in Enrolment.objects.filter(group=group).placed().select_related("occasion").order_by("pk"):
        holding.tell(enrolment, "meeting_off", at=at, meeting_id=meeting.pk)
    return meeting
