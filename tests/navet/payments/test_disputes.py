"""A payer's bank wants the money back: our books say what Stripe says, and finance hears of it."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from navet.accounts.actor import Actor
from navet.outbox.models import Effect
from navet.payments import orders, reconciliation, refunds, tidying
from navet.payments.models import (
    Difference,
    Dispute,
    Payment,
    Refund,
)
from tests.navet.payments import line
from tests.navet.payments.paying import SUM, made_refunds, paid, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told")]


def test_a_dispute_is_recorded_and_followed(sandbox):
    payment = paid(sandbox, line.order())
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    tell(made["id"], "dispute")
    line.relay_all()
    dispute = Dispute.objects.get()
    assert (dispute.payment, dispute.status, dispute.is_over) == (payment, "needs_response", False)
    sandbox.control("close-dispute", dispute=made["id"], status="won")
    tell(made["id"], "dispute", 2)
    line.relay_all()
    assert Dispute.objects.get().is_over


def disputed(payment: Payment, made: dict, sandbox, status: str, number: int) -> Dispute:
    sandbox.control("close-dispute", dispute=made["id"], status=status)
    tell(made["id"], "dispute", number)
    line.relay_all()
    return Dispute.objects.get()


def test_a_lost_dispute_is_paid_no_longer_and_one_won_after_all_is(sandbox, finance):
    order = line.order()
    payment = paid(sandbox, order)
    refunds.give(payment, 100_00, note="Trasig projektor", by=Actor(user=finance), at=timezone.now())
    line.relay_all()
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    tell(made["id"], "dispute")
    line.relay_all()
    warned = Difference.objects.get()
    assert (warned.kind, warned.settled_at) == (Difference.Kind.DISPUTED, None)
    assert Effect.objects.filter(key=f"payments.difference:{warned.pk}:{finance.pk}").exists()
    order.refresh_from_db()
    assert order.paid_ore == SUM - 100_00  # nothing is decided yet
    for number in (2, 3):  # told twice, taken once
        lost = disputed(payment, made, sandbox, "lost", number)
    order.refresh_from_db()
    warned.refresh_from_db()
    assert (order.paid_ore, order.owed_ore) == (0, SUM)
    assert (lost.taken_ore, lost.amount_ore, payment.refundable_ore()) == (SUM - 100_00, SUM, 0)
    assert warned.settled_at
    told = Difference.objects.get(kind=Difference.Kind.LOST)
    assert (told.ours, told.theirs) == (f"{SUM - 100_00} sek", f"{SUM} sek lost")
    with pytest.raises(refunds.MoreThanPaid):
        refunds.give(payment, 1, note="", by=Actor(user=finance), at=timezone.now())
    with pytest.raises(DatabaseError, match="no more is refunded"), transaction.atomic():
        Refund.objects.create(payment=payment, amount_ore=1, reason="staff", promised_at=timezone.now())
    assert tidying.lapse_unpaid(at=timezone.now() + dt.timedelta(days=9)) == 0  # it was paid once
    orders.cancel(order, at=timezone.now())
    disputed(payment, made, sandbox, "won", 4)
    order.refresh_from_db()
    assert (order.paid_ore, sum(made_refunds(payment))) == (0, SUM)  # what is there again goes back


def test_the_night_learns_how_a_dispute_ended_when_nothing_told_us(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    tell(made["id"], "dispute")
    line.relay_all()
    sandbox.control("close-dispute", dispute=made["id"], status="lost")
    at = timezone.now()
    reconciliation.run(timezone.localtime(at).date() - dt.timedelta(days=1), at=at)
    order.refresh_from_db()
    assert order.paid_ore == 0
