"""The queue: who is offered what, in which order, until when."""

import datetime as dt

import pytest

from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, changing, refusals, waiting
from navet import periods
from navet.house.models import Occasion
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
Status = SchoolBooking.Status


def full_session(*pupils: int, capacity: int = 30):
    """A session taken by one class, and a queue of classes in order."""
    on = classes.session(capacity=capacity)
    holder = classes.confirmed(on, pupils=capacity)
    queue = [
        classes.queued(on, pupils=n, contact_email=f"w{i}@skola.example", at=NOW + dt.timedelta(minutes=i))
        for i, n in enumerate(pupils)
    ]
    return on, holder, queue


def states(queue):
    found = dict(SchoolBooking.objects.values_list("pk", "status"))
    return [found[one.pk] for one in queue]


def test_a_freed_place_is_offered_to_the_first_in_the_queue():
    _on, holder, queue = full_session(20, 20)
    changing.cancel(holder.code, by=None, at=NOW)
    assert states(queue) == [Status.OFFERED, Status.WAITING]
    offered = SchoolBooking.objects.get(pk=queue[0].pk)
    assert offered.holds_until == NOW + dt.timedelta(hours=48)
    assert len(classes.mails("offered")) == 1


def test_who_does_not_fit_is_passed_over_and_told_once():
    _on, holder, queue = full_session(25, 8, 7)
    changing.change(holder.code, pupils=22, by=None, at=NOW)
    assert states(queue) == [Status.WAITING, Status.OFFERED, Status.WAITING]
    changing.change(holder.code, pupils=15, by=None, at=NOW)
    assert states(queue) == [Status.WAITING, Status.OFFERED, Status.OFFERED]
    large = SchoolBooking.objects.get(pk=queue[0].pk)
    assert (large.passed_over, large.passed_over_at) == (2, NOW)
    assert len(classes.mails("passed_over")) == 1


def test_nobody_is_passed_over_when_nobody_behind_fits():
    _on, holder, queue = full_session(25, 20)
    changing.change(holder.code, pupils=22, by=None, at=NOW)
    assert states(queue) == [Status.WAITING, Status.WAITING]
    assert SchoolBooking.objects.get(pk=queue[0].pk).passed_over == 0


def test_the_cap_on_groups_holds_for_offers():
    on = classes.session(capacity=60, max_groups=1)
    holder = classes.confirmed(on)
    first, second = classes.queued(on, pupils=10), classes.queued(on, pupils=10)
    changing.cancel(holder.code, by=None, at=NOW)
    assert states([first, second]) == [Status.OFFERED, Status.WAITING]


def test_position_in_the_queue():
    _on, _holder, queue = full_session(20, 8, 7)
    assert [waiting.position(one) for one in queue] == [1, 2, 3]


def test_accepting_confirms_and_accepting_again_changes_nothing():
    _on, holder, (first,) = full_session(20)
    changing.cancel(holder.code, by=None, at=NOW)
    for _ in range(2):
        done = waiting.accept_offer(first.code, by=classes.teacher("w0@skola.example"), at=NOW)
    assert (done.status, done.confirmed_at) == (Status.CONFIRMED, NOW)
    assert Arrival.objects.filter(code=first.code, expected_participants=20).exists()
    confirmations = [e for e in classes.mails("confirmed") if e.payload["args"]["booking_id"] == first.pk]
    assert len(confirmations) == 1


def test_declining_offers_the_place_on():
    _on, holder, (first, second) = full_session(20, 20)
    changing.cancel(holder.code, by=None, at=NOW)
    waiting.decline_offer(first.code, by=classes.teacher("w0@skola.example"), at=NOW)
    assert states([first, second]) == [Status.CANCELLED, Status.OFFERED]


def test_an_offer_that_nobody_answered_goes_to_the_next():
    _on, holder, (first, second) = full_session(20, 20)
    changing.cancel(holder.code, by=None, at=NOW)
    later = NOW + dt.timedelta(hours=48)
    with pytest.raises(refusals.OfferLapsed):
        waiting.accept_offer(first.code, by=None, at=later)
    assert waiting.tidy(at=later) == 1
    assert states([first, second]) == [Status.LAPSED, Status.OFFERED]
    assert len(classes.mails("offer_lapsed")) == 1
    with pytest.raises(refusals.OfferLapsed):
        waiting.accept_offer(first.code, by=None, at=later)


