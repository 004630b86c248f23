"""Many at once, on real connections: never more children than places, one draw, nobody counted twice."""

from collections import Counter

import pytest

from bookings.leisure.models import Draw, Enrolment
from bookings.leisure.operations import attending, drawing, enrolling
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import CLOSES, DRAWN, NOW
from tests.bookings.schools.test_together import all_at_once
from visitors.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_children_after_the_last_places_while_one_leaves():
    group = clubs.group(capacity=5, meetings=1)
    first = clubs.enrolled(group)
    by = clubs.planner()
    wishes = [clubs.wish() for _n in range(11)]
    calls = [
        lambda wish=wish: enrolling.request(group.pk, **wish, verified_email=wish["contact_email"])
        for wish in wishes
    ]
    calls.insert(6, lambda: enrolling.leave(first.code, by=by, at=NOW))
    said = Counter(type(one).__name__ for one in all_at_once(calls))
    assert said == {"Enrolment": 12}
    everybody = Enrolment.objects.filter(group=group)
    assert (everybody.placed().count(), everybody.waiting().count()) == (5, 6)
    assert len(set(everybody.values_list("ticket", flat=True))) == 12


def test_a_draw_is_held_once_while_others_apply():
    group = clubs.group(capacity=3, meetings=1, closes_at=CLOSES)
    for _n in range(6):
        clubs.enrolled(group)
    wishes = [clubs.wish(at=DRAWN) for _n in range(4)]
    calls = [lambda: drawing.hold(group.pk, at=DRAWN)] * 4
    calls += [
        lambda wish=wish: enrolling.request(group.pk, **wish, verified_email=wish["contact_email"])
        for wish in wishes
    ]
    said = Counter(type(one).__name__ for one in all_at_once(calls))
    assert said == {"Draw": 4, "Enrolment": 4}
    assert (Draw.objects.count(), len(Draw.objects.get().parties)) == (1, 6)
    assert Enrolment.objects.filter(group=group).placed().count() == 3
    assert len(clubs.mails("drawn")) == 3


def test_two_who_take_the_same_list_write_one_visit_each_child():
    group = clubs.group(meetings=1)
    listed = [clubs.enrolled(group).pk for _n in range(6)]
    meeting, by = group.meetings.get(), clubs.planner()
    at = meeting.occasion.starts_at
    call = lambda: attending.take(meeting.pk, present=listed, listed=listed, by=by, at=at)  # noqa: E731
    assert all_at_once([call] * 5) == [6] * 5
    assert Visit.objects.count() == 6
