"""Many at once, on real connections: one party in a room, whatever came first."""

from collections import Counter

import pytest

from bookings.common.models import Status
from bookings.groups.models import GroupBooking
from bookings.groups.operations import booking
from navet.errors import Refused
from navet.house.models import RoomUse
from tests.bookings.groups import parties
from tests.bookings.schools.test_together import all_at_once
from tests.navet.house import making
from visitors.models import Arrival


@pytest.mark.django_db(transaction=True)
def test_ten_parties_after_two_rooms_are_two():
    package = parties.package(parties.house(), parties.house(), at_once=5)
    asked = [parties.proved(package, contact_email=f"p{n}@hem.example") for n in range(10)]
    answers = all_at_once([lambda wish=wish: booking.request(**wish) for wish in asked])
    said = Counter(one.status if isinstance(one, GroupBooking) else type(one).__name__ for one in answers)
    assert said == {Status.CONFIRMED: 2, "TimeTaken": 8}
    assert RoomUse.objects.filter(holds=True).count() == 2
    assert Arrival.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_packages_and_a_planner_after_one_room_are_one():
    room = parties.house()
    making.open_weekdays("08:00", "17:00")
    one, other = parties.package(room), parties.package(room)
    calls = [
        lambda: booking.request(**parties.proved(one)),
        lambda: booking.request(**parties.proved(other, contact_email="lars@hem.example")),
        lambda: making.plan(making.hours(parties.DAY, "12:00", "13:00"), rooms=(room,)),
    ]
    answers = all_at_once(calls)
    assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)] == []
    assert sum(isinstance(one, Refused) for one in answers) == 2
    assert RoomUse.objects.filter(holds=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_late_code_somebody_else_and_the_tidying_leave_one_in_the_room():
    package = parties.package()
    held = booking.request(**parties.wish(package))
    late = held.holds_until
    other = parties.proved(package, contact_email="lars@hem.example", at=late)
    answers = all_at_once(
        [
            lambda: booking.prove(held.code, at=late),
            lambda: booking.request(**other),
            lambda: booking.tidy(at=late),
            lambda: booking.prove(held.code, at=late),
        ]
    )
    assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)] == []
    assert GroupBooking.objects.filter(status=Status.CONFIRMED).count() == 1, answers
    assert RoomUse.objects.filter(holds=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_at_once_is_one_booking():
    package = parties.package(parties.house(), parties.house(), at_once=2)
    asked = parties.proved(package, code="7K3M9QX2ZD")
    answers = all_at_once([lambda: booking.request(**asked)] * 8)
    assert {one.code for one in answers} == {"7K3M9QX2ZD"}
    assert (GroupBooking.objects.count(), RoomUse.objects.count()) == (1, 1)
