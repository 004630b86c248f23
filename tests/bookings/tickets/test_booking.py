"""Tickets: held, proved, cancelled, sold; never more people than places."""

import datetime as dt

import pytest

from bookings.common import refusals as common
from bookings.common.models import Status
from bookings.tickets.models import TicketBooking
from bookings.tickets.operations import booking, planning, refusals, selling
from navet.accounts.actor import Actor
from navet.accounts.operations import WrongCode
from navet.house.models import Occasion
from navet.house.refusals import OutsideOpeningHours, RoomTaken
from tests.bookings.schools import classes
from tests.bookings.tickets import shows
from tests.bookings.tickets.shows import NOW
from visitors import refusals as desk
from visitors.models import Arrival, CheckIn, Visit

pytestmark = pytest.mark.django_db
LATE = NOW + dt.timedelta(minutes=31)


def free(slot) -> int:
    return type(slot).objects.with_places(NOW).get(pk=slot.pk).free


def test_request_holds_places_until_the_code_confirms_them():
    on = shows.slot()
    made = booking.request(on.pk, **shows.wish(tickets={"adult": 2, "child": 3, "companion": 1}))
    assert (made.status, made.places, made.price_ore) == (Status.HELD, 6, 2 * 12_000 + 3 * 8_000)
    assert made.holds_until == NOW + dt.timedelta(minutes=30)
    assert free(on) == 24
    assert not Arrival.objects.exists()
    done = booking.confirm(made.code, pin=shows.pin_of(made.code), at=NOW)
    assert (done.status, done.confirmed_at, done.holds_until) == (Status.CONFIRMED, NOW, None)
    arrival = Arrival.objects.get(code=made.code)
    assert (arrival.expected_participants, arrival.expected_adults) == (3, 3)
    assert [effect.payload["args"] for effect in shows.mails("confirmed")] == [{"booking_id": made.pk}]


def test_confirm_again_changes_nothing():
    made = shows.confirmed()
    assert booking.prove(made.code, at=NOW).version == made.version
    assert len(shows.mails("confirmed")) == 1


def test_a_wrong_code_confirms_nothing():
    made = booking.request(shows.slot().pk, **shows.wish())
    wrong = f"{(int(shows.pin_of(made.code)) + 1) % 10**6:06d}"
    with pytest.raises(WrongCode):
        booking.confirm(made.code, pin=wrong, at=NOW)
    assert TicketBooking.objects.get().status == Status.HELD


def test_the_code_of_another_booking_confirms_nothing():
    on = shows.slot()
    made = booking.request(on.pk, **shows.wish())
    other = booking.request(on.pk, **shows.wish(contact_email="lars@hem.example"))
    with pytest.raises(WrongCode):
        booking.confirm(made.code, pin=shows.pin_of(other.code), at=NOW)


def test_request_refuses_more_than_there_is_and_says_how_many_are_left():
    on = shows.slot(capacity=4)
    shows.confirmed(on, tickets={"adult": 3})
    with pytest.raises(refusals.SlotFull) as refused:
        booking.request(on.pk, **shows.wish(tickets={"adult": 2}))
    assert refused.value.extra == {"free_places": 1}
    assert "1" in str(refused.value)


@pytest.mark.parametrize(
    ("tickets", "refusal"),
    [
        ({}, refusals.NoTickets),
        ({"adult": 0}, refusals.NoTickets),
        ({"companion": 1}, refusals.OnlyCompanions),
        ({"adult": 11}, refusals.TooManyTickets),
        ({"pensioner": 1}, refusals.NoSuchTicket),
    ],
)
def test_request_refuses_tickets_that_are_none(tickets, refusal):
    with pytest.raises(refusal):
        booking.request(shows.slot().pk, **shows.wish(tickets=tickets))


def test_request_refuses_what_is_not_on_sale():
    hidden = shows.slot(shows.event(is_published=False))
    later = shows.slot(sale_from=NOW + dt.timedelta(days=1))
    for slot in (hidden, later):
        with pytest.raises(refusals.NotOnSale):
            booking.request(slot.pk, **shows.wish())
    assert shows.confirmed(later, by=shows.planner()).status == Status.CONFIRMED  # planners may


def test_request_refuses_what_has_begun():
    on = shows.slot()
    with pytest.raises(common.Began):
        booking.request(on.pk, **shows.wish(at=on.occasion.starts_at))


def test_one_address_holds_at_most_five_unconfirmed_bookings():
    on = shows.slot()
    for _ in range(5):
        booking.request(on.pk, **shows.wish())
    with pytest.raises(common.TooManyHolds):
        booking.request(on.pk, **shows.wish())


def test_a_hold_that_ran_out_frees_its_places_at_once_and_is_tidied_later():
    on = shows.slot(capacity=3)
    held = booking.request(on.pk, **shows.wish())
    with pytest.raises(refusals.SlotFull):
        booking.request(on.pk, **shows.wish())
    other = booking.request(on.pk, **shows.proved(at=LATE, contact_email="lars@hem.example"))
    assert other.status == Status.CONFIRMED
    assert booking.tidy(at=LATE) == 1
    assert TicketBooking.objects.get(pk=held.pk).status == Status.LAPSED
    with pytest.raises(common.HoldLapsed) as refused:
        booking.prove(held.code, at=LATE)
    assert refused.value.extra == {"free_places": 0}


@pytest.mark.parametrize("tidied", [False, True])
def test_a_late_code_confirms_while_there_is_room(tidied):
    held = booking.request(shows.slot().pk, **shows.wish())
    if tidied:
        booking.tidy(at=LATE)
    assert booking.prove(held.code, at=LATE).status == Status.CONFIRMED


