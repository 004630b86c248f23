"""The fee: by card, by invoice, by somebody else; paid too late or not at all the place goes on to the next."""

import datetime as dt

import pytest

from bookings.common.models import Status
from bookings.leisure import mails, pricing
from bookings.leisure.models import Enrolment, PaidBy, Payer
from bookings.leisure.operations import enrolling, fees, payments, planning, refusals, tidying
from navet.payments import tidying as orders_tidying
from navet.payments.models import Order
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import GUARDIAN, NOW

pytestmark = pytest.mark.django_db
HOME = fees.Address("Storgatan 1", "503 30", "Borås")
LATE = NOW + dt.timedelta(days=10)


def choose(enrolment: Enrolment, **terms) -> Enrolment:
    return fees.choose(enrolment.code, **{"by": clubs.guardian(), "at": NOW, **terms})


def with_fee(**fields) -> tuple[Enrolment, Enrolment]:
    """One with a place to pay 800 kronor for, and one who waits for it."""
    group = clubs.group(capacity=1, fee_ore=80_000, **fields)
    return clubs.enrolled(group, contact_email=GUARDIAN), clubs.enrolled(group)


def has_place(enrolment: Enrolment) -> bool:
    enrolment.refresh_from_db()
    return enrolment.has_place()


def test_by_card_it_is_settled_when_the_money_has_come():
    mine, _next = with_fee()
    chosen = choose(mine, paid_by=PaidBy.CARD)
    order = chosen.order
    assert (order.payable_ore, order.settlement, order.pay_by) == (80_000, "card", LATE)
    assert chosen.child_name not in order.title + order.lines.get().text
    assert choose(mine, paid_by=PaidBy.CARD).order == order
    assert chosen.fee_settled_at is None
    payments.lock(order)
    assert payments.paid(order, at=NOW)
    assert payments.paid(order, at=NOW)  # told again
    mine.refresh_from_db()
    assert (mine.fee_settled_at, len(clubs.mails("settled"))) == (NOW, 1)
    tidying.tidy(at=LATE)
    assert has_place(mine)
    with pytest.raises(refusals.NothingToPay):
        choose(mine, paid_by=PaidBy.CARD)


def test_a_card_that_is_not_paid_in_time_gives_the_place_to_the_next():
    mine, after = with_fee()
    order = choose(mine, paid_by=PaidBy.CARD).order
    tidying.tidy(at=LATE)
    assert has_place(mine)  # the order lapses by its own clock
    orders_tidying.lapse_unpaid(at=LATE + dt.timedelta(minutes=1))
    assert not has_place(mine)
    assert (mine.status, has_place(after)) == (Status.CANCELLED, True)
    assert "inte i tid" in mails.unpaid(booking_id=mine.pk).text
    order.refresh_from_db()
    assert not payments.paid(order, at=LATE + dt.timedelta(hours=1))  # late money goes back


def test_who_chooses_nothing_in_time_loses_the_place():
    mine, after = with_fee()
    assert tidying.tidy(at=LATE - dt.timedelta(minutes=1)) == 0
    assert "800" in mails.fee_due(booking_id=mine.pk).text
    assert tidying.tidy(at=LATE) == 1
    assert (has_place(mine), has_place(after)) == (False, True)
    assert mails.fee_due(booking_id=mine.pk) is None
    with pytest.raises(refusals.NothingToPay):
        choose(mine, paid_by=PaidBy.CARD)


def test_by_invoice_it_needs_an_address_and_takes_the_place_of_a_card_not_paid():
    mine, _next = with_fee()
    card = choose(mine, paid_by=PaidBy.CARD).order
    with pytest.raises(refusals.AddressMissing):
        choose(mine, paid_by=PaidBy.INVOICE)
    invoice = choose(mine, paid_by=PaidBy.INVOICE, address=HOME).order
    card.refresh_from_db()
    assert (card.state, invoice.settlement, invoice.street) == (
        Order.State.CANCELLED,
        "invoice",
        "Storgatan 1",
    )
    assert not payments.paid(card, at=NOW)
    tidying.tidy(at=LATE)
    assert has_place(mine)


def test_somebody_else_pays_by_invoice_with_a_reference():
    mine, _next = with_fee()
    payer = Payer.objects.create(
        name="Fritidskortet", organisation_number="2021006552", reference_is_called="Ärendenummer"
    )
    with pytest.raises(refusals.PayerMissing):
        choose(mine, paid_by=PaidBy.OTHER)
    with pytest.raises(refusals.ReferenceMissing):
        choose(mine, paid_by=PaidBy.OTHER, payer=payer, reference=" ")
    order = choose(mine, paid_by=PaidBy.OTHER, payer=payer, reference="FK 17").order
    assert (order.buyer_name, order.organisation_number, order.reference) == (
        "Fritidskortet",
        "2021006552",
        "FK 17",
    )
    assert has_place(mine)
    assert mine.payer == payer
    assert order.buyer_email == ""  # a payer pays for many children: no guardian gets its invoices


def test_leaving_before_it_begins_takes_the_order_back_and_after_it_does_not():
    mine, after = with_fee()
    order = choose(mine, paid_by=PaidBy.INVOICE, address=HOME).order
    enrolling.leave(mine.code, by=clubs.guardian(), at=NOW)
    order.refresh_from_db()
    assert (order.state, order.payable_ore, has_place(after)) == (Order.State.CANCELLED, 0, True)
    by = clubs.guardian(after.contact_email)
    kept = choose(after, paid_by=PaidBy.INVOICE, address=HOME, by=by).order
    enrolling.leave(after.code, by=by, at=after.occasion.starts_at)
    kept.refresh_from_db()
    assert (kept.state, kept.payable_ore) == (Order.State.OPEN, 80_000)


def test_what_navet_calls_off_is_paid_back_for_the_meetings_that_are_left():
    mine, _next = with_fee()
    order = choose(mine, paid_by=PaidBy.INVOICE, address=HOME).order
    begun = mine.occasion.starts_at + dt.timedelta(hours=1)
    planning.call_off(mine.group_id, reason="Vattenskada", by=clubs.planner(), at=begun)
    order.refresh_from_db()
    assert order.payable_ore == 20_000  # one meeting of four was held


def test_what_is_left_of_a_term_costs_in_whole_kronor():
    assert pricing.fee(80_000, left=4, meetings=4) == 80_000
    assert pricing.fee(100_000, left=2, meetings=3) == 66_600
    assert pricing.fee(100_000, left=0, meetings=3) == 0
    assert pricing.fee(100_000, left=-1, meetings=0) == 100_000
