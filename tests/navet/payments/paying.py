"""Paying orders in the sandbox, for tests: begin, pay as somebody does, and let Stripe tell of it."""

import datetime as dt

from django.utils import timezone

from navet.payments import payments, webhooks
from navet.payments import stripe_gateway as gateway
from navet.payments.models import (
    Order,
    Payment,
)
from tests.navet.payments import line

SUM = 29_750_00  # what line.order() comes to


def begun(order: Order) -> Payment:
    return payments.begin(order, language="sv", at=timezone.now())


def event(about: str, kind: str = "checkout.session", number: int = 1) -> gateway.Event:
    return gateway.Event(f"evt_{about}_{number}", f"{kind}.something", kind, about, timezone.now())


def tell(about: str, kind: str = "checkout.session", number: int = 1) -> None:
    webhooks.receive(event(about, kind, number), at=timezone.now())


def paid(sandbox, order: Order, method: str = "card") -> Payment:
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id, method=method)
    tell(payment.session_id)
    line.relay_all()
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    return payment


def told_of_as_paid(order: Order, *, at: dt.datetime, method: str = "card") -> Payment:
    """As Stripe would tell of it, where no sandbox is asked."""
    made = payments._intend(order.pk, "sv", at=at)
    paid = payments.record(
        gateway.Session(
            id=f"cs_{made.key}", url="", status="complete", payment_status="paid", amount=made.amount_ore, currency="sek",
            reference=made.key, intent_id=f"pi_{made.key}", method=method, metadata={}, expires_at=made.expires_at,
        ),
        at=at,
    )  # fmt: skip
    assert paid is not None
    return paid


def made_refunds(payment: Payment) -> list[int]:
    return sorted(made.amount for made in gateway.refunds_of(payment.intent_id))
