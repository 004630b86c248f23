"""Many at once, on real connections: never more people than places."""

from collections import Counter

import pytest

from bookings.common.models import Status
from bookings.tickets.models import TicketBooking
from bookings.tickets.operations import booking, planning, refusals, selling
from navet.errors import Refused
from tests.bookings.schools import classes
from tests.bookings.schools.test_together import all_at_once
from tests.bookings.tickets import shows
from tests.bookings.tickets.shows import NOW
from visitors.models import Arrival


def taken(on) -> int:
    return sum(TicketBooking.objects.filter(occasion=on.pk).holding(NOW).values_list("places", flat=True))


@pytest.mark.django_db(transaction=True)
def test_twenty_after_the_last_eight_tickets_are_eight():
    on = shows.slot(capacity=20)
    shows.confirmed(on, tickets={"adult": 6, "child": 4})
    shows.confirmed(on, tickets={"adult": 2})
    asked = [shows.proved(tickets={"adult": 1}, contact_email=f"v{n}@hem.example") for n in range(20)]
    answers = all_at_once([lambda wish=wish: booking.request(on.pk, **wish) for wish in asked])
    said = Counter(one.status if isinstance(one, TicketBooking) else type(one).__name__ for one in answers)
    assert said == {Status.CONFIRMED: 8, "SlotFull": 12}
    assert taken(on) == 20
    assert Arrival.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_online_and_the_desk_share_the_last_places():
    on, by = shows.slot(capacity=9), classes.staff("desk")
    online = [
        shows.wish(tickets={"child": 2, "adult": 1}, contact_email=f"o{n}@hem.example") for n in range(6)
    ]
    calls = [lambda wish=wish: booking.request(on.pk, **wish) for wish in online]
    calls += [lambda: selling.sell(on.pk, tickets={"adult": 2}, check_in=False, by=by, at=NOW)] * 6
    answers = all_at_once(calls)
    assert {type(one) for one in answers} == {TicketBooking, refusals.SlotFull}
    assert taken(on) in (8, 9)


@pytest.mark.django_db(transaction=True)
def test_a_slot_called_off_while_people_book_has_nobody_left():
    on, by = shows.slot(capacity=50), shows.planner()
    asked = [shows.proved(contact_email=f"c{n}@hem.example") for n in range(8)]
    calls = [lambda wish=wish: booking.request(on.pk, **wish) for wish in asked]
    calls.insert(4, lambda: planning.cancel_slot(on.pk, reason="Sjukdom", by=by, at=NOW))
    answers = all_at_once(calls)
    assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)] == []
    assert taken(on) == 0
    assert not Arrival.objects.expected().exists()


@pytest.mark.django_db(transaction=True)
def test_a_late_code_and_somebody_else_after_the_freed_places():
    on = shows.slot(capacity=3)
    held = booking.request(on.pk, **shows.wish())
    late = held.holds_until
    other = shows.proved(contact_email="lars@hem.example", at=late)
    answers = all_at_once(
        [
            lambda: booking.prove(held.code, at=late),
            lambda: booking.request(on.pk, **other),
            lambda: booking.tidy(at=late),
        ]
    )
    confirmed = TicketBooking.objects.filter(status=Status.CONFIRMED)
    assert confirmed.count() == 1, answers
