"""Money that goes back: promised in the transaction that makes it due, made by the worker, recorded as Stripe has it."""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.outbox import promises
from navet.outbox.models import Effect
from navet.payments import differences
from navet.payments import stripe_gateway as gateway
from navet.payments.models import CURRENCY, Difference, Movement, Order, Payment, Refund

log = logging.getLogger(__name__)
KEYS_LAST = dt.timedelta(hours=20)  # Stripe keeps an idempotency key for 24 hours at least
STATES = {
    "succeeded": Refund.State.SUCCEEDED,
    "pending": Refund.State.PENDING,
    "requires_action": Refund.State.PENDING,
    "failed": Refund.State.FAILED,
    "canceled": Refund.State.FAILED,
}


class MoreThanPaid(Refused):
    code = "more_than_paid"
    message = _("No more can go back than was paid and has not gone back yet.")
    field = "amount"


@transaction.atomic
def give(payment: Payment, amount_ore: int, *, note: str, by: Actor, at: dt.datetime) -> Refund:
    """Staff decide that so much goes back. Raises MoreThanPaid. What the order comes to stays as it is."""
    order = Order.objects.select_for_update().get(pk=payment.order_id)
    payment = order.payments.select_for_update().get(pk=payment.pk)
    if not 0 < amount_ore <= payment.refundable_ore():
        raise MoreThanPaid(refundable_ore=payment.refundable_ore())
    return _promise(order, payment, amount_ore, Refund.Reason.STAFF, note=note, by=by, at=at)


def return_all(order: Order, payment: Payment, reason: Refund.Reason, *, at: dt.datetime) -> None:
    """The whole payment goes back. The caller holds the order and the payment."""
    _promise(order, payment, payment.amount_ore, reason, at=at)


def return_surplus(order: Order, *, by: Actor | None = None, at: dt.datetime) -> int:
    """What was paid by card or Swish beyond what the order comes to goes back, newest payment first; returns öre.

    In the transaction of whoever changed the order and holds its row.
    """
    left = order.paid_ore - order.payable_ore
    returned = 0
    if left <= 0:
        return 0
    for payment in order.payments.paid().select_for_update().order_by("-paid_at", "-pk"):
        amount = min(left - returned, payment.refundable_ore())
        if amount > 0:
            _promise(order, payment, amount, Refund.Reason.SURPLUS, by=by, at=at)
            returned += amount
    return returned


def send(effect: Effect) -> None:
    """Handler of "stripe.refund": make it at Stripe and record what came of it; a no is recorded too, and finance told."""
    refund = Refund.objects.select_related("payment__order").get(pk=effect.payload["refund"])
    if refund.state != Refund.State.PROMISED:
        return  # a webhook was faster
    try:
        made = _made_already(refund) or _make(refund)
    except gateway.Declined as no:
        fail(refund, no.code, at=timezone.now())
    else:
        record(made, at=timezone.now())


def _make(refund: Refund) -> gateway.RefundMade:
    return gateway.create_refund(
        intent_id=refund.payment.intent_id or "",
        amount_ore=refund.amount_ore,
        key=refund.key,
        metadata={"refund": refund.key},
    )


def _made_already(refund: Refund) -> gateway.RefundMade | None:
    """The refund at Stripe, where its key may be forgotten by now and would not keep it from being made twice."""
    if timezone.now() - refund.promised_at < KEYS_LAST:
        return None
    made = gateway.refunds_of(refund.payment.intent_id or "")
    return next((one for one in made if one.metadata.get("refund") == refund.key), None)


@transaction.atomic
def fail(refund: Refund, code: str, *, at: dt.datetime) -> None:
    """Stripe will not: the money is still here, the order says so, and finance is told."""
    order = Order.objects.select_for_update().get(pk=refund.payment.order_id)
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    if refund.state != Refund.State.FAILED:
        _fail(order, refund, code, at=at)


