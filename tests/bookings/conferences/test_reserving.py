"""From a wish to a conference, and what of it is held when."""

import datetime as dt

import pytest

from bookings.common.refusals import Began, NotYourBooking, TooManyHolds
from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import changing, leaving, money, payments, refusals, reserving
from bookings.conferences.wishes import AddOnWish
from navet import periods
from navet.house.models import Duty, Occasion, RoomUse
from navet.house.refusals import RoomTaken
from navet.payments.models import Order
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.navet.house import making
from visitors import indicators
from visitors import operations as desk
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def uses() -> int:
    return RoomUse.objects.filter(holds=True).count()


def test_a_day_with_a_show_and_lunch_on_invoice_is_booked_at_once():
    room, show, lunch = rooms.room(), rooms.show(), rooms.lunch()
    made = rooms.booked(rooms.day(room, add_ons=(show, lunch)))
    assert (made.status, made.settlement) == (Status.CONFIRMED, "invoice")
    lines = [(line.slug, line.treatment, line.net_ore) for line in made.lines.all()]
    assert lines == [
        ("salen", "conference", 500_000),
        ("show", "admission", 450_000),
        ("lunch", "conference", 660_000),
    ]
    order = Order.objects.get(key=f"reservation:{made.pk}")
    assert (order.payable_ore, made.price_ore) == (2_012_500, 2_012_500)
    assert order.organisation_number == "5566778899"
    assert (uses(), Duty.objects.filter(holds=True).count(), rooms.planned()) == (2, 1, 2)
    arrival = Arrival.objects.get(code=made.code)
    assert (arrival.participant_category, arrival.expected_participants) == ("conference", 40)
    assert len(rooms.mails("confirmed")) == 1
    assert made.final_count_date == DAY - dt.timedelta(days=7)


def test_the_show_has_no_educator_so_nothing_is_booked():
    room, ada = rooms.room(), making.user("ada@navet.example", "educator")
    show = rooms.show(educators=(ada,))
    making.plan(making.hours(DAY, "14:30", "15:00"), educators=(ada,))
    with pytest.raises(refusals.PartsTaken) as refused:
        rooms.booked(rooms.day(room, add_ons=(show,)))
    assert refused.value.extra["taken"] == [{"date": "2026-03-03", "what": "show", "why": "add_on"}]
    assert "2026-03-04" in refused.value.extra["nearest"]
    assert (rooms.planned(), Reservation.objects.count()) == (0, 0)
    made = rooms.booked(rooms.day(room, add_ons=(AddOnWish("show", dt.time(10)),)))
    assert made.status == Status.CONFIRMED


def test_a_school_in_the_room_is_told_with_what_is_free_instead():
    room, other = rooms.room(), rooms.room("andra")
    making.plan(making.hours(DAY, "09:00", "10:00"), rooms=(room,))
    with pytest.raises(refusals.PartsTaken) as refused:
        rooms.booked(rooms.day(room, part="formiddag"))
    said = refused.value.extra
    assert said["taken"] == [{"date": "2026-03-03", "what": "salen", "why": "room"}]
    assert said["rooms"] == [other.slug]
    assert said["nearest"] == ["2026-03-02", "2026-03-04", "2026-03-05"]
    assert "Salen" in str(refused.value)
    assert rooms.booked(rooms.day(room, part="eftermiddag")).status == Status.CONFIRMED


def test_a_half_hall_and_the_whole_hall():
    whole, east, west = rooms.hall()
    rooms.booked(rooms.day(east))
    with pytest.raises(refusals.PartsTaken):
        rooms.booked(rooms.day(whole))
    assert rooms.booked(rooms.day(west)).status == Status.CONFIRMED


def test_several_rooms_are_one_reservation_and_seat_everybody_together():
    one, other = rooms.room("a", seats=30), rooms.room("b", seats=30)
    with pytest.raises(refusals.TooManyForRooms) as refused:
        rooms.booked(rooms.day(one), persons=50)
    assert refused.value.extra == {"at_most": 30}
    assert rooms.booked(rooms.day(one, other), persons=50).days.get().rooms.count() == 2


