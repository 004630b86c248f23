"""A payer's bank wants the money back: what Stripe says of it is what our books say, and what is lost is paid no longer."""

import datetime as dt

from django.db import transaction

from navet.payments import differences, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import CURRENCY, Difference, Dispute, Movement, Order, Payment

LOST = "lost"


@transaction.atomic
def record(made: gateway.DisputeMade, *, at: dt.datetime) -> None:
    """Let our books say what Stripe says of a dispute; repeated, it changes nothing. Of others' payments we know nothing.

    A lost one takes its amount from what the order has paid, as Stripe took it from Navet; was it won after all, it is there again.
    """
    found = Payment.objects.filter(intent_id=made.intent_id).first() if made.intent_id else None
    if found is None:
        return
    order = Order.objects.select_for_update().get(pk=found.order_id)
    payment = Payment.objects.select_for_update().get(pk=found.pk)
    dispute, _is_new = Dispute.objects.update_or_create(
        stripe_id=made.id,
        defaults={
            "payment": payment,
            "status": made.status[:40],
            "reason": made.reason[:60],
            "amount_ore": made.amount,
            "opened_at": made.created_at,
            "answer_by": made.answer_by,
        },
    )
    if made.status == LOST and made.currency == CURRENCY:
        _take(order, payment, dispute, at=at)
    elif dispute.is_taken:
        _give_back(order, dispute, at=at)
    _tell(dispute, payment, made, at=at)


def look_at_open(*, at: dt.datetime) -> None:
    """Ask Stripe about those that are not over, and about what could not be taken whole. Raises GatewayError."""
    for stripe_id in Dispute.objects.unsettled().values_list("stripe_id", flat=True):
        record(gateway.dispute(stripe_id), at=at)


def _take(order: Order, payment: Payment, dispute: Dispute, *, at: dt.datetime) -> None:
    """As much as has not gone back by refunds; the rest is a difference that finance is told of."""
    already = dispute.taken_ore if dispute.is_taken else 0
    taken = min(dispute.amount_ore, payment.refundable_ore() + already)
    if taken == already:
        return
    order.paid_ore += already - taken
    order.save(update_fields=["paid_ore", "changed_at"])
    dispute.taken_ore, dispute.taken_at, dispute.returned_at = taken, at, None
    dispute.save()
    # Stripe may lower what a dispute is about.
    kind = Movement.Kind.LOST if taken > already else Movement.Kind.WON
    _note(dispute, kind, already - taken, at=at)


def _give_back(order: Order, dispute: Dispute, *, at: dt.datetime) -> None:
    order.paid_ore += dispute.taken_ore
    order.save(update_fields=["paid_ore", "changed_at"])
    dispute.returned_at = at
    dispute.save()
    _note(dispute, Movement.Kind.WON, dispute.taken_ore, at=at)
    refunds.return_surplus(order, at=at)


def _note(dispute: Dispute, kind: Movement.Kind, amount_ore: int, *, at: dt.datetime) -> None:
    Movement.objects.create(
        payment_id=dispute.payment_id, dispute=dispute, kind=kind, amount_ore=amount_ore, at=at
    )


def _tell(dispute: Dispute, payment: Payment, made: gateway.DisputeMade, *, at: dt.datetime) -> None:
    """Finance hears of it while it can be answered, and when it is lost; what ended well is settled by itself."""
    theirs = f"{made.amount} {made.currency} {made.status}"[:60]
    if dispute.is_over:
        Difference.objects.filter(
            kind=Difference.Kind.DISPUTED, about=dispute.stripe_id, settled_at__isnull=True
        ).update(settled_at=at, theirs=theirs, note=dispute.status)
    else:
        ours = f"{payment.amount_ore} {CURRENCY}"
        differences.note(
            Difference.Kind.DISPUTED, dispute.stripe_id, payment=payment, ours=ours, theirs=theirs, at=at
        )
    if dispute.status == LOST:
        ours = f"{dispute.taken_ore} {CURRENCY}"
        differences.note(
            Difference.Kind.LOST, dispute.stripe_id, payment=payment, ours=ours, theirs=theirs, at=at
        )
