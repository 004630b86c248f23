"""Money on its way back: no more than was paid, once, and nothing forgotten."""

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from navet.accounts.actor import Actor
from navet.outbox.models import Effect
from navet.payments import orders, refunds, tidying
from navet.payments import stripe_gateway as gateway
from navet.payments.models import (
    Difference,
    Refund,
)
from tests.navet.payments import line
from tests.navet.payments.paying import SUM, begun, made_refunds, paid, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told")]


def test_staff_refund_no_more_than_is_left(sandbox, finance):
    payment = paid(sandbox, line.order())
    by, at = Actor(user=finance), timezone.now()
    refunds.give(payment, 100_00, note="Projektorn var trasig", by=by, at=at)
    with pytest.raises(refunds.MoreThanPaid):
        refunds.give(payment, SUM, note="", by=by, at=at)
    with pytest.raises(refunds.MoreThanPaid):
        refunds.give(payment, 0, note="", by=by, at=at)
    line.relay_all()
    assert made_refunds(payment) == [100_00]
    assert payment.refunds.get().state == Refund.State.SUCCEEDED


def test_two_who_refund_at_once_never_give_more_than_was_paid(sandbox, finance):
    payment = paid(sandbox, line.order())
    said: list[str] = []

    def give() -> None:
        try:
            refunds.give(payment, SUM - 1, note="", by=Actor(user=finance), at=timezone.now())
            said.append("given")
        except refunds.MoreThanPaid as no:
            said.append(no.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["given", "more_than_paid", "more_than_paid", "more_than_paid"]


def test_the_database_itself_refunds_no_more_than_was_paid(sandbox):
    payment = paid(sandbox, line.order())
    row = {"payment": payment, "reason": "staff", "promised_at": timezone.now()}
    Refund.objects.create(amount_ore=SUM, **row)
    with pytest.raises(DatabaseError, match="no more is refunded"), transaction.atomic():
        Refund.objects.create(amount_ore=1, **row)
    unpaid = begun(line.order())
    with pytest.raises(DatabaseError, match="no more is refunded"), transaction.atomic():
        Refund.objects.create(amount_ore=1, **row | {"payment": unpaid})


def test_a_refund_that_fails_later_is_owed_again_and_told(sandbox, finance):
    order = line.order()
    payment = paid(sandbox, order)
    sandbox.control("faults", refund_status="pending")
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    refund = payment.refunds.get()
    assert (refund.state, refund.stripe_id is None) == ("pending", False)
    sandbox.control("settle", refund=refund.stripe_id, status="failed")
    tell(refund.stripe_id, "refund")
    line.relay_all()
    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, refund.fault, order.paid_ore) == ("failed", "declined", SUM)
    assert Difference.objects.get().kind == Difference.Kind.REFUND


def test_a_pending_refund_is_asked_about_until_it_is_made(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    sandbox.control("faults", refund_status="pending")
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    sandbox.control("settle", refund=payment.refunds.get().stripe_id, status="succeeded")
    tidying.look_after_refunds(at=timezone.now() + dt.timedelta(hours=2))
    assert payment.refunds.get().state == Refund.State.SUCCEEDED


def test_a_refund_whose_key_stripe_may_have_forgotten_is_looked_for_first(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    orders.cancel(order, at=timezone.now())
    refund = payment.refunds.get()
    gateway.create_refund(
        intent_id=payment.intent_id, amount_ore=100_00, key="another key", metadata={"refund": refund.key}
    )
    Refund.objects.filter(pk=refund.pk).update(promised_at=timezone.now() - dt.timedelta(days=2))
    Effect.objects.filter(kind="stripe.refund").update(due_at=timezone.now())
    line.relay_all()
    assert made_refunds(payment) == [100_00]  # not made again
    assert Difference.objects.get().kind == Difference.Kind.REFUND  # and the sum that differs is told


def test_a_refund_made_at_stripe_itself_is_taken_into_our_books_once(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    made = gateway.create_refund(intent_id=payment.intent_id, amount_ore=50_00, key="dashboard", metadata={})
    for number in (1, 2):
        tell(made.id, "refund", number)
    line.relay_all()
    order.refresh_from_db()
    taken = payment.refunds.get()
    assert (taken.reason, taken.amount_ore, order.paid_ore) == ("outside", 50_00, SUM - 50_00)