def test_by_the_mailed_code_it_is_what_was_asked_for():
    room = rooms.room()
    held = reserving.request(**rooms.asked(rooms.wish(rooms.day(room)), asked="option"))
    assert (held.status, held.holds_until) == (Status.HELD, NOW + dt.timedelta(minutes=30))
    done = reserving.confirm(held.code, pin=rooms.pin_of(held.code), at=NOW)
    assert (done.status, done.holds_until) == (
        Status.OPTION,
        periods.at(dt.date(2026, 1, 19), dt.time(17)),
    )
    assert done.was_proved()
    assert len(rooms.mails("option")) == 1
    assert not Order.objects.exists()


def test_an_option_lapses_by_the_clock_and_frees_its_rooms_for_everybody():
    room = rooms.room()
    option = rooms.booked(rooms.day(room), asked="option")
    over = option.holds_until
    with pytest.raises(RoomTaken):
        making.plan(making.hours(DAY), rooms=(room,))
    assert list(Reservation.objects.holding(over)) == []
    other = rooms.booked(rooms.day(room), email="b@b.example", at=over)
    assert (other.status, uses()) == (Status.CONFIRMED, 1)
    assert reserving.tidy(at=over) == 1
    option.refresh_from_db()
    assert (option.status, uses()) == (Status.LAPSED, 1)
    assert len(rooms.mails("lapsed")) == 1
    with pytest.raises(refusals.RoomsGone):
        reserving.book(option.code, by=rooms.guest(), at=over)


def test_a_lapsed_option_is_booked_while_its_rooms_are_free():
    option = rooms.booked(rooms.day(rooms.room()), asked="option")
    over = option.holds_until
    reserving.tidy(at=over)
    assert uses() == 0
    booked = reserving.book(option.code, by=rooms.guest(), at=over)
    assert (booked.status, uses(), rooms.planned()) == (Status.CONFIRMED, 1, 1)


def test_a_quote_is_accepted_once_and_at_its_price():
    made = rooms.booked(rooms.day(rooms.room()), asked="quote")
    quote = made.quotes.get()
    assert (made.status, quote.number, quote.valid_until) == (Status.QUOTED, 1, made.holds_until)
    with pytest.raises(NotYourBooking):
        reserving.accept(made.code, number=1, by=rooms.guest("x@x.example"), at=NOW)
    again = reserving.give_quote(made.code, by=rooms.host(), at=NOW)
    with pytest.raises(refusals.QuoteReplaced):
        reserving.accept(made.code, number=1, by=rooms.guest(), at=NOW)
    with pytest.raises(refusals.QuoteOver):
        reserving.accept(made.code, number=2, by=rooms.guest(), at=again.valid_until)
    for _ in range(2):
        done = reserving.accept(made.code, number=2, by=rooms.guest(), at=NOW)
    assert (done.status, Order.objects.count(), len(rooms.mails("confirmed"))) == (Status.CONFIRMED, 1, 1)


def test_a_private_person_pays_first_and_is_booked_when_paid():
    private = {"customer_type": "private", "organisation": "", "organisation_number": ""}
    room = rooms.room()
    made = rooms.booked(rooms.day(room), customer=rooms.customer(**private))
    order = money.order_of(made)
    assert (made.status, made.holds_until) == (Status.UNPAID, NOW + HOUR)
    assert (order.settlement, order.pay_by) == ("card", NOW + HOUR)
    assert payments.paid(order, at=NOW)
    made.refresh_from_db()
    assert (made.status, made.holds_until) == (Status.CONFIRMED, None)
    assert payments.paid(order, at=NOW)
    assert len(rooms.mails("confirmed")) == 1


def test_money_that_comes_late_is_taken_while_the_rooms_are_free():
    room = rooms.room()
    late = NOW + 2 * HOUR
    made = [
        rooms.booked(rooms.day(room, date=DAY + dt.timedelta(days=n)), settlement="card") for n in range(2)
    ]
    for one in made:
        payments.unpaid(money.order_of(one), at=NOW + HOUR)
    rooms.booked(rooms.day(room), email="b@b.example", at=late)
    assert [payments.paid(money.order_of(one), at=late) for one in made] == [False, True]


