"""A conference that has begun: what is added or taken off is lines of its own, and everything agrees with them to the öre."""

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest
import time_machine
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.conferences import audit, day_plan, figures, mails, pricing
from bookings.conferences.models import Adjustment, Reservation
from bookings.conferences.operations import changing, refusals, under_way
from bookings.conferences.wishes import AddOnWish
from navet import periods
from navet.house.models import Occasion, RoomUse
from navet.payments.invoices import documents, ledger, peppol_rules, sie
from navet.payments.invoices.models import Invoice
from navet.payments.invoices.operations import crediting, drafting, issuing, standing
from navet.payments.models import Order
from navet.payments.vat import totals
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.bookings.conferences.test_pricing import LARGE, SMALL, thing
from tests.navet.house import making as house
from tests.navet.payments.invoices import making
from tests.navet.payments.invoices.test_sums import in_ubl
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
AT_TWO = periods.at(DAY, dt.time(14))
AFTER = periods.at(DAY + dt.timedelta(days=20), dt.time(9))
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture
def host(client):
    client.force_login(house.user("host@navet.example", "conference_host", name="Hedda Host"))
    return client


def booked(*days, persons=40, **fields) -> Reservation:
    with time_machine.travel(NOW, tick=False):
        return rooms.booked(*days, persons=persons, **fields)


def stands(it):
    return changing.wish_of(Reservation.objects.whole().get(pk=it.pk))


def with_day(wish, number=0, **fields):
    days = list(wish.days)
    days[number] = replace(days[number], **fields)
    return replace(wish, days=tuple(days))


def adjust(it, wish, at=AT_TWO, reason="Bestyrelsen kom med", by=None):
    with time_machine.travel(at, tick=False):
        made = under_way.adjust(it.code, wish, reason=reason, by=by or rooms.host(), at=at)
    return Reservation.objects.whole().get(pk=made.pk)


def agrees(it: Reservation) -> None:
    """The reservation, its lines, its adjustments, its order and what the desk expects say the same."""
    it.refresh_from_db()
    order = Order.objects.get(key=f"reservation:{it.pk}")
    assert it.price_ore == order.payable_ore == totals(order.lines.standing(), order.basis).payable_ore
    ours, theirs = (sorted((one.text, one.quantity, one.unit_ore) for one in rows) for rows in (it.lines.all(), order.lines.standing()))  # fmt: skip
    assert ours == theirs
    assert list(audit.differences()) == []


