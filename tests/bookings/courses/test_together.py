"""Many at once, on real connections: never more persons than places, nobody twice, nobody counted twice."""

from collections import Counter

import pytest

from bookings.common.models import Status
from bookings.courses.models import Registration
from bookings.courses.operations import attending, registering
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import NOW
from tests.bookings.schools import classes
from tests.bookings.schools.test_together import all_at_once
from visitors.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_teams_after_the_last_places_leave_and_queue_at_once():
    on = lessons.round_(capacity=10)
    school, by = classes.school(), classes.teacher()
    first = lessons.registered(on, 4, school=school)
    asked = [
        lessons.proved(3, school=school, waiting_list=n % 2 == 0, contact_email=f"t{n}@skola.example")
        for n in range(12)
    ]
    calls = [lambda wish=wish: registering.request(on.pk, **wish) for wish in asked]
    calls.insert(6, lambda: registering.cancel(first.code, by=by, at=NOW))
    said = Counter(type(one).__name__ for one in all_at_once(calls))
    assert set(said) <= {"Registration", "RoundFull"}
    placed = Registration.objects.filter(round=on).placed()
    assert (
        sum(placed.values_list("persons", flat=True)) == 9
    )  # three teams; one place is too small for the next
    waiting = Registration.objects.filter(round=on).waiting()
    assert placed.count() + waiting.count() + said["RoundFull"] == 12
    assert waiting.filter(status=Status.CONFIRMED).count() >= 3


def test_two_who_take_the_same_list_write_one_visit_each_person():
    on = lessons.round_(capacity=10)
    lessons.registered(on, 8)
    day = on.days.get()
    listed = [one.pk for one in attending.list_of(day)]
    at, by = day.occasion.starts_at, classes.staff("educator")
    call = lambda: attending.take(day.pk, present=listed, listed=listed, by=by, at=at)  # noqa: E731
    assert all_at_once([call] * 6) == [8] * 6
    assert Visit.objects.count() == 8
