"""Whatever Stripe says, in whatever order and however often: the books stay whole."""

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navet.payments import handlers, orders, payments, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import Order, Payment, Refund, Settlement
from tests.navet.payments import line, making

pytestmark = pytest.mark.django_db
AT = making.AT
SAID = st.lists(
    st.sampled_from(["open", "paid", "expired", "short", "dear", "euro", "cancel", "shrink", "lapse", "unwanted", "refunded", "failed"]),
    max_size=8,
)  # fmt: skip


def session(payment: Payment, said: str) -> gateway.Session:
    is_paid = said in ("paid", "short", "dear", "euro")
    amount = payment.amount_ore + {"short": -1, "dear": 1}.get(said, 0)
    return gateway.Session(
        id=f"cs_{payment.pk}", url="https://checkout.stripe.com/x", status="complete" if is_paid else said,
        payment_status="paid" if is_paid else "unpaid", amount=amount, currency="eur" if said == "euro" else "sek",
        reference=payment.key, intent_id=f"pi_{payment.pk}" if is_paid else "", method="card" if is_paid else "",
        metadata={}, expires_at=payment.expires_at,
    )  # fmt: skip


def happens(payment: Payment, product: line.Line, said: str) -> None:
    order = Order.objects.get(pk=payment.order_id)
    if said == "cancel":
        orders.cancel(order, at=AT)
    elif said == "shrink" and order.state != Order.State.CANCELLED:
        orders.amend(order, [making.ROOM], at=AT)
    elif said == "lapse":
        Order.objects.filter(pk=order.pk, state="open", paid_ore=0).update(state="lapsed")
    elif said == "unwanted":
        product.wants = False
    elif said in ("refunded", "failed"):
        status = "succeeded" if said == "refunded" else "failed"
        for refund in Refund.objects.filter(payment=payment):
            made = gateway.RefundMade(
                f"re_{refund.pk}", status, refund.amount_ore, "sek", payment.intent_id or "", "", {"refund": refund.key}, AT
            )  # fmt: skip
            refunds.record(made, at=AT)
    elif said not in ("shrink",):
        payments.record(session(payment, said), at=AT)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID)
def test_the_books_stay_whole_whatever_is_said(said):
    product = line.Line()
    handlers.register("states", product)
    order = making.order(kind="states", settlement=Settlement.CARD, at=AT)
    payment = payments._intend(order.pk, "sv", at=AT)
    moves = [Payment.State(payment.state)]
    for one in said:
        happens(payment, product, one)
        payment.refresh_from_db()
        moves.append(Payment.State(payment.state))
    order.refresh_from_db()
    for before, after in itertools.pairwise(moves):
        assert before == after or after in Payment.MOVES[before]
    paid = sum(one.amount_ore for one in order.payments.paid())
    gone = sum(one.amount_ore for one in Refund.objects.counted().filter(payment__order=order))
    failed = Refund.objects.filter(payment__order=order, state=Refund.State.FAILED).exists()
    assert order.paid_ore == paid - gone
    assert 0 <= gone <= paid
    assert order.owed_ore >= 0 or failed  # a surplus is always on its way back, unless Stripe would not
    assert len(product.told) <= 1
    assert (moves[-1] == Payment.State.PAID) == bool(paid)


@given(st.text(max_size=40))
def test_a_key_that_is_none_of_ours_finds_nothing(text):
    for key in (text, f"navet-payment-{text}", f"navet-payment-1-{text}", f"navet-refund-{text}-x"):
        assert not Payment.objects.of_key(key).exists()
        assert not Refund.objects.of_key(key).exists()


def test_a_page_is_open_as_long_as_stripe_allows_and_no_longer_than_the_order():
    for minutes in (0, 10, 35, 50, 90, 3000):
        order = making.order(settlement=Settlement.CARD, pay_by=AT + dt.timedelta(minutes=minutes))
        until = payments._until(order, AT) - AT
        assert gateway.SHORTEST < until < gateway.LONGEST
        assert until <= dt.timedelta(minutes=60)