def test_who_may_not_be_invoiced_is_told():
    private = rooms.customer(customer_type="private", organisation="", organisation_number="")
    with pytest.raises(refusals.MayNotBeInvoiced):
        rooms.booked(rooms.day(rooms.room()), customer=private, settlement="invoice")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"date": dt.date(2026, 1, 13)}, refusals.TooSoon),
        ({"date": dt.date(2028, 1, 13)}, refusals.TooFarAhead),
        ({"date": dt.date(2026, 3, 7)}, refusals.PartsTaken),
        ({"part": "natt"}, refusals.NoSuchPart),
        ({"package": "inget"}, refusals.NoSuchPackage),
        ({"package": "halv"}, refusals.PackageDoesNotFit),
        ({"add_ons": (AddOnWish("inget"),)}, refusals.NoSuchAddOn),
        ({"add_ons": (AddOnWish("lunch", dt.time(7)),)}, refusals.AddOnDoesNotFit),
        ({"add_ons": (AddOnWish("lunch", persons=41),)}, refusals.AddOnDoesNotFit),
        ({"furnishing": "u"}, refusals.NoSuchRoom),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_its_reason(changed, refusal):
    room = rooms.room()
    rooms.lunch()
    rooms.package("halv", part_kind="half_day")
    with pytest.raises(refusal):
        rooms.booked(rooms.day(room, **changed))
    assert rooms.planned() == 0


def test_outside_the_hours_is_said_by_the_house():
    room = rooms.room()
    with pytest.raises(refusals.PartsTaken) as refused:
        rooms.booked(rooms.day(room, part="kvall", extra_hours=2))
    assert refused.value.extra["taken"][0]["why"] == "closed"


def test_the_same_form_twice_is_one_and_five_unconfirmed_are_the_most():
    room = rooms.room()
    one = rooms.asked(rooms.wish(rooms.day(room)), code="7K3M9QX2ZD")
    assert reserving.request(**one).pk == reserving.request(**one).pk
    for n in range(1, 5):
        reserving.request(**rooms.asked(rooms.wish(rooms.day(room, date=DAY + dt.timedelta(days=7 * n)))))
    with pytest.raises(TooManyHolds):
        reserving.request(**rooms.asked(rooms.wish(rooms.day(room, date=DAY + dt.timedelta(days=42)))))


