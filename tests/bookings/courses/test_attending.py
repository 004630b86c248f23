"""Attendance: one person in four courses is one of the year, also after she is forgotten."""

import datetime as dt

import pytest

from bookings.common.models import Status
from bookings.courses.models import Attendance, Participant
from bookings.courses.operations import attending, refusals, registering
from bookings.courses.operations.registering import Person
from navet.retention import engine, rules
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import DAY, NOW, TEACHER, WEEK
from tests.bookings.schools import classes
from visitors import audit, indicators, readding
from visitors.models import Indicator, Visit

pytestmark = pytest.mark.django_db
DAY_MORNING = dt.datetime(2026, 3, 3, 8, 0, tzinfo=NOW.tzinfo)
ADA = [Person("Ada Ek", "Ada.Ek@skola.example")]


def take(day, present, *, at=None, listed=None):
    people = attending.list_of(day) if listed is None else listed
    return attending.take(
        day.pk,
        present=[one.pk for one in present],
        listed=[one.pk for one in people],
        by=classes.staff("educator"),
        at=at or day.occasion.starts_at,
    )


def educators() -> int:
    return Visit.objects.in_year(2026).standing().exclude(person="").values("person").distinct().count()


def test_whoever_is_ticked_is_a_visit_and_unticked_it_is_taken_back():
    on = lessons.round_()
    lessons.registered(on, 3)
    (day,) = on.days.all()
    people = attending.list_of(day)
    assert take(day, people[:2]) == 2
    assert take(day, people[:2]) == 2  # again: nothing new
    assert Visit.objects.count() == 2
    assert take(day, people[1:]) == 2
    assert sum(Visit.objects.values_list("count", flat=True)) == 2
    assert Attendance.objects.count() == 2
    assert take(day, [], listed=[]) == 0  # nobody was on that page
    assert Attendance.objects.count() == 2
    visit = Visit.objects.standing().first()
    assert (visit.category, visit.source, visit.day, visit.municipality.code) == (
        "course",
        "list",
        DAY,
        "1466",
    )
    assert "@" not in visit.person
    assert visit.note == ""


def test_one_person_on_four_days_is_one_and_stays_one_when_she_is_forgotten():
    for n in range(2):
        on = lessons.round_(days=2, day=DAY + n * dt.timedelta(days=1))
        lessons.registered(on, 1) if n else None
        registering.request(on.pk, **lessons.proved() | {"participants": ADA})
        for day in on.days.all():
            take(day, [one for one in attending.list_of(day) if one.name == "Ada Ek"])
    assert (Visit.objects.count(), educators()) == (4, 1)
    engine.run(rules.every(), why="night", at=NOW + dt.timedelta(days=500))
    assert not Participant.objects.filter(email__icontains="ada").exists()
    assert (Visit.objects.count(), educators()) == (4, 1)
    assert [*audit.of_the_desk(), *readding.of_every_year()] == []


def test_the_list_is_taken_on_the_day_and_two_weeks_after_and_has_those_with_a_place():
    on = lessons.round_(days=2, capacity=2)
    placed = lessons.registered(on, 2)
    lessons.registered(on, 1, waiting_list=True)
    first, second = on.days.all()
    assert {one.registration_id for one in attending.list_of(first)} == {placed.pk}
    for day, at in ((second, first.occasion.starts_at), (first, first.occasion.ends_at + 2 * WEEK)):
        with pytest.raises(refusals.NotThatDay):
            take(day, attending.list_of(day), at=at)
    stranger = Participant.objects.exclude(registration=placed).get()
    assert (
        attending.take(
            first.pk,
            present=[stranger.pk],
            listed=[stranger.pk],
            by=classes.staff("desk"),
            at=first.occasion.starts_at,
        )
        == 0
    )
    assert not Visit.objects.exists()


def test_who_was_there_is_not_taken_away():
    on = lessons.round_()
    made = lessons.registered(on, 2)
    (day,) = on.days.all()
    take(day, attending.list_of(day)[:1], at=DAY_MORNING)
    with pytest.raises(refusals.WasThere):
        registering.change(
            made.code, participants=lessons.people(1), by=classes.teacher(TEACHER), at=DAY_MORNING
        )
    assert made.status == Status.CONFIRMED


def test_the_indicator_counts_her_and_a_registration_alone_does_not():
    on = lessons.round_()
    lessons.registered(on, 2)
    (day,) = on.days.all()
    assert outcome() == 0
    take(day, attending.list_of(day)[:1])
    assert outcome() == 1


def outcome() -> int:
    found = indicators.report(2026, as_of=DAY).figures
    return next(one.outcome for one in found if one.code == Indicator.EDUCATORS)
