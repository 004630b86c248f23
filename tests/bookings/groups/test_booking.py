"""Groups: a time with its room and educator, held, proved, given back; a group at the desk."""

import datetime as dt

import pytest

from bookings.common import refusals as common
from bookings.common.models import Status
from bookings.groups import times
from bookings.groups.models import GroupBooking
from bookings.groups.operations import booking, receiving, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.operations import WrongCode
from navet.house.models import Closure, Duty, Occasion, RoomUse
from tests.bookings.groups import parties
from tests.bookings.groups.parties import DAY, NOW
from tests.bookings.schools import classes
from tests.navet.house import making
from visitors import refusals as desk
from visitors.models import Arrival, CheckIn, Visit

pytestmark = pytest.mark.django_db
LATE = NOW + dt.timedelta(minutes=31)


def free(package, day: dt.date = DAY, at: dt.datetime = NOW) -> list[str]:
    return [
        f"{time.starts_at.astimezone(periods.HOUSE_ZONE):%H:%M}"
        for time in times.offered(package, day, day, at=at)
        if time.is_free
    ]


def test_request_holds_room_and_educator_until_the_code_confirms():
    ada = making.user("ada@navet.test", "educator")
    package = parties.package(educators=(ada,))
    assert free(package) == ["11:00", "13:30"]
    made = booking.request(**parties.wish(package))
    assert (made.status, made.price_ore, made.vat_permille) == (Status.HELD, 20_000 + 10 * 15_000, 60)
    assert RoomUse.objects.get().occasion == made.occasion
    assert Duty.objects.get().educator == ada
    assert free(package) == ["13:30"]
    assert not Arrival.objects.exists()
    done = booking.confirm(made.code, pin=parties.pin_of(made.code), at=NOW)
    assert (done.status, done.holds_until) == (Status.CONFIRMED, None)
    arrival = Arrival.objects.get(code=made.code)
    assert (arrival.kind, arrival.expected_participants, arrival.expected_adults) == ("group_visit", 10, 2)
    assert len(parties.mails("confirmed")) == 1
    assert booking.prove(made.code, at=NOW).version == done.version


def test_a_taken_time_says_what_is_taken_and_what_is_free_near():
    package = parties.package()
    parties.confirmed(package)
    with pytest.raises(refusals.TimeTaken) as refused:
        booking.request(**parties.wish(package))
    assert refused.value.extra["taken"] == "groups"
    near = [dt.datetime.fromisoformat(one) for one in refused.value.extra["nearest"]]
    assert parties.start(clock="13:30") in near
    assert len(near) == 3
    assert "13:30" in str(refused.value)


def test_a_room_taken_by_others_is_taken_for_the_group_and_its_turnaround_too():
    room = parties.house()
    package = parties.package(room)
    making.plan(making.hours(DAY, "12:40", "13:00"), kind="internal", rooms=(room,))
    assert free(package) == ["13:30"]  # the party ends 12:30 and its turnaround 12:45
    with pytest.raises(refusals.TimeTaken) as refused:
        booking.request(**parties.wish(package))
    assert refused.value.extra["taken"] == "rooms"


def test_another_room_is_taken_when_one_is_and_groups_at_once_are_capped():
    package = parties.package(parties.house(), parties.house(), at_once=2)
    used = {parties.confirmed(package).occasion.room_uses.get().room_id for _ in range(2)}
    assert len(used) == 2
    with pytest.raises(refusals.TimeTaken):
        booking.request(**parties.wish(package))


def test_no_educator_free_is_no_time_free():
    ada = making.user("ada@navet.test", "educator")
    package = parties.package(educators=(ada,))
    making.plan(making.hours(DAY, "11:30", "12:00"), kind="internal", educators=(ada,))
    with pytest.raises(refusals.TimeTaken) as refused:
        booking.request(**parties.wish(package))
    assert refused.value.extra["taken"] == "educators"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"heads": 4}, refusals.GroupTooSmall),
        ({"heads": 16}, refusals.GroupTooLarge),
        ({"starts_at": parties.start(clock="12:00")}, refusals.TimeNotOffered),
        ({"starts_at": parties.start(dt.date(2026, 3, 7))}, refusals.TimeNotOffered),  # a Saturday
        ({"starts_at": parties.start(dt.date(2026, 1, 13))}, refusals.TooSoon),
        ({"starts_at": parties.start(dt.date(2025, 1, 14))}, refusals.TooSoon),
        ({"starts_at": parties.start(dt.date(2026, 6, 2))}, refusals.TooFarAhead),
        ({"package_slug": "finns-inte"}, refusals.NoSuchPackage),
    ],
)
def test_request_refuses_what_the_package_is_not(fields, refusal):
    with pytest.raises(refusal):
        booking.request(**parties.wish(**fields))
    assert not Occasion.objects.exists()


def test_closed_days_and_hours_have_no_times():
    room = parties.house()
    package = parties.package(room, times=[dt.time(9), dt.time(11), dt.time(15)])
    assert free(package) == ["11:00"]  # open 10–16, and a party takes 90 minutes
    Closure.objects.create(days=periods.date_range(DAY, DAY), reason="Golvet slipas", room=room)
    assert free(package) == []
    Closure.objects.create(days=periods.date_range(DAY, DAY), reason="Stängt")
    assert free(package) == []
    assert free(package, dt.date(2026, 4, 3)) == []  # Good Friday


