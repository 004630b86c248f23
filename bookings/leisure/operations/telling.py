"""What guardians say to those who lead a group, and what these write to all of them."""

import datetime as dt

from django.db import transaction

from bookings.common import holding
from bookings.leisure.models import Absence, Enrolment, Meeting, Message
from bookings.leisure.operations import attending, places, refusals
from navet.accounts.actor import Actor
from navet.house.models import Duty, Occasion
from navet.outbox import promises


@transaction.atomic
def absent(code: str, *, meeting_id: int, is_absent: bool = True, by: Actor | None, at: dt.datetime) -> bool:
    """A guardian says that the child will not come to a meeting, or will after all. Told again, nothing changes.

    Raises NoSuchMeeting, MeetingOver.
    """
    enrolment = holding.lock(Enrolment, code, by=by, at=at)
    if not enrolment.has_place():
        raise refusals.NoSuchMeeting
    meeting = (
        Meeting.objects.select_related("occasion").filter(pk=meeting_id, group=enrolment.group_id).first()
    )
    if meeting is None:
        raise refusals.NoSuchMeeting
    if meeting.occasion.ends_at <= at or meeting.occasion.status != Occasion.Status.PLANNED:
        raise refusals.MeetingOver
    if is_absent:
        Absence.objects.get_or_create(enrolment=enrolment, meeting=meeting, defaults={"told_at": at})
    else:
        Absence.objects.filter(enrolment=enrolment, meeting=meeting).delete()
    return is_absent


@transaction.atomic
def write(group_id: int, *, subject: str, text: str, by: Actor, at: dt.datetime) -> Message:
    """A mail to every guardian of a child with a place, one to each address. Raises NothingToSay, NotYourGroup, CalledOff, GroupOver."""
    group = places.lock_group(group_id)
    require_one_of_its_leaders(group_id, by)
    places.require_standing(group, at)
    if not subject.strip() or not text.strip():
        raise refusals.NothingToSay
    placed = Enrolment.objects.filter(group=group).placed().exclude(contact_email="").order_by("pk")
    first = {one.contact_email: one for one in reversed(placed)}
    message = Message.objects.create(
        group=group,
        subject=" ".join(subject.split()),
        text=text.strip(),
        sent_at=at,
        sent_by=by.user,
        recipients=len(first),
    )
    promises.promise_all(
        promises.Promise(
            "mail",
            key=f"leisure.message:{message.pk}:{one.code}",
            payload={"mail": "leisure.message", "args": {"booking_id": one.pk, "message_id": message.pk}},
            due_at=at,
        )
        for one in first.values()
    )
    return message


def require_one_of_its_leaders(group_id: int, by: Actor) -> None:
    """Who leads one of the group's meetings, and planners. Raises NotYourGroup."""
    if by.has_capability(attending.PLAN):
        return
    leads = Duty.objects.filter(occasion__leisure_meeting__group=group_id, educator=by.user, holds=True)
    if by.user is None or not leads.exists():
        raise refusals.NotYourGroup
