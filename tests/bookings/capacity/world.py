"""A small house with every kind of occasion that has places, made as planners, bookers and the desk would."""

import datetime as dt
from typing import Any

from bookings.courses.operations import attending as course_lists
from bookings.courses.operations import places as course_places
from bookings.leisure.models import Enrolment
from bookings.leisure.operations import attending as club_lists
from bookings.leisure.operations import places as club_places
from bookings.leisure.operations import planning as clubs_planning
from bookings.schools.operations import places as school_places
from bookings.schools.operations import sessions
from bookings.tickets.operations import places as ticket_places
from navet import periods
from navet.house.models import Occasion, OpeningHours
from tests.bookings.courses import lessons
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes, plans
from tests.bookings.tickets import shows
from tests.navet.house import making
from visitors import operations as visitors

NOW = classes.NOW  # a Monday in January
DAY = classes.DAY  # a Tuesday in March
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
AFTER = periods.at(dt.date(2026, 3, 12), dt.time(12))  # the first half of March is over


class World:
    """Everything is in March; `hall` is two halves, `east` and `west`."""

    def __init__(self) -> None:
        making.open_weekdays()
        making.open_weekdays("10:00", "16:00", audience=OpeningHours.Audience.PUBLIC)
        self.hall, self.east, self.west = making.divisible_hall()
        self._schools()
        self._tickets()
        self._courses()
        self._clubs()

    def _schools(self) -> None:
        self.light = plans.programme(self.hall, self.east, slug="ljus", title_sv="Ljus", groups_at_once=2)
        self.space = plans.programme(self.hall, self.east, slug="rymd", title_sv="Rymd", min_pupils=12)
        self.morning = plans.create(self.light, self.east)
        self.came = classes.confirmed(self.morning, pupils=20)
        self.lunch = classes.lunch(capacity=60)
        plans.book(self.morning, 10, lunch=self.lunch)  # does not come; with it no more groups fit
        self.full = plans.create(self.space, self.hall, clock="13:00")
        plans.book(self.full, 25)
        off = plans.create(self.space, self.hall, day=DAY + dt.timedelta(days=1))
        plans.book(off, 25)
        sessions.cancel_session(off, reason="Sjukdom", by=plans.planner(), at=NOW)
        # The clocks go forward on 29 March: both begin at nine.
        self.before = plans.create(self.light, self.east, day=dt.date(2026, 3, 27))
        self.held = plans.book(self.before, 24, status="held")
        self.last = plans.create(self.light, self.east, day=dt.date(2026, 3, 30))
        by = classes.staff("desk")
        visitors.check_in(
            self.came.code, participants=18, adults=2, by=by, at=self.morning.occasion.starts_at
        )

    def _tickets(self) -> None:
        self.show = shows.event(self.west, slug="smallar", capacity=30)
        self.slot = shows.slot(self.show, clock="11:00", rooms=[self.west])
        tickets = shows.confirmed(self.slot, tickets={"adult": 2, "child": 3})
        by = classes.staff("desk")
        visitors.check_in(tickets.code, participants=3, adults=1, by=by, at=self.slot.occasion.starts_at)
        self.later_slot = shows.slot(self.show, day=dt.date(2026, 3, 24), rooms=[self.west])

    def _courses(self) -> None:
        """Ten places on two days a week apart, one of them over; three hold a place and two came."""
        self.round = lessons.round_(days=2, day=dt.date(2026, 3, 10), hour=13, least=4)
        lessons.registered(self.round, 3)
        day = self.round.days.first()
        people = [one.pk for one in course_lists.list_of(day)]
        by = classes.staff("educator")
        course_lists.take(day.pk, present=people[:2], listed=people, by=by, at=day.occasion.starts_at)

    def _clubs(self) -> None:
        """Ten places at four meetings, one of them called off and two over; one child, who came once."""
        self.group = clubs.group(meetings=4, day=dt.date(2026, 3, 3))
        child = clubs.enrolled(self.group)
        first, second, third, _fourth = self.group.meetings.all()
        club_lists.take(
            first.pk, present=[child.pk], listed=[child.pk], by=clubs.planner(), at=first.occasion.starts_at
        )
        self.second = second
        clubs_planning.call_off_meeting(third.pk, reason="Lov", by=clubs.planner(), at=NOW)
        assert Enrolment.objects.count() == 1


def counted_again(at: dt.datetime) -> dict[int, tuple[str, int, int]]:
    """Occasion -> kind, offered, held: one by one, each by the function that its line asks before it gives a place away."""
    found: dict[int, tuple[str, int, int]] = {}
    for occasion in Occasion.objects.filter(status="planned", capacity__isnull=False):
        whole, held = _held(occasion, at)
        found[occasion.pk] = (occasion.kind, whole.places, held)
    return found


def _held(occasion: Occasion, at: dt.datetime) -> tuple[Occasion, int]:
    def of(whole: Occasion, free: Any) -> tuple[Occasion, int]:
        return whole, whole.places - free

    match occasion.kind:
        case "school_session":
            return occasion, school_places.count(occasion, at).places
        case "public":
            return of(occasion, ticket_places.free(occasion, at))
        case "course_day":
            round_ = occasion.course_day.round
            return of(round_.occasion, course_places.free(round_, at))
        case "club_meeting":
            group = occasion.leisure_meeting.group
            return of(group.occasion, club_places.free(group, at))
    return occasion, school_places.seated([occasion.pk], at).get(occasion.pk, 0)