def test_cancel_frees_the_places_and_the_desk_expects_nobody():
    on = shows.slot()
    made = shows.confirmed(on)
    gone = booking.cancel(made.code, by=Actor(email=shows.VISITOR), at=NOW)
    assert (gone.status, free(on)) == (Status.CANCELLED, 30)
    assert Arrival.objects.get().status == Arrival.Status.CANCELLED
    assert booking.cancel(made.code, by=None, at=NOW).version == gone.version
    assert len(shows.mails("cancelled")) == 1


def test_cancel_is_the_contacts_and_the_planners_alone():
    made = shows.confirmed()
    for by in (Actor(email="lars@hem.example"), Actor(), classes.staff("desk"), classes.staff("finance")):
        with pytest.raises(common.NotYourBooking):
            booking.cancel(made.code, by=by, at=NOW)
    assert booking.cancel(made.code, by=shows.planner(), at=NOW).status == Status.CANCELLED


def test_cancel_refuses_a_stale_version_and_a_party_that_is_here():
    on = shows.slot(day=NOW.date())
    made = shows.confirmed(on)
    with pytest.raises(common.ChangedMeanwhile):
        booking.cancel(made.code, version=7, by=None, at=NOW)
    by = classes.staff("desk")
    desk_check_in(made.code, by)
    with pytest.raises(desk.AlreadyCheckedIn):
        booking.cancel(made.code, by=None, at=NOW)
    assert TicketBooking.objects.get().status == Status.CONFIRMED


def desk_check_in(code: str, by: Actor) -> CheckIn:
    from visitors import operations

    return operations.check_in(code, participants=1, adults=1, by=by, at=NOW)


def test_visible_to_shows_staff_all_and_a_visitor_her_own():
    mine = shows.confirmed()
    shows.confirmed(contact_email="lars@hem.example")
    seen = TicketBooking.objects.visible_to
    assert seen(shows.planner()).count() == 2
    assert list(seen(Actor(email=shows.VISITOR))) == [mine]
    assert not seen(Actor()).exists()
    assert not seen(None).exists()
    assert not seen(classes.staff("educator")).exists()


def test_sell_takes_the_same_places_and_checks_in():
    on = shows.slot(day=NOW.date(), capacity=4)
    by = classes.staff("desk")
    sold = selling.sell(on.pk, tickets={"adult": 1, "child": 2}, check_in=True, by=by, at=NOW)
    assert (sold.status, sold.at_desk, sold.booked_by, sold.price_ore) == (
        Status.CONFIRMED, True, by.user, 28_000,
    )  # fmt: skip
    assert CheckIn.objects.get().arrival.code == sold.code
    assert dict(Visit.objects.values_list("category", "count")) == {"child": 2, "adult": 1}
    assert free(on) == 1
    with pytest.raises(refusals.SlotFull):
        selling.sell(on.pk, tickets={"adult": 2}, check_in=False, by=by, at=NOW)
    assert not shows.mails("confirmed")


def test_sell_checks_in_nobody_for_another_day_and_sells_nothing_that_is_over():
    on, by = shows.slot(), classes.staff("desk")
    with pytest.raises(refusals.NotToday):
        selling.sell(on.pk, tickets={"adult": 1}, check_in=True, by=by, at=NOW)
    with pytest.raises(refusals.NotOnSale):
        selling.sell(on.pk, tickets={"adult": 1}, check_in=False, by=by, at=on.occasion.ends_at)
    assert not TicketBooking.objects.exists()


def test_plan_slots_makes_what_can_be_and_tells_of_the_rest():
    room = shows.house()
    event, by = shows.event(room), shows.planner()
    starts = planning.starts_of(
        first=shows.DAY,
        last=shows.DAY + dt.timedelta(days=5),
        weekdays=[1, 2, 5],
        times=[dt.time(11), dt.time(11, 30)],
    )
    planned = planning.plan_slots(event, starts=starts, rooms=[room], by=by, at=NOW)
    assert [slot.occasion.starts_at.strftime("%a %H:%M") for slot in planned.slots] == [
        "Tue 11:00",
        "Wed 11:00",
    ]
    assert [type(refusal) for _at, refusal in planned.gaps] == [RoomTaken, RoomTaken] + [
        OutsideOpeningHours
    ] * 2


def test_plan_slots_of_one_time_raises_its_reason():
    with pytest.raises(OutsideOpeningHours):
        shows.slot(clock="20:00")
    with pytest.raises(refusals.SlotInThePast):
        shows.slot(at=NOW + dt.timedelta(days=90))


def test_change_capacity_never_below_what_is_taken():
    on = shows.slot()
    shows.confirmed(on)
    with pytest.raises(refusals.FewerThanBooked) as refused:
        planning.change_capacity(on.pk, capacity=2, by=shows.planner(), at=NOW)
    assert refused.value.extra == {"taken": 3}
    planning.change_capacity(on.pk, capacity=3, by=shows.planner(), at=NOW)
    assert free(on) == 0


def test_cancel_slot_tells_everybody_who_holds_tickets():
    on = shows.slot()
    made, held = shows.confirmed(on), booking.request(on.pk, **shows.wish(contact_email="lars@hem.example"))
    planning.cancel_slot(on.pk, reason="Sjukdom", by=shows.planner(), at=NOW)
    assert Occasion.objects.get(pk=on.pk).status == Occasion.Status.CANCELLED
    assert set(TicketBooking.objects.values_list("status", flat=True)) == {Status.CANCELLED}
    assert [effect.payload["args"]["booking_id"] for effect in shows.mails("called_off")] == [made.pk]
    with pytest.raises(common.Cancelled):
        booking.request(on.pk, **shows.wish())
    assert booking.prove(held.code, at=NOW).status == Status.CANCELLED
