"""What each line of bookings says of its occasions. Places held are the lines' own sums, never counted again here.

A reader takes a span and the rooms of occasions, and returns rows. Who came is read where it stands: check-ins of a party on
the occasion, or the list of a course day or a meeting.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, F, Manager, Sum

from bookings.capacity.rows import Kind, Row, Span, Thing
from bookings.courses.models import Attendance as CourseAttendance
from bookings.courses.models import Course, Day, Round
from bookings.leisure.models import Attendance as ClubAttendance
from bookings.leisure.models import Club, Group, Meeting
from bookings.schools import search
from bookings.schools.models import Programme, Session
from bookings.schools.operations import places as school_places
from bookings.tickets.models import Event, Slot
from navet.house.models import Occasion
from visitors.models import CheckIn

Rooms = Mapping[int, tuple[Thing, ...]]


def school_sessions(span: Span, rooms: Rooms) -> list[Row]:
    """Pupils take places, adults none. Free is what one more class could take: nothing where no more groups fit."""
    here = span.within("occasion__")
    found = search.with_free(Session.objects.filter(here), span.at).order_by()
    columns = ("pk", "programme", "programme__min_pupils", "occasion__period", "occasion__capacity")
    listed = list(found.values_list(*columns, "held_places", "free_places"))
    can_be_booked = set(Session.objects.bookable(span.at).filter(here).values_list("pk", flat=True))
    came = _checked_in(span, Kind.SCHOOL_SESSION, F("participants"))
    programmes = _things(Programme.objects, {one[1] for one in listed})
    return [
        Row(
            occasion=pk,
            kind=Kind.SCHOOL_SESSION,
            product=programmes[programme],
            starts_at=period.lower,
            ends_at=period.upper,
            offered=capacity,
            held=held,
            free=free,
            bookable=pk in can_be_booked and free > 0,
            used=_used(came, pk, period.upper, span.at),
            least=least,
            whole=pk,
            rooms=rooms.get(pk, ()),
        )
        for pk, programme, least, period, capacity, held, free in listed
    ]


def time_slots(span: Span, rooms: Rooms) -> list[Row]:
    """Every ticket takes a place, a companion's too."""
    here = span.within("occasion__")
    found = Slot.objects.filter(here).with_places(span.at)
    can_be_booked = set(Slot.objects.bookable(span.at).filter(here).values_list("pk", flat=True))
    came = _checked_in(span, Kind.PUBLIC, F("participants") + F("adults"))
    columns = ("pk", "event", "occasion__period", "occasion__capacity", "taken")
    listed = list(found.values_list(*columns))
    events = _things(Event.objects, {one[1] for one in listed})
    return [
        Row(
            occasion=pk,
            kind=Kind.PUBLIC,
            product=events[event],
            starts_at=period.lower,
            ends_at=period.upper,
            offered=capacity,
            held=taken,
            free=max(capacity - taken, 0),
            bookable=pk in can_be_booked and taken < capacity,
            used=_used(came, pk, period.upper, span.at),
            whole=pk,
            rooms=rooms.get(pk, ()),
        )
        for pk, event, period, capacity, taken in listed
    ]


def course_days(span: Span, rooms: Rooms) -> list[Row]:
    """Whoever registers comes to all days: each day has the round's places."""
    days = list(Day.objects.filter(span.within("occasion__")).values_list("pk", "round", "occasion__period"))
    of = {one for _day, one, _period in days}
    can_be_booked = set(Round.objects.open(span.at).filter(pk__in=of).values_list("pk", flat=True))
    columns = ("pk", "course", "least", "assured_at", "occasion__capacity", "taken")
    listed = list(Round.objects.filter(pk__in=of).with_places(span.at).values_list(*columns))
    courses = _things(Course.objects, {one[1] for one in listed})
    rounds = {
        pk: _Whole(courses[course], 1 if assured_at else least, capacity, taken, pk in can_be_booked)
        for pk, course, least, assured_at, capacity, taken in listed
    }
    came = _listed(CourseAttendance, "day", span)
    return _parts(Kind.COURSE_DAY, days, rounds, came, at=span.at, rooms=rooms)


