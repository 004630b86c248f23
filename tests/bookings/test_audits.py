"""`verify_ledger` over the lines whose bookings have several days: conferences and courses."""

import datetime as dt

import pytest
from django.utils import translation

from bookings.conferences import audit as conferences_audit
from bookings.conferences.operations import changing
from bookings.courses import audit as courses_audit
from bookings.courses.operations import attending
from tests.bookings.conferences import rooms
from tests.bookings.courses import lessons
from tests.bookings.schools import classes
from visitors import attendance
from visitors.models import Arrival, Visit

pytestmark = pytest.mark.django_db


def test_each_day_of_a_conference_is_held_against_the_desk():
    room = rooms.room()
    made = rooms.booked(rooms.day(room), rooms.day(room, date=rooms.DAY + dt.timedelta(days=7)))
    assert list(conferences_audit.differences()) == []
    second = made.days.last()
    Arrival.objects.filter(code=second.code).update(expected_participants=9)
    with translation.override("sv"):
        [told] = map(str, conferences_audit.differences())
    assert told.startswith(f"bokning {second.code}")
    assert "förväntat 40, funnet 9" in told
    Arrival.objects.filter(code=second.code).update(
        expected_participants=40, starts_at=rooms.NOW, status="expected"
    )
    assert len(list(conferences_audit.differences())) == 1
    changing.cancel(made.code, by=rooms.guest(), at=rooms.NOW)
    assert list(conferences_audit.differences()) == []
    Arrival.objects.filter(code=second.code).update(status="expected")  # announced, and nobody booked it
    assert [(one.expected, one.found) for one in conferences_audit.differences()] == [(0, 40)]


def test_whoever_attended_a_course_is_in_the_ledger():
    on = lessons.round_()
    lessons.registered(on, 2)
    (day,) = on.days.all()
    people = [one.pk for one in attending.list_of(day)]
    educator = classes.staff("educator")
    attending.take(day.pk, present=people, listed=people, by=educator, at=day.occasion.starts_at)
    assert list(courses_audit.differences()) == []
    visit = Visit.objects.earliest("pk")
    attendance.take_back(visit, by=educator)  # behind the list's back
    assert [one.rows for one in courses_audit.differences()] == [(visit.pk,)]
