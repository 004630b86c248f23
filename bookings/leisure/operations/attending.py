"""The list of a meeting, for its leader: who is there, who will not come, and on the day whom to call.

Who was there is one visit in the ledger, under a key of the year made of guardian and child, and never under a name.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from bookings.leisure.models import Absence, Attendance, Enrolment, Meeting
from bookings.leisure.operations import places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.house.models import Duty, Occasion
from visitors import attendance as ledger
from visitors.models import Category

LATE = dt.timedelta(days=14)  # how long after the meeting the list may be put right
PLAN = "leisure.plan"


@dataclass(frozen=True)
class Child:
    """One line of the list: what a leader needs to call her by, and no more."""

    pk: int
    name: str
    is_there: bool
    is_absent: bool  # a guardian has said that she will not come


@dataclass(frozen=True)
class ToCall:
    """Whom to call about a child, on the day."""

    child: str
    name: str
    phone: str


def find(meeting_id: int) -> Meeting:
    """The meeting with its group. Raises NoSuchMeeting."""
    found = Meeting.objects.select_related("occasion", "group__club", "group__occasion").filter(pk=meeting_id)
    meeting = found.first()
    if meeting is None:
        raise refusals.NoSuchMeeting
    return meeting


def list_of(meeting: Meeting, *, by: Actor) -> list[Child]:
    """Everybody with a place, by name; of those whose details are not shown the first name. Three queries. Raises NotYourGroup."""
    require_leader(meeting, by)
    there = set(Attendance.objects.filter(meeting=meeting).values_list("enrolment_id", flat=True))
    absent = set(Absence.objects.filter(meeting=meeting).values_list("enrolment_id", flat=True))
    children = [
        Child(one.pk, _called(one), one.pk in there, one.pk in absent)
        for one in Enrolment.objects.filter(group=meeting.group_id).placed()
    ]
    return sorted(children, key=lambda child: (child.name.casefold(), child.pk))


def to_call(meeting: Meeting, *, by: Actor, at: dt.datetime) -> list[ToCall]:
    """Whom to call about each child: for the meeting's leader, on its day only. Raises NotYourGroup, OnTheDayOnly."""
    require_leader(meeting, by)
    if periods.local_day(at) != periods.local_day(meeting.occasion.starts_at) or _is_off(meeting):
        raise refusals.OnTheDayOnly
    children = Enrolment.objects.filter(group=meeting.group_id).placed()
    listed = [ToCall(_called(one), one.emergency_name, one.emergency_phone) for one in children]
    return sorted(listed, key=lambda one: one.child.casefold())


@transaction.atomic
def take(
    meeting_id: int, *, present: Iterable[int], listed: Iterable[int], by: Actor, at: dt.datetime
) -> int:
    """Of the enrolments `listed`, those `present` were there and the others were not; how many were. Others stay as they are.

    Told again, nothing changes. Raises NoSuchMeeting, NotThatDay, NotYourGroup.
    """
    meeting = find(meeting_id)
    places.lock_group(meeting.group_id)
    require_leader(meeting, by)
    require_its_time(meeting, at)
    asked, wanted = set(listed), set(present)
    placed = Enrolment.objects.filter(group=meeting.group_id, pk__in=asked).placed().order_by("pk")
    children = {one.pk: one for one in placed}
    known = {
        one.enrolment_id: one for one in Attendance.objects.filter(meeting=meeting).select_related("visit")
    }
    for pk, child in children.items():
        if pk in wanted and pk not in known:
            _came(child, meeting, by)
        elif pk not in wanted and pk in known:
            found = known[pk]
            ledger.take_back(found.visit, by=by)
            found.delete()
    return len(wanted & children.keys())


@transaction.atomic
def take_all(meeting_id: int, *, listed: Iterable[int], by: Actor, at: dt.datetime) -> int:
    """Of the enrolments `listed`, all were there but those whose guardians have said no; whoever of these came all the same stays.

    How many were. Raises as `take` does.
    """
    asked = set(listed)
    there = set(Attendance.objects.filter(meeting=meeting_id).values_list("enrolment_id", flat=True))
    absent = set(Absence.objects.filter(meeting=meeting_id).values_list("enrolment_id", flat=True))
    return take(meeting_id, present=asked - (absent - there), listed=asked, by=by, at=at)


def require_its_time(meeting: Meeting, at: dt.datetime) -> None:
    """From the morning of the day until two weeks after. Raises NotThatDay."""
    occasion = meeting.occasion
    first = periods.day_bounds(periods.local_day(occasion.starts_at))[0]
    if _is_off(meeting) or not first <= at < occasion.ends_at + LATE:
        raise refusals.NotThatDay


def require_leader(meeting: Meeting, by: Actor) -> None:
    """Who leads this very meeting, and planners. Raises NotYourGroup."""
    if by.has_capability(PLAN):
        return
    if by.user is None or not Duty.objects.filter(occasion=meeting.pk, educator=by.user, holds=True).exists():
        raise refusals.NotYourGroup


def led_by(by: Actor, *, since: dt.datetime, until: dt.datetime) -> list[Meeting]:
    """Meetings of those days that `by` leads; a planner sees all. In time order, one query."""
    found = Meeting.objects.select_related("occasion", "group__club").filter(
        occasion__status=Occasion.Status.PLANNED,
        occasion__period__startswith__lt=until,
        occasion__period__endswith__gt=since,
    )
    if not by.has_capability(PLAN):
        found = found.filter(occasion__duties__educator=by.user, occasion__duties__holds=True)
    return list(found.order_by("occasion__period", "pk"))


def _is_off(meeting: Meeting) -> bool:
    return meeting.occasion.status != Occasion.Status.PLANNED


def _called(enrolment: Enrolment) -> str:
    return enrolment.first_name if enrolment.is_protected else enrolment.child_name


def _came(enrolment: Enrolment, meeting: Meeting, by: Actor) -> None:
    visit = ledger.record(
        Category.LEISURE,
        identity=f"{enrolment.contact_email} {enrolment.child_name} {enrolment.birth_year}",
        came_at=meeting.occasion.starts_at,
        leaves_at=meeting.occasion.ends_at,
        municipality_id=enrolment.municipality_id,
        by=by,
    )
    Attendance.objects.create(enrolment=enrolment, meeting=meeting, visit=visit)
