"""Many at once, on real connections: one party in a room, whatever came first."""

import datetime as dt
from collections import Counter

import pytest

from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import reserving
from bookings.conferences.operations.refusals import PartsTaken
from navet.errors import Refused
from navet.house.models import Duty, Occasion, RoomUse
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.bookings.schools.test_together import all_at_once
from tests.navet.house import making
from visitors.models import Arrival

pytestmark = pytest.mark.django_db(transaction=True)


def after(*days, number: int = 1, **fields):
    """Somebody who asks for these days, on a connection of her own."""
    email = f"gast{number}@foretaget.example"
    return lambda: rooms.reserve(rooms.wish(*days), email=email, **fields)


def no_faults(answers: list[object]) -> list[object]:
    return [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_two_guests_after_one_room_are_one_and_the_other_is_told_what_is_free():
    room, other = rooms.room(), rooms.room("andra")
    answers = all_at_once([after(rooms.day(room), number=1), after(rooms.day(room), number=2)])
    assert Counter(type(one).__name__ for one in answers) == {"Reservation": 1, "PartsTaken": 1}
    told = next(one for one in answers if isinstance(one, PartsTaken))
    assert told.extra["taken"] == [{"date": DAY.isoformat(), "what": room.slug, "why": "room"}]
    assert told.extra["rooms"] == [other.slug]
    assert (RoomUse.objects.filter(holds=True).count(), Arrival.objects.count()) == (1, 1)


def test_a_guest_and_a_school_after_one_room_are_one():
    room = rooms.room()
    school = lambda: making.plan(making.hours(DAY, "09:00", "10:00"), rooms=(room,))  # noqa: E731
    answers = all_at_once([after(rooms.day(room)), school])
    assert no_faults(answers) == []
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert RoomUse.objects.filter(holds=True).count() == 1


def test_a_half_hall_and_the_whole_hall_are_one():
    whole, east, west = rooms.hall()
    answers = all_at_once([after(rooms.day(whole), number=1), after(rooms.day(east), number=2)])
    assert no_faults(answers) == []
    assert sum(isinstance(one, Refused) for one in answers) == 1
    halves = all_at_once([after(rooms.day(west, date=DAY + dt.timedelta(days=1)), number=n) for n in (3, 4)])
    assert sum(isinstance(one, Reservation) for one in halves) == 1


def test_twenty_pairs_after_a_room_each_day_are_twenty():
    """Every pair meets the others too: all want the one educator of the show, each at another day."""
    room, show = rooms.room(), rooms.show()
    days = [DAY + dt.timedelta(days=n) for n in range(28) if (DAY + dt.timedelta(days=n)).weekday() < 5][:20]
    calls = [
        after(rooms.day(room, date=day, add_ons=(show,)), number=2 * n + side)
        for n, day in enumerate(days)
        for side in (0, 1)
    ]
    answers = all_at_once(calls)
    assert no_faults(answers) == []
    pairs = [answers[n : n + 2] for n in range(0, 40, 2)]
    assert [sum(isinstance(one, Reservation) for one in pair) for pair in pairs] == [1] * 20
    assert [sum(isinstance(one, PartsTaken) for one in pair) for pair in pairs] == [1] * 20
    held = RoomUse.objects.filter(holds=True).count(), Duty.objects.filter(holds=True).count()
    assert held == (40, 20)


def test_twenty_pairs_of_a_conference_in_half_a_hall_and_a_class_in_the_whole_are_twenty():
    """Both halves in turn; whoever loses leaves nothing behind, and a guest is told what is taken."""
    whole, east, west = rooms.hall()
    days = [DAY + dt.timedelta(days=n) for n in range(28) if (DAY + dt.timedelta(days=n)).weekday() < 5][:20]
    calls = []
    for n, day in enumerate(days):
        calls.append(after(rooms.day((east, west)[n % 2], date=day), number=n))
        calls.append(lambda day=day: making.plan(making.hours(day, "09:00", "11:00"), rooms=(whole,)))
    answers = all_at_once(calls)
    assert no_faults(answers) == []
    guests, classes = answers[::2], answers[1::2]
    won = [isinstance(one, Reservation) for one in guests]
    assert [isinstance(one, Occasion) for one in classes] == [not one for one in won]
    told = [one for one in guests if isinstance(one, PartsTaken)]
    assert [len(one.extra["taken"]) for one in told] == [1] * (20 - sum(won))
    # A half is one cell, the whole two.
    held = Counter(RoomUse.objects.filter(holds=True).values_list("occasion__kind", flat=True))
    assert (held["conference"], held["school_session"]) == (sum(won), 2 * (20 - sum(won)))
    assert Reservation.objects.count() == Arrival.objects.count() == sum(won)


def test_many_days_and_single_days_in_both_directions_do_not_lock_each_other_out():
    room, other = rooms.room(), rooms.room("andra")
    days = [DAY + dt.timedelta(days=n) for n in range(3)]
    long = [rooms.day(room, other, date=day) for day in days]
    calls = [after(*long, number=1)]
    calls += [after(rooms.day(other, room, date=day), number=n) for n, day in enumerate(reversed(days), 2)]
    answers = all_at_once(calls)
    assert no_faults(answers) == []
    whole = isinstance(answers[0], Reservation)
    assert sum(isinstance(one, Reservation) for one in answers[1:]) == (0 if whole else 3)


def test_an_option_that_lapses_is_taken_by_one_of_those_who_wait():
    room = rooms.room()
    option = rooms.reserve(rooms.wish(rooms.day(room)), asked="option")
    late = option.holds_until
    answers = all_at_once([after(rooms.day(room), number=n, at=late) for n in range(2, 5)])
    assert no_faults(answers) == []
    assert sum(isinstance(one, Reservation) for one in answers) == 1
    assert Reservation.objects.filter(status=Status.CONFIRMED).count() == 1


def test_a_quote_accepted_twice_at_once_is_one_booking_and_one_order():
    room = rooms.room()
    quoted = rooms.reserve(rooms.wish(rooms.day(room)), asked="quote")
    accept = lambda: reserving.accept(quoted.code, number=1, by=rooms.guest(), at=NOW)  # noqa: E731
    answers = all_at_once([accept] * 4)
    assert no_faults(answers) == []
    assert len(rooms.mails("confirmed")) == 1
    assert Arrival.objects.count() == 1