def club_meetings(span: Span, rooms: Rooms) -> list[Row]:
    """A child comes to all meetings: each has the group's places. Who applied and is not drawn yet holds none."""
    meetings = list(
        Meeting.objects.filter(span.within("occasion__")).values_list("pk", "group", "occasion__period")
    )
    of = {one for _meeting, one, _period in meetings}
    can_be_booked = set(Group.objects.open(span.at).filter(pk__in=of).values_list("pk", flat=True))
    columns = ("pk", "club", "occasion__capacity", "taken")
    listed = list(Group.objects.filter(pk__in=of).with_places(span.at).values_list(*columns))
    clubs = _things(Club.objects, {one[1] for one in listed})
    groups = {
        pk: _Whole(clubs[club], 1, capacity, taken, pk in can_be_booked)
        for pk, club, capacity, taken in listed
    }
    came = _listed(ClubAttendance, "meeting", span)
    return _parts(Kind.CLUB_MEETING, meetings, groups, came, at=span.at, rooms=rooms)


def lunches(span: Span, rooms: Rooms) -> list[Row]:
    """Pupils and adults sit down. A seat comes with a place on a session; nobody is counted at the table."""
    found = list(Occasion.objects.of_kind(Kind.LUNCH).filter(span.within()).only("period", "capacity"))
    seated = school_places.seated([one.pk for one in found], span.at)
    lunch = Thing(Kind.LUNCH, str(Kind.LUNCH.label))
    return [
        Row(
            occasion=one.pk,
            kind=Kind.LUNCH,
            product=lunch,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            offered=one.places,
            held=seated.get(one.pk, 0),
            free=max(one.places - seated.get(one.pk, 0), 0),
            whole=one.pk,
            rooms=rooms.get(one.pk, ()),
        )
        for one in found
    ]


Reader = Callable[[Span, Rooms], list[Row]]
READERS: dict[str, Reader] = {
    Kind.SCHOOL_SESSION: school_sessions,
    Kind.PUBLIC: time_slots,
    Kind.COURSE_DAY: course_days,
    Kind.CLUB_MEETING: club_meetings,
    Kind.LUNCH: lunches,
}


class _Whole(NamedTuple):
    """A round or a group: its places are those of each of its days."""

    product: Thing
    least: int
    capacity: int
    taken: int
    is_open: bool


def _parts(
    kind: str,
    found: Iterable[tuple[int, int, Any]],
    wholes: Mapping[int, _Whole],
    came: Mapping[int, int],
    *,
    at: dt.datetime,
    rooms: Rooms,
) -> list[Row]:
    """Days of courses, or meetings of groups; `found` has each one's id, its whole's, and its period."""
    return [
        Row(
            occasion=pk,
            kind=kind,
            product=whole.product,
            starts_at=period.lower,
            ends_at=period.upper,
            offered=whole.capacity,
            held=whole.taken,
            free=max(whole.capacity - whole.taken, 0),
            bookable=whole.is_open and period.lower > at and whole.taken < whole.capacity,
            used=_used(came, pk, period.upper, at),
            least=whole.least,
            whole=of,
            rooms=rooms.get(pk, ()),
        )
        for pk, of, period in found
        for whole in [wholes[of]]
    ]


def _things(of: Manager[Any], wanted: Collection[int]) -> dict[int, Thing]:
    """Programmes and their like by id, without their long texts. One query."""
    found = of.only("slug", "title_sv", "title_en").in_bulk(wanted)
    return {pk: Thing(one.slug, one.title) for pk, one in found.items()}


def _checked_in(span: Span, kind: str, heads: Any) -> dict[int, int]:
    """Occasion -> heads that stand as received at the desk. One query; none where nothing can be over."""
    if span.is_to_come:
        return {}
    standing = CheckIn.objects.filter(
        span.planned("arrival__occasion__"), undone_at__isnull=True, arrival__kind=kind
    )
    return dict(standing.order_by().values_list("arrival__occasion").annotate(n=Sum(heads)))


def _listed(attendance: type[CourseAttendance | ClubAttendance], key: str, span: Span) -> dict[int, int]:
    """Day or meeting -> how many its list says were there. One query; none where nothing can be over."""
    if span.is_to_come:
        return {}
    listed = attendance.objects.filter(span.planned(f"{key}__occasion__"))
    return dict(listed.order_by().values_list(key).annotate(n=Count("pk")))


def _used(came: Mapping[int, int], occasion: int, ends_at: dt.datetime, at: dt.datetime) -> int | None:
    return came.get(occasion, 0) if ends_at <= at else None