def test_leaving_costs_by_how_early_and_frees_everything():
    made = rooms.booked(rooms.day(rooms.room(), add_ons=(rooms.show(),)))
    late = periods.at(DAY - dt.timedelta(days=20), dt.time(9))
    left = leaving.cancel(made.code, reason="Sjukt", by=rooms.guest(), at=late)
    order = money.order_of(made)
    assert (left.status, uses(), Duty.objects.filter(holds=True).count()) == (Status.CANCELLED, 0, 0)
    assert (order.state, order.payable_ore) == ("cancelled", made.price_ore // 2)
    assert Arrival.objects.get().status == Arrival.Status.CANCELLED
    assert rooms.mails("cancelled")[0].payload["args"]["percent"] == 50
    leaving.cancel(made.code, by=rooms.guest(), at=late)


def test_navet_calls_off_and_nothing_is_owed():
    made = rooms.booked(rooms.day(rooms.room()))
    soon = periods.at(DAY - dt.timedelta(days=1), dt.time(9))
    leaving.call_off(made.code, reason="Vattenläcka", by=rooms.host(), at=soon)
    assert money.order_of(made).payable_ore == 0
    other = rooms.booked(rooms.day(rooms.room("b")))
    with pytest.raises(Began):
        leaving.cancel(other.code, by=rooms.guest(), at=other.occasion.starts_at)


def test_a_change_is_on_the_order_and_of_numbers_alone_stays_where_it_is():
    room, lunch = rooms.room(), rooms.lunch()
    made = rooms.booked(rooms.day(room, add_ons=(lunch,)))
    before = Occasion.objects.count()
    fewer = rooms.wish(rooms.day(room, add_ons=(lunch,)), persons=30)
    changed = changing.change(made.code, fewer, version=made.version, by=rooms.guest(), at=NOW)
    assert (changed.persons, Occasion.objects.count()) == (30, before)
    assert money.order_of(made).payable_ore == changed.price_ore == (500_000 + 30 * 16_500) * 5 // 4
    assert Arrival.objects.get().expected_participants == 30
    moved = rooms.wish(rooms.day(room, part="formiddag"), persons=30)
    changed = changing.change(made.code, moved, by=rooms.guest(), at=NOW)
    assert (uses(), changed.occasion.ends_at) == (1, periods.at(DAY, dt.time(12)))
    assert money.order_of(made).payable_ore == changed.price_ore == 300_000


def test_a_number_that_came_with_another_add_on_is_nobodys_last_word_and_the_final_count_is_paid_for():
    room, lunch = rooms.room(), rooms.lunch()
    made = rooms.booked(rooms.day(room, add_ons=(lunch, rooms.dinner())))
    fewer = rooms.wish(rooms.day(room, add_ons=(lunch,)), persons=30)
    changing.change(made.code, fewer, by=rooms.guest(), at=NOW)
    done = changing.give_final_count(made.code, persons=33, diets={}, by=rooms.guest(), at=NOW)
    assert money.order_of(made).payable_ore == done.price_ore == (500_000 + 33 * 16_500) * 5 // 4
    assert Arrival.objects.get().expected_participants == 33


def test_who_accepts_a_quote_and_pays_by_card_keeps_the_rooms_as_long_as_was_promised():
    made = rooms.reserve(rooms.wish(rooms.day(rooms.room())), asked="quote")
    done = reserving.accept(made.code, number=1, settlement="card", by=rooms.guest(), at=NOW)
    promised = done.quotes.get().valid_until
    assert (done.status, done.holds_until, money.order_of(done).pay_by) == ("unpaid", promised, promised)
    reserving.tidy(at=promised - dt.timedelta(seconds=1))
    done.refresh_from_db()
    assert (done.status, uses()) == ("unpaid", 1)


def test_a_change_that_clashes_leaves_everything_as_it_was():
    room, other = rooms.room(), rooms.room("andra")
    made = rooms.booked(rooms.day(room))
    rooms.booked(rooms.day(other), email="b@b.example")
    with pytest.raises(refusals.PartsTaken):
        changing.change(made.code, rooms.wish(rooms.day(room, other)), by=rooms.guest(), at=NOW)
    assert (made.days.get().rooms.count(), uses()) == (1, 2)


def test_the_final_count_is_the_last_word_of_a_guest():
    made = rooms.booked(rooms.day(rooms.room(), add_ons=(rooms.lunch(),)))
    done = changing.give_final_count(made.code, persons=38, diets={"vegan": 3}, by=rooms.guest(), at=NOW)
    assert (done.persons, done.diets, done.final_at) == (38, {"vegan": 3}, NOW)
    with pytest.raises(refusals.CountIsFinal):
        changing.give_final_count(made.code, persons=37, diets={}, by=rooms.guest(), at=NOW)
    host = changing.give_final_count(made.code, persons=39, diets={}, by=rooms.host(), at=NOW)
    assert host.persons == 39
    with pytest.raises(refusals.DietsDoNotFit):
        changing.give_final_count(made.code, persons=2, diets={"nuts": 3}, by=rooms.host(), at=NOW)


def test_who_would_pay_for_leaving_does_not_move_to_another_day_first():
    room = rooms.room()
    made = rooms.booked(rooms.day(room))
    away = rooms.wish(rooms.day(room, date=dt.date(2026, 6, 3)))
    soon = periods.at(DAY - dt.timedelta(days=20), dt.time(9))
    for verb in (
        lambda: changing.difference(made, away, by=rooms.guest(), at=soon),
        lambda: changing.change(made.code, away, by=rooms.guest(), at=soon),
    ):
        with pytest.raises(refusals.DaysAreFixed):
            verb()
    changing.change(made.code, rooms.wish(rooms.day(room, part="formiddag")), by=rooms.guest(), at=soon)
    assert changing.change(made.code, away, by=rooms.host(), at=soon).occasion.starts_at.month == 6


def test_a_conference_of_three_days_is_one_on_the_way_to_the_target():
    room = rooms.room()
    made = rooms.booked(*(rooms.day(room, date=DAY + dt.timedelta(days=n)) for n in range(3)))
    parties = list(Arrival.objects.order_by("starts_at"))
    assert {one.party for one in parties} == {made.code}
    for one in parties:
        desk.check_in(one, participants=40, adults=0, by=rooms.host(), at=one.starts_at)
    found = {one.code: one for one in indicators.report(2026, as_of=DAY.replace(month=6)).figures}
    assert (found["conferences"].outcome, found["visitors"].outcome) == (1, 120)
