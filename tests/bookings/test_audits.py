"""`verify_ledger` over the lines whose bookings have several days: conferences, courses and leisure groups."""

import datetime as dt

import pytest
from django.utils import translation

from bookings.conferences import audit as conferences_audit
from bookings.conferences.operations import leaving
from bookings.courses import audit as courses_audit
from bookings.courses.operations import attending
from bookings.leisure import audit as leisure_audit
from bookings.leisure.models import Attendance
from bookings.leisure.operations import attending as leading
from bookings.leisure.operations import planning
from tests.bookings.conferences import rooms
from tests.bookings.courses import lessons
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes
from visitors import attendance, audit
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
    leaving.cancel(made.code, by=rooms.guest(), at=rooms.NOW)
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


def test_whoever_was_in_a_leisure_group_is_in_the_ledger():
    group = clubs.group(meetings=2)
    children = [clubs.enrolled(group).pk for _n in range(3)]
    first, second = group.meetings.all()
    by = clubs.planner()
    leading.take(first.pk, present=children, listed=children, by=by, at=first.occasion.starts_at)
    assert [*audit.all_differences()] == []
    lost, moved, kept = Attendance.objects.order_by("pk")
    attendance.take_back(lost.visit, by=by)  # behind the list's back
    Attendance.objects.filter(pk=moved.pk).update(meeting=second)
    told = list(audit.all_differences())
    assert [(one.rows, one.expected, one.found) for one in told] == [
        ((lost.visit_id,), 1, 0),
        ((moved.visit_id,), 1, 0),
    ]
    with translation.override("sv"):
        assert f"närvaro {lost.pk} i en fritidsgrupp" in str(told[0])
    Attendance.objects.exclude(pk=kept.pk).delete()
    planning.call_off_meeting(first.pk, reason="Lov", by=by, at=clubs.NOW)
    assert [one.rows for one in leisure_audit.differences()] == [(kept.visit_id,)]