def test_a_package_without_a_price_that_day_or_unpublished_is_not_offered():
    package = parties.package(is_published=False)
    with pytest.raises(refusals.PackageNotOffered):
        booking.request(**parties.wish(package))
    assert parties.confirmed(package, by=parties.planner()).status == Status.CONFIRMED
    later = parties.package()
    later.prices.all().delete()
    parties.price(later, dt.date(2026, 4, 1))
    with pytest.raises(refusals.PackageNotOffered):
        booking.request(**parties.wish(later))


def test_the_price_is_that_of_the_day_of_the_visit_and_stays():
    package = parties.package()
    parties.price(package, dt.date(2026, 3, 4), per_head_ore=20_000)
    before, after = (
        parties.confirmed(package),
        parties.confirmed(package, starts_at=parties.start(dt.date(2026, 3, 4))),
    )
    assert (before.price_ore, after.price_ore) == (170_000, 220_000)


def test_a_hold_that_ran_out_is_in_nobodys_way_before_it_is_tidied():
    package = parties.package()
    held = booking.request(**parties.wish(package))
    assert free(package, at=LATE) == ["11:00", "13:30"]
    other = booking.request(**parties.proved(package, at=LATE, contact_email="lars@hem.example"))
    assert other.status == Status.CONFIRMED
    held.refresh_from_db()
    assert (held.status, held.occasion.status) == (Status.LAPSED, Occasion.Status.CANCELLED)
    with pytest.raises(common.HoldLapsed) as refused:
        booking.prove(held.code, at=LATE)
    assert refused.value.extra["taken"] == "groups"
    assert GroupBooking.objects.get(pk=held.pk).status == Status.LAPSED


@pytest.mark.parametrize("tidied", [False, True])
def test_a_late_code_takes_the_time_again_while_it_is_free(tidied):
    held = booking.request(**parties.wish())
    assert booking.tidy(at=LATE) == 1 if tidied else True
    done = booking.prove(held.code, at=LATE)
    assert (done.status, done.occasion.status) == (Status.CONFIRMED, Occasion.Status.PLANNED)
    assert RoomUse.objects.filter(holds=True).get().occasion == done.occasion


def test_cancel_gives_the_room_back_and_the_desk_expects_nobody():
    package = parties.package()
    made = parties.confirmed(package)
    for by in (Actor(email="lars@hem.example"), Actor(), classes.staff("desk")):
        with pytest.raises(common.NotYourBooking):
            booking.cancel(made.code, by=by, at=NOW)
    gone = booking.cancel(made.code, by=Actor(email=parties.PARENT), at=NOW)
    assert gone.status == Status.CANCELLED
    assert free(package) == ["11:00", "13:30"]
    assert Arrival.objects.get().status == Arrival.Status.CANCELLED
    assert len(parties.mails("cancelled")) == 1
    assert booking.cancel(made.code, by=None, at=NOW).version == gone.version


def test_call_off_tells_the_group_why():
    made = parties.confirmed()
    booking.call_off(made.code, reason="Vattenläcka", by=parties.planner(), at=NOW)
    assert [effect.payload["args"]["booking_id"] for effect in parties.mails("called_off")] == [made.pk]
    assert not RoomUse.objects.filter(holds=True).exists()


def test_other_peoples_codes_confirm_nothing():
    package = parties.package(parties.house(), parties.house(), at_once=2)
    made = booking.request(**parties.wish(package))
    other = booking.request(**parties.wish(package, contact_email="lars@hem.example"))
    with pytest.raises(WrongCode):
        booking.confirm(made.code, pin=parties.pin_of(other.code), at=NOW)
    with pytest.raises(common.NoSuchBooking):
        booking.confirm("7K3M9QX2ZD", pin="123456", at=NOW)


def test_visible_to_shows_staff_all_and_a_contact_her_own():
    mine = parties.confirmed()
    parties.confirmed(contact_email="lars@hem.example")
    seen = GroupBooking.objects.visible_to
    assert seen(parties.planner()).count() == 2
    assert list(seen(Actor(email=parties.PARENT))) == [mine]
    assert not seen(classes.staff("desk")).exists()
    assert not seen(None).exists()


def test_receive_counts_a_group_that_nobody_expected():
    by, here = classes.staff("desk"), classes.municipality()
    received = receiving.receive(
        "other",
        group_name="PRO Herrljunga",
        is_organisation=True,
        heads=20,
        adults=1,
        municipality=here,
        by=by,
        at=NOW,
    )
    assert CheckIn.objects.get() == received
    assert received.arrival.is_organisation
    assert received.arrival.label.startswith("PRO Herrljunga")
    visits = Visit.objects.values_list("category", "count", "municipality__code")
    assert sorted(visits) == [("group", 1, "1466"), ("group", 20, "1466")]
    with pytest.raises(desk.NobodyCame):
        receiving.receive("other", group_name="Ingen", heads=0, by=by, at=NOW)
    assert Arrival.objects.count() == 1


def test_free_times_take_as_many_queries_for_a_month_as_for_a_day(django_assert_max_num_queries):
    package = parties.package(parties.house(), parties.house())
    whole = type(package).objects.whole().get(pk=package.pk)
    parties.confirmed(package)
    with django_assert_max_num_queries(8):
        found = times.offered(whole, DAY, DAY + dt.timedelta(days=30), at=NOW)
    assert len(found) > 30
