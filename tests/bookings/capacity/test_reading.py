"""Places of every line against a count of them one by one, by each line's own rule; what came against who was received."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.capacity import coming, reading, sums
from bookings.capacity.rows import KINDS, Kind
from bookings.courses.operations import planning as courses_planning
from navet import periods
from tests.bookings.capacity.world import AFTER, DAY, FIRST, LAST, NOW, World, counted_again
from tests.bookings.courses import lessons
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes, plans
from tests.bookings.tickets import shows

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 2)


def rows(at=NOW, first=FIRST, last=LAST, kinds=KINDS):
    return reading.read(first, last, at=at, kinds=kinds)


def of(found, session) -> reading.Row:
    return next(row for row in found if row.occasion == session.pk)


def test_every_occasion_has_the_places_that_its_own_line_counts_and_those_add_up():
    world = World()
    for at in (
        NOW,
        NOW + dt.timedelta(minutes=30),
        AFTER,
    ):  # the hold runs out half an hour after it was made
        found = rows(at)
        again = counted_again(at)
        assert {row.occasion: (row.kind, row.offered, row.held) for row in found} == again
        assert len(found) == 12
        # Added up one by one, without the code that is tested.
        kinds = sums.by(found, lambda row: [row.kind])
        for kind in KINDS:
            own = [one for one in again.values() if one[0] == kind]
            assert (kinds[kind].occasions, kinds[kind].offered, kinds[kind].held) == (
                len(own),
                sum(one[1] for one in own),
                sum(one[2] for one in own),
            )
    assert of(rows(NOW), world.before).held == 24
    assert of(rows(NOW + dt.timedelta(minutes=30)), world.before).held == 0


def test_what_is_free_is_what_one_more_could_book():
    world = World()
    now = rows()
    full, morning = of(now, world.full), of(now, world.morning)
    assert (full.offered, full.held, full.free, full.bookable) == (30, 25, 0, False)  # its one group is there
    assert (morning.held, morning.free) == (30, 0)
    assert of(now, world.last).bookable
    gone = rows(AFTER)
    assert of(gone, world.morning).bookable is False
    assert {row.kind: row.bookable for row in gone if row.starts_at > AFTER} == {
        Kind.SCHOOL_SESSION: True, Kind.PUBLIC: True, Kind.COURSE_DAY: False, Kind.CLUB_MEETING: True,
    }  # fmt: skip
    waiting = classes.session(capacity=30, day=dt.date(2026, 3, 17))
    plans.book(waiting, 20)
    plans.book(waiting, 10, status="waiting")
    assert of(rows(), waiting).free == 0  # what is left goes to the queue


def test_who_came_is_counted_of_what_is_over_and_who_stayed_away_is_not_used():
    world = World()
    assert all(row.used is None for row in rows(NOW))
    found = rows(AFTER)
    used = {(row.kind, row.day.day): row.used for row in found if row.used is not None}
    assert used == {
        ("school_session", 3): 0, ("public", 3): 4, ("course_day", 10): 2, ("club_meeting", 3): 1, ("club_meeting", 10): 0,
    }  # fmt: skip
    assert (of(found, world.morning).used, of(found, world.full).used) == (18, 0)
    school = sums.add(row for row in found if row.kind == Kind.SCHOOL_SESSION)
    assert (school.past_occasions, school.past_offered, school.past_held) == (2, 90, 55)
    assert (school.used, school.missed, school.use) == (18, 37, 20)
    lunch = sums.add(row for row in found if row.kind == Kind.LUNCH)
    assert (lunch.offered, lunch.held, lunch.past_occasions, lunch.use) == (60, 12, 0, None)


def test_weekday_and_hour_are_those_of_the_clock_in_boras_before_and_after_it_changes():
    world = World()
    found = rows()
    before, after = of(found, world.before), of(found, world.last)
    assert (after.starts_at - before.starts_at) == dt.timedelta(days=3, hours=-1)
    assert [(row.weekday, row.hour) for row in (before, after)] == [(4, 9), (0, 9)]
    night = classes.session(day=LAST, clock="23:30")  # belongs to March in Borås
    assert of(rows(), night).day == LAST


def test_a_half_is_a_room_of_its_own_and_a_hall_is_counted_once():
    World()
    found = rows(kinds=[Kind.SCHOOL_SESSION, Kind.PUBLIC, Kind.CLUB_MEETING])
    rooms = {one.key: one for one in sums.by_room(found, without="–")}
    assert {key: (one.sum.occasions, one.sum.offered) for key, one in rooms.items()} == {
        "east": (3, 180), "hall": (1, 30), "west": (2, 60), sums.NO_ROOM: (3, 30),
    }  # fmt: skip
    assert rooms["east"].name == "East"


def test_programmes_and_hours_stand_least_full_first():
    World()
    found = rows(NOW + dt.timedelta(hours=1), kinds=[Kind.SCHOOL_SESSION])
    assert [(one.key, one.name, one.sum.fill) for one in sums.by_product(found)] == [
        ("school_session:ljus", "Ljus", 17), ("school_session:rymd", "Rymd", 83),
    ]  # fmt: skip
    hours = [(hour, one.occasions, one.offered) for hour, one in sums.least_full_hours(found, 5)]
    assert hours == [((0, 9), 1, 60), ((4, 9), 1, 60)]


def test_weeks_to_come_and_what_is_under_a_mark():
    world = World()
    found = coming.rows(MONDAY, 5, at=NOW)
    assert {row.kind for row in found} == {Kind.SCHOOL_SESSION}
    weeks = coming.weeks(MONDAY, 5, at=NOW, found=found)
    assert [(one.number, one.sessions, one.offered, one.held, one.free) for one in weeks] == [
        (10, 2, 90, 55, 0), (11, 0, 0, 0, 0), (12, 0, 0, 0, 0), (13, 1, 60, 24, 36), (14, 1, 60, 0, 60),
    ]  # fmt: skip
    assert coming.weeks(MONDAY, 5, at=NOW) == weeks
    assert [one.number for one in coming.under(weeks, 50)] == [13, 14]
    assert [one.number for one in coming.under(weeks, 40)] == [14]  # 24 of 60 are not less than 40 per cent
    everything = coming.rows(MONDAY, 5, at=NOW, kinds=reading.EVERYTHING)
    assert [row.occasion for row in coming.under_minimum(everything, at=NOW)] == [
        *(day.pk for day in world.round.days.all()), world.later_slot.pk, world.last.pk,
    ]  # fmt: skip
    courses_planning.assure(world.round.pk, by=lessons.planner(), at=NOW)
    assert coming.under_minimum(coming.rows(MONDAY, 5, at=NOW, kinds=[Kind.COURSE_DAY]), at=NOW) == []
    assert coming.under_minimum(found, at=periods.at(dt.date(2026, 3, 31), dt.time(8))) == []


def test_the_least_full_are_those_that_can_be_booked_a_course_once():
    world = World()
    everything = coming.rows(MONDAY, 5, at=NOW, kinds=reading.EVERYTHING)
    listed = [(row.kind, row.occasion) for row in coming.least_full(everything)]
    assert listed == [
        ("public", world.later_slot.pk), ("school_session", world.last.pk), ("club_meeting", world.group.pk),
        ("public", world.slot.pk), ("course_day", world.round.pk), ("school_session", world.before.pk),
    ]  # fmt: skip
    assert coming.least_full(everything, most=2) == coming.least_full(everything)[:2]
    later = periods.at(DAY, dt.time(17))
    next_meeting = coming.least_full(coming.rows(MONDAY, 5, at=later, kinds=[Kind.CLUB_MEETING]))
    assert [row.occasion for row in next_meeting] == [world.second.pk]


def test_as_many_queries_for_many_as_for_one_of_each():
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows()
        return len(queries)

    world = World()
    few, before = counted(), len(rows())
    for clock in ("10:00", "14:00"):
        plans.create(world.light, world.east, day=dt.date(2026, 3, 11), clock=clock)
        shows.slot(day=dt.date(2026, 3, 11), clock=clock)
    lessons.round_(day=dt.date(2026, 3, 11))
    clubs.group(day=dt.date(2026, 3, 11), meetings=2)
    assert len(rows()) == before + 7
    assert counted() == few <= 21