@transaction.atomic
def record(made: gateway.RefundMade, *, at: dt.datetime) -> None:
    """Let our books say what Stripe's say of one refund; one that we did not ask for is taken in."""
    known = Refund.objects.of_key(made.metadata.get("refund", "")) | Refund.objects.filter(stripe_id=made.id)
    known_one = known.select_related("payment").first()
    if known_one is None:
        _take_in(made, at=at)
        return
    order = Order.objects.select_for_update().get(pk=known_one.payment.order_id)
    refund = Refund.objects.select_for_update().select_related("payment").get(pk=known_one.pk)
    if (made.amount, made.currency) != (refund.amount_ore, CURRENCY):
        theirs = f"{made.amount} {made.currency}"
        differences.note(
            Difference.Kind.REFUND, made.id, payment=refund.payment, ours=f"{refund.amount_ore} sek",
            theirs=theirs, at=at,
        )  # fmt: skip
        return
    _move(order, refund, made, at=at)


def _move(order: Order, refund: Refund, made: gateway.RefundMade, *, at: dt.datetime) -> None:
    state = STATES.get(made.status, Refund.State.PENDING)
    refund.stripe_id = made.id
    if state == Refund.State.FAILED and refund.state != state:
        _fail(order, refund, made.failure or made.status, at=at)
    elif state in Refund.MOVES[Refund.State(refund.state)]:
        if refund.state == Refund.State.PROMISED:
            _note(refund, Movement.Kind.REFUND, at=at)
        refund.state = state
        refund.settled_at = at if state == Refund.State.SUCCEEDED else None
        refund.save()


def _note(refund: Refund, kind: Movement.Kind, *, at: dt.datetime) -> None:
    """Stripe takes a refund from Navet's balance when it is made, and gives it back when it fails."""
    amount = -refund.amount_ore if kind == Movement.Kind.REFUND else refund.amount_ore
    Movement.objects.create(payment_id=refund.payment_id, refund=refund, kind=kind, amount_ore=amount, at=at)


def _fail(order: Order, refund: Refund, code: str, *, at: dt.datetime) -> None:
    if refund.state != Refund.State.PROMISED:
        _note(refund, Movement.Kind.RETURNED, at=at)
    refund.state, refund.fault, refund.settled_at = Refund.State.FAILED, code[:100], at
    refund.save()
    order.paid_ore += refund.amount_ore
    order.save(update_fields=["paid_ore", "changed_at"])
    payment = Payment.objects.get(pk=refund.payment_id)
    differences.note(
        Difference.Kind.REFUND, refund.key, payment=payment, ours=f"{refund.amount_ore} sek", theirs=code[:60],
        at=at,
    )  # fmt: skip


def _take_in(made: gateway.RefundMade, *, at: dt.datetime) -> None:
    """A refund that somebody made at Stripe itself, of a payment of ours; of others' payments we know nothing."""
    payment = Payment.objects.filter(intent_id=made.intent_id).first()
    state = STATES.get(made.status, Refund.State.PENDING)
    if payment is None or not made.intent_id or state == Refund.State.FAILED:
        return
    order = Order.objects.select_for_update().get(pk=payment.order_id)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if Refund.objects.filter(stripe_id=made.id).exists():
        return
    if made.currency != CURRENCY or made.amount > payment.refundable_ore():
        theirs = f"{made.amount} {made.currency}"
        differences.note(Difference.Kind.REFUND, made.id, payment=payment, theirs=theirs, at=at)
        return
    settled_at = at if state == Refund.State.SUCCEEDED else None
    refund = Refund.objects.create(
        payment=payment, state=state, amount_ore=made.amount, reason=Refund.Reason.OUTSIDE, stripe_id=made.id,
        promised_at=at, settled_at=settled_at,
    )  # fmt: skip
    _note(refund, Movement.Kind.REFUND, at=at)
    order.paid_ore -= made.amount
    order.save(update_fields=["paid_ore", "changed_at"])


def _promise(
    order: Order,
    payment: Payment,
    amount_ore: int,
    reason: Refund.Reason,
    *,
    note: str = "",
    by: Actor | None = None,
    at: dt.datetime,
) -> Refund:
    user = by.user if by else None
    refund = Refund.objects.create(
        payment=payment, amount_ore=amount_ore, reason=reason, note=note, by=user, promised_at=at
    )
    order.paid_ore -= amount_ore
    order.save(update_fields=["paid_ore", "changed_at"])
    promises.promise("stripe.refund", key=refund.key, payload={"refund": refund.pk}, due_at=at)
    log.info("refund %s of payment %s promised: %s", refund.pk, payment.pk, reason)
    return refund