def test_somebody_else_cannot_accept():
    _on, holder, (first,) = full_session(20)
    changing.cancel(holder.code, by=None, at=NOW)
    with pytest.raises(refusals.NotYourBooking):
        waiting.accept_offer(first.code, by=classes.teacher("w1@skola.example"), at=NOW)


def test_a_waiting_class_that_shrinks_may_fit():
    _on, _holder, (first,) = full_session(20, capacity=30)
    changing.change(_holder.code, pupils=22, by=None, at=NOW)
    assert states([first]) == [Status.WAITING]
    changing.change(first.code, pupils=8, by=None, at=NOW)
    assert states([first]) == [Status.OFFERED]


def test_an_offer_drops_a_lunch_that_filled_up():
    on, sitting = classes.session(), classes.lunch(capacity=35)
    holder = classes.confirmed(on, pupils=30, adults=2, lunch_id=sitting.pk)
    waiter = classes.queued(on, lunch_id=sitting.pk)
    classes.confirmed(pupils=5, adults=0)
    changing.cancel(holder.code, by=None, at=NOW)
    assert SchoolBooking.objects.get(pk=waiter.pk).lunch == sitting
    on, sitting = classes.session(), classes.lunch(capacity=35)
    holder = classes.confirmed(on, pupils=30, adults=2)
    waiter = classes.queued(on, lunch_id=sitting.pk)
    classes.confirmed(pupils=30, adults=2, lunch_id=sitting.pk)
    changing.cancel(holder.code, by=None, at=NOW)
    found = SchoolBooking.objects.get(pk=waiter.pk)
    assert (found.status, found.lunch) == (Status.OFFERED, None)


def test_a_cancelled_lunch_in_the_queue_stops_nobody():
    on, sitting = classes.session(), classes.lunch()
    holder = classes.confirmed(on, pupils=30)
    waiter = classes.queued(on, lunch_id=sitting.pk)
    Occasion.objects.filter(pk=sitting.pk).update(status="cancelled", cancelled_at=NOW)
    changing.cancel(holder.code, by=None, at=NOW)
    found = SchoolBooking.objects.get(pk=waiter.pk)
    assert (found.status, found.lunch) == (Status.OFFERED, None)


def test_no_offers_once_the_session_has_begun():
    on, holder, queue = full_session(20)
    SchoolBooking.objects.filter(pk=holder.pk).update(status=Status.CANCELLED, cancelled_at=NOW)
    assert classes.in_a_transaction(waiting.offer_next, on, at=on.occasion.starts_at) == 0
    assert waiting.tidy(at=on.occasion.starts_at) == 1
    assert states(queue) == [Status.LAPSED]


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-02-01 12:00", "2026-02-03 12:00"),  # 48 hours, a month before
        ("2026-02-28 18:00", "2026-03-01 18:00"),  # two days left until the eve: half of them
        ("2026-03-02 10:00", "2026-03-02 14:00"),  # eight hours left: four
        ("2026-03-02 17:30", "2026-03-02 18:30"),  # never less than an hour
        ("2026-03-03 07:00", "2026-03-03 08:00"),
        ("2026-03-03 08:30", "2026-03-03 09:00"),  # never past the start
    ],
)
def test_how_long_an_offer_is_held(asked, until):
    def moment(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=periods.HOUSE_ZONE)

    assert waiting.offer_until(moment("2026-03-03 09:00"), moment(asked)) == moment(until)


def test_tidying_lets_holds_and_unanswered_wishes_lapse():
    on = classes.session()
    booking.request(on.pk, **classes.wish(pupils=25))
    booking.request(on.pk, **classes.wish(waiting_list=True, contact_email="w@skola.example"))
    assert waiting.tidy(at=NOW + dt.timedelta(minutes=29)) == 0
    assert waiting.tidy(at=NOW + dt.timedelta(minutes=30)) == 1
    assert waiting.tidy(at=NOW + dt.timedelta(hours=24)) == 1
    assert not SchoolBooking.objects.exclude(status=Status.LAPSED).exists()


def test_the_lapsed_hold_of_one_is_offered_to_the_next():
    on = classes.session()
    booking.request(on.pk, **classes.wish(pupils=30))
    waiter = classes.queued(on, contact_email="w@skola.example")
    waiting.tidy(at=NOW + dt.timedelta(minutes=30))
    assert states([waiter]) == [Status.OFFERED]
