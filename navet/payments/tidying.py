"""What the worker makes up for: answers that never came, webhooks that were lost, orders that nobody paid."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from navet.outbox.models import Effect
from navet.payments import differences, handlers, payments, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import Difference, Order, Payment, Refund, Settlement

log = logging.getLogger(__name__)

UNANSWERED = dt.timedelta(
    minutes=1
)  # a request takes seconds; after this nobody waits for the answer any more
OPEN_TOO_LONG = dt.timedelta(minutes=10)
STUCK = dt.timedelta(hours=1)
BATCH = 200


def look_after(*, at: dt.datetime) -> int:
    """Ask Stripe about every payment that has been open too long; returns how many were asked about."""
    standing = Payment.objects.standing().select_related("order")
    unanswered = Q(state=Payment.State.INTENDED, begun_at__lt=at - UNANSWERED)
    long_open = Q(state=Payment.State.OPEN) & (
        Q(checked_at__lt=at - OPEN_TOO_LONG) | Q(checked_at__isnull=True) | Q(expires_at__lt=at)
    )
    due = list(
        standing.filter(unanswered | long_open).order_by(F("checked_at").asc(nulls_first=True))[:BATCH]
    )
    return sum(_try(payments.look, payment, at=at) for payment in due)


def look_after_refunds(*, at: dt.datetime) -> int:
    """Ask about refunds that are on their way, and tell finance of those that never left."""
    late = Refund.objects.filter(promised_at__lt=at - STUCK).select_related("payment__order")
    for refund in late.filter(state=Refund.State.PROMISED):
        differences.note(
            Difference.Kind.STUCK, refund.key, payment=refund.payment, ours=f"{refund.amount_ore} sek", at=at
        )
    pending = list(late.filter(state=Refund.State.PENDING).order_by("promised_at")[:BATCH])
    return sum(_try(_look_at_refund, refund, at=at) for refund in pending)


def lapse_unpaid(*, at: dt.datetime) -> int:
    """Orders that nobody paid in time lapse, and their product lines free what was held; returns how many.

    An order that was ever paid does not lapse by itself.
    """
    late = Order.objects.filter(
        state=Order.State.OPEN, settlement=Settlement.CARD, pay_by__lte=at, payable_ore__gt=0, paid_ore=0
    )
    never = late.exclude(payments__state=Payment.State.PAID)
    return sum(_try(_lapse, order, at=at) for order in never.order_by("pay_by")[:BATCH])


def close(effect: Effect) -> None:
    """Handler of "stripe.close"."""
    payment = Payment.objects.select_related("order").get(pk=effect.payload["payment"])
    payments.close(payment, at=timezone.now())


def look(effect: Effect) -> None:
    """Handler of "stripe.look"."""
    payment = Payment.objects.select_related("order").get(pk=effect.payload["payment"])
    payments.look(payment, at=timezone.now())


def _look_at_refund(refund: Refund, *, at: dt.datetime) -> None:
    refunds.record(gateway.refund(refund.stripe_id or ""), at=at)


def _lapse(order: Order, *, at: dt.datetime) -> None:
    for payment in order.payments.standing().select_related("order"):
        # Where Stripe does not answer, the places are free all the same; a payment that comes goes by the late rule.
        _try(payments.close, payment, at=at)
    _lapsed(order, at=at)


@transaction.atomic
def _lapsed(order: Order, *, at: dt.datetime) -> None:
    handler = handlers.of(order)
    handler.lock(order)
    order = Order.objects.select_for_update().get(pk=order.pk)
    is_late = order.state == Order.State.OPEN and order.pay_by is not None and order.pay_by <= at
    if not is_late or order.owed_ore <= 0 or order.payments.paid().exists():
        return
    order.state = Order.State.LAPSED
    order.save(update_fields=["state", "changed_at"])
    handler.unpaid(order, at=at)


def _try(verb, one, *, at: dt.datetime) -> bool:
    """Do it; what one of them meets does not keep the others waiting."""
    try:
        verb(one, at=at)
    except gateway.GatewayError as fault:
        log.warning("%s %s: Stripe said %s", type(one).__name__, one.pk, fault.code)
    except Exception:
        log.exception("%s %s", type(one).__name__, one.pk)
    else:
        return True
    return False
