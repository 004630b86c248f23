"""What the forms offer: free rooms and educators, turnaround on both sides."""

import pytest

from navet.house import availability, operations
from tests.navet.house import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open():
    making.open_weekdays()


def slugs(period, **more):
    return [room.slug for room in availability.free_rooms(period, **more)]


def test_free_rooms_leaves_out_the_taken_and_what_shares_their_floor():
    making.divisible_hall()
    kuben = making.room("kuben")
    making.room("gammal", is_active=False)
    assert slugs(making.hours()) == ["east", "hall", "kuben", "west"]
    from navet.house.models import Room

    making.plan(rooms=(Room.objects.get(slug="east"), kuben))
    assert slugs(making.hours()) == ["west"]


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [
        ("10:15", "11:00", True),
        ("10:14", "11:00", False),
        ("08:00", "08:45", True),
        ("08:00", "08:46", False),
    ],
)
def test_free_rooms_agree_with_the_operation_about_turnaround(start, end, free):
    kuben = making.room("kuben")
    making.plan(rooms=(kuben,))
    assert slugs(making.hours(start=start, end=end)) == (["kuben"] if free else [])


def test_what_is_being_moved_does_not_stand_in_its_own_way():
    kuben, ada = making.room("kuben"), making.user("ada@navet.test")
    occasion = making.plan(rooms=(kuben,), educators=(ada,))
    period = making.hours(start="09:30", end="10:30")
    assert slugs(period) == []
    assert slugs(period, moving=occasion) == ["kuben"]
    assert list(availability.free_educators(period)) == []
    assert list(availability.free_educators(period, moving=occasion)) == [ada]


def test_a_cancelled_occasion_leaves_its_room_and_educator_free():
    kuben, ada = making.room("kuben"), making.user("ada@navet.test")
    occasion = making.plan(rooms=(kuben,), educators=(ada,))
    operations.cancel_occasion(occasion, by=None, at=making.NOW)
    assert slugs(making.hours()) == ["kuben"]
    assert list(availability.free_educators(making.hours())) == [ada]