def test_five_guests_and_coffee_at_two_are_lines_with_the_reason_and_the_rest_stays():
    coffee = rooms.add_on("kaffe", kind="food", ore=(6_500, 0))
    it = booked(rooms.day(rooms.room(seats=40), package=rooms.package().slug))
    before = list(it.lines.values_list("pk", "text", "quantity"))
    wish = replace(with_day(stands(it), add_ons=(AddOnWish(coffee.slug),)), persons=45, diets={"vegan": 2})
    it = adjust(it, wish)
    assert list(it.lines.filter(adjustment=None).values_list("pk", "text", "quantity")) == before
    new = it.lines.exclude(adjustment=None)
    assert sorted((one.slug, one.quantity, one.unit_ore) for one in new) == [
        ("heldag", 5, 59_500),
        ("kaffe", 45, 6_500),
    ]
    assert all(one.text.endswith(" (Bestyrelsen kom med)") for one in new)
    net = 5 * 59_500 + 45 * 6_500
    made = Adjustment.objects.get()
    assert (made.net_250_ore, made.vat_250_ore, made.difference_ore) == (net, net // 4, net + net // 4)
    assert (made.at, made.reason, made.by.name) == (AT_TWO, "Bestyrelsen kom med", "Pia Planerare")
    assert Arrival.objects.get(code=it.code).expected_participants == 45
    plan = day_plan.of(DAY, AT_TWO)
    assert {serving.persons for _one, serving in day_plan.kitchen(plan)} == {45}
    assert day_plan.diets(plan) == [("Veganskt", 2)]
    sold = {one.name: (one.reservations, one.net_ore) for one in figures.turnover(DAY.year).sold}
    assert sold["Kaffe"] == (1, 45 * 6_500)
    agrees(it)


def test_what_is_taken_off_goes_at_the_price_it_was_booked_at_and_is_in_no_figure():
    coffee = rooms.add_on("kaffe", kind="food", ore=(6_500, 0))
    it = booked(rooms.day(rooms.room(), package=rooms.package().slug, add_ons=(coffee,)))
    full = it.price_ore
    coffee.prices.update(valid=rooms.date_range(dt.date(2025, 1, 1), dt.date(2026, 1, 31)))
    coffee.prices.create(
        valid=rooms.date_range(dt.date(2026, 2, 1), dt.date(2029, 1, 1)), per_person_ore=9_900
    )
    it = adjust(it, with_day(stands(it), add_ons=()), reason="Kaffet uteblev")
    assert it.price_ore == full - 40 * 6_500 * 125 // 100
    assert "Kaffe" not in {one.name for one in figures.turnover(DAY.year).sold}
    agrees(it)


def test_a_discount_follows_to_the_ore_and_a_bare_room_that_gets_coffee_is_a_conference():
    coffee = rooms.add_on("kaffe", kind="food", ore=(6_501, 0))
    it = booked(rooms.day(rooms.room()))
    changing.give_discount(it.code, percent=7, reason="Återkommande", by=rooms.host(), at=NOW)
    it = adjust(it, with_day(stands(it), add_ons=(AddOnWish(coffee.slug),)))
    net = 500_000 + 40 * 6_501
    off = int(net * 7 / 100 + 0.5)
    assert it.price_ore == net - off + round((net - off) / 4)
    assert {one.treatment: one.net_ore for one in it.lines.filter(of="discount", quantity=1)} == {
        "room": 35_000
    }
    agrees(it)


def test_a_day_that_has_begun_stays_where_it_is_and_days_to_come_change_as_ever():
    room, small, show = rooms.room(), rooms.room("kammaren", seats=60), rooms.show()
    it = booked(*(rooms.day(room, date=DAY + dt.timedelta(days=number)) for number in range(3)))
    codes = [day.code for day in it.days.all()]
    wish = stands(it)
    for moved in (
        with_day(wish, rooms=rooms.day(small).rooms),
        with_day(wish, part="eftermiddag"),
        replace(wish, days=wish.days[1:]),
        with_day(wish, 1, date=DAY),
    ):
        with pytest.raises((refusals.DayHasBegun, refusals.BadDays)):
            adjust(it, moved)
    elsewhere = with_day(wish, 1, rooms=rooms.day(small).rooms, add_ons=(AddOnWish(show.slug, dt.time(18)),))
    it = adjust(
        it,
        replace(elsewhere, days=(with_day(elsewhere, persons=40).days[0], *elsewhere.days[1:2]), persons=50),
    )
    assert [(day.code, day.heads) for day in it.days.all()] == [(codes[0], 40), (codes[1], 50)]
    assert [one.offer.room.slug for one in it.days.all()[1].rooms.all()] == ["kammaren"]
    shown = Occasion.objects.going_to_happen().get(title_sv__startswith="Show")
    assert shown.starts_at == periods.at(NEXT, dt.time(18))
    assert RoomUse.objects.filter(holds=True, room=room).count() == 1
    assert it.ends_at == shown.ends_at
    agrees(it)


def test_an_evening_and_an_hour_more_take_the_house_or_are_refused_whole():
    room, show = rooms.room(), rooms.show()
    it = booked(rooms.day(room))
    later = house.plan(house.hours(DAY, "18:00", "19:00"), rooms=(room,))
    with pytest.raises(refusals.PartsTaken):
        adjust(it, with_day(stands(it), extra_hours=2))
    assert not Adjustment.objects.exists()
    later.room_uses.update(holds=False)
    busy = with_day(stands(it), extra_hours=1, add_ons=(AddOnWish(show.slug, dt.time(18)),))
    it = adjust(it, busy, reason="Stannar kvar")
    assert it.days.get().occasion.ends_at == periods.at(DAY, dt.time(17, 30))
    assert it.days.get().additions.get().occasion.duties.count() == 1
    # What was held already is only written down: neither room nor educator is asked for.
    it = adjust(
        it,
        with_day(stands(it), add_ons=(AddOnWish(show.slug, dt.time(10)),)),
        at=AT_TWO,
        reason="Var klockan tio",
    )
    assert it.days.get().additions.get().occasion is None
    assert it.lines.filter(slug="show").count() == 1
    agrees(it)


@pytest.mark.parametrize(
    ("refused", "fields"),
    [
        (refusals.OnlyByStaff, {"by": rooms.guest()}),
        (refusals.NoReason, {"reason": "  "}),
        (refusals.NotUnderWay, {"at": NOW}),
        (refusals.NotUnderWay, {"at": AT_TWO + dt.timedelta(days=31)}),
        (refusals.NothingChanged, {}),
    ],
)
def test_who_may_not_and_what_is_no_change_is_refused(refused, fields):
    it = booked(rooms.day(rooms.room()))
    wish = stands(it) if refused is refusals.NothingChanged else replace(stands(it), persons=41)
    with pytest.raises(refused):
        adjust(it, wish, **fields)
    assert not Adjustment.objects.exists()


def test_an_adjustment_and_its_lines_stay_for_ever():
    it = booked(rooms.day(rooms.room(), package=rooms.package().slug))
    it = adjust(it, replace(stands(it), persons=41))
    for rows in (Adjustment.objects.all(), it.lines.exclude(adjustment=None)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_by_card_the_rest_is_owed_and_the_page_and_mail_say_what_and_why(host):
    it = booked(rooms.day(rooms.room(), package=rooms.package().slug), settlement="invoice")
    Reservation.objects.filter(pk=it.pk).update(settlement="card")
    order = Order.objects.get()
    Order.objects.update(settlement="card", paid_ore=order.payable_ore)
    it = adjust(it, replace(stands(it), persons=42), reason="Två till")
    order.refresh_from_db()
    assert order.owed_ore == 2 * 59_500 * 125 // 100
    adjustment = Adjustment.objects.get()
    assert len(rooms.mails("adjusted")) == 1
    mail = mails.adjusted(booking_id=it.pk, adjustment_id=adjustment.pk)
    said = mail.text.replace("\xa0", " ")
    assert "Två till" in said
    assert f"/betalning/{order.code}/" in said
    with time_machine.travel(AT_TWO, tick=False):
        page = host.get(f"/konferens/bokning/{it.code}/").content.decode()
    assert "Två till" in page
    assert "Betala resten" in page


def sent_on(page) -> str:
    """What the page itself sends on: a number as it is, and not as it is shown."""
    (said,) = re.findall(r'name="shown" value="([^"]*)"', page.content.decode())
    return said


def form(it, **fields):
    began = {"d0-part": "heldag", "d0-extra_hours": "0", "d0-package": "heldag"}
    return (
        {"version": it.version, "persons": "45", "reason": "Fem till", "more": "", "shown": ""}
        | began
        | fields
    )


def test_the_page_shows_what_it_costs_then_does_that_and_refuses_what_is_wrong(host):
    it = booked(rooms.day(rooms.room(), package=rooms.package().slug))
    path = f"/planering/konferenser/bokning/{it.code}/under-tiden/"
    with time_machine.travel(NOW, tick=False):
        assert host.get(path).status_code == 302
    with time_machine.travel(AT_TWO, tick=False):
        assert "under-tiden" in host.get(path.removesuffix("under-tiden/")).content.decode()
        assert host.get(path).status_code == 200
        for wrong in ({"reason": ""}, {"persons": "0"}, {"persons": "fem"}, {"diet_vegan": "99"}, {"d0-part": "kvall"},
                      {"d0-package": "x"}, {"more": "2026-02-31"}, {"persons": "40"}, {"more": str(DAY)}):  # fmt: skip
            assert host.post(path, form(it, **wrong)).status_code == 422, wrong
        shown = host.post(path, form(it))
        assert shown.context["found"].more_ore == 5 * 59_500 * 125 // 100
        assert not Adjustment.objects.exists()
        sent = form(it, shown=sent_on(shown))
        assert host.post(path, sent).status_code == 302
        again = host.post(path, sent)
        assert (again.status_code, Adjustment.objects.count()) == (422, 1)
        text = host.get(path.removesuffix("under-tiden/")).content.decode()
        assert "Fem till" in text
        assert "Hedda Host" in text
    host.force_login(house.user("d@navet.example", "desk"))
    assert host.get(path).status_code == 403


THINGS = st.builds(
    lambda of, slug, treatment, person, group, persons, included: thing(
        of, treatment, slug=f"{of}-{slug}", title=f"{of} {slug}", per_person_ore=person, per_group_ore=group,
        persons=persons, rooms_included=included if of == "package" else 0,
    ),
    st.sampled_from(["package", "add_on"]), st.sampled_from("abc"), st.sampled_from(["conference", "meal"]),
    st.integers(0, 999), st.integers(0, 99_999), st.integers(1, 60), st.integers(0, 1),
)  # fmt: skip
PRICED = st.builds(
    lambda rooms_, hours, things: pricing.PricedDay(DAY, tuple(rooms_), hours, tuple(things)),
    st.lists(st.sampled_from([SMALL, LARGE]), min_size=1, max_size=2, unique_by=lambda one: one.slug),
    st.integers(0, 3),
    st.lists(THINGS, max_size=3, unique_by=lambda one: one.slug),
)


def catalogue(day: pricing.PricedDay) -> pricing.PricedDay:
    """At one price each, which is what a catalogue has on a day."""
    things = [
        replace(
            one,
            per_person_ore=(sum(map(ord, one.slug)) % 7) * 1_001,
            per_group_ore=999,
            treatment="conference",
        )
        for one in day.things
    ]
    return replace(day, things=tuple(things))


@given(st.lists(PRICED.map(catalogue), min_size=2, max_size=5), st.sampled_from([0, 7, 33, 100]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_added_and_taken_off_comes_to_what_it_would_have_cost_at_once(days, percent):
    kept = (
        pricing.discounted(pricing.lines(days[:1]), percent, "Trogen") if percent else pricing.lines(days[:1])
    )
    for before, after in itertools.pairwise(days):
        more = pricing.differences(
            *([(DAY, one) for one in pricing.lines([day])] for day in (before, after)), kept, reason="x"
        )
        kept += more
        kept += pricing.more_discount(kept, percent, "Trogen")
    wanted = pricing.discounted(pricing.lines(days[-1:]), percent, "Trogen")
    assert sums(kept) == sums(wanted)


def sums(lines) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.treatment] = found.get(line.treatment, 0) + line.net_ore
    return {treatment: ore for treatment, ore in found.items() if ore}


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.booleans(), st.booleans(), st.integers(0, 2)), min_size=1, max_size=3
    )
)
@settings(max_examples=6, deadline=None)
def test_order_invoice_e_invoice_and_voucher_agree_after_any_adjustments(steps):
    with transaction.atomic():
        coffee, dinner = rooms.add_on("kaffe", kind="food", ore=(6_533, 101)), rooms.dinner()
        it = booked(rooms.day(rooms.room(), package=rooms.package().slug), settlement="invoice", persons=13)
        changing.give_discount(it.code, percent=7, reason="Återkommande kund", by=rooms.host(), at=NOW)
        making.customer(
            organisation_number="5566778899", name="Företaget AB", vat_number="SE556677889901", reference_pattern="",
            reference_example="", endpoint_scheme="0007", endpoint_id="5566778899",
        )  # fmt: skip
        first = issuing.issue(drafting.draft_order(Order.objects.get(), at=AT_TWO), by=making.BY, at=AT_TWO)
        for persons, has_coffee, has_dinner, hours in steps:
            extra = [AddOnWish(one.slug) for one, had in ((coffee, has_coffee), (dinner, has_dinner)) if had]
            wish = replace(with_day(stands(it), add_ons=tuple(extra), extra_hours=hours), persons=persons)
            try:
                it = adjust(it, wish)
            except refusals.NothingChanged:
                continue
            agrees(it)
        order = Order.objects.get()
        made = sum(Adjustment.objects.values_list("difference_ore", flat=True))
        assert order.payable_ore == first.payable_ore + made
        if standing.changed():
            last = crediting.renew(order, by=making.BY, at=AFTER)
        elif made:
            last = drafting.draft_order(order, at=AFTER)
            assert last.payable_ore == made
        else:
            last = None
        if last:
            issuing.issue(last, by=making.BY, at=AFTER)
        papers = list(Invoice.objects.filter(order=order).order_by("pk"))
        for paper in papers:
            ubl = documents.ubl_of(paper)
            assert peppol_rules.check(ubl) == []
            assert in_ubl(ubl, "PayableAmount") == abs(paper.payable_ore)
        vouchers = [ledger.of_invoice(one, ledger.accounts()) for one in papers]
        assert not any(one.balance_ore for one in vouchers)
        assert sie.sums(vouchers)["1510"] == order.payable_ore
        transaction.set_rollback(True)
