"""Stripe's own account of Navet's balance: read day by day, held against our books, and kept for the vouchers.

What a payment came to is in our books from the moment it was paid (`Movement`). What Stripe kept of it, what it withholds in a dispute and what it
sent to the bank is known from Stripe alone: it is read here, each entry once, the night after.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum

from navet.payments import differences, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import CURRENCY, BalanceEntry, Difference, Movement, Payment, Payout

What = BalanceEntry.What
# A payout that is said to be paid may be said to have failed for so long after (Stripe: five business days).
DOUBTFUL = dt.timedelta(days=10)


@dataclass(frozen=True)
class Day:
    """What a day came to, öre: what Stripe kept, and what it sent to the bank less what came back."""

    fees_ore: int
    paid_out_ore: int


def record(start: dt.datetime, end: dt.datetime, *, at: dt.datetime) -> Day:
    """Note everything that Stripe's balance says of the half-open period; noted again, it changes nothing. Raises GatewayError.

    The day's payments, refunds and disputes are recorded before: what none of them explains is told to finance.
    """
    for made in gateway.balance_between(start, end):
        if BalanceEntry.objects.filter(stripe_id=made.id).exists():
            continue
        payout = _note_payout(gateway.payout(made.source_id), at=at) if made.is_of_payout else None
        if made.source_kind == "refund":
            refunds.record(gateway.refund(made.source_id), at=at)  # its webhook may be lost
        _note(made, payout, at=at)
    noted = BalanceEntry.objects.filter(at__gte=start, at__lt=end)
    fees = noted.aggregate(
        fees=Sum("fee_ore", default=0), alone=Sum("amount_ore", filter=Q(what=What.FEE), default=0)
    )
    sent = noted.filter(what=What.PAYOUT).aggregate(sum=Sum("amount_ore", default=0))["sum"]
    return Day(fees["fees"] - fees["alone"], -sent)


def look_at_payouts(*, at: dt.datetime) -> None:
    """Ask Stripe about those that may still arrive, and about those that may still fail. Raises GatewayError."""
    doubtful = Q(status__in=Payout.UNSETTLED) | Q(status="paid", sent_at__gte=at - DOUBTFUL)
    for stripe_id in Payout.objects.filter(doubtful).values_list("stripe_id", flat=True):
        _note_payout(gateway.payout(stripe_id), at=at)


@transaction.atomic
def _note_payout(made: gateway.PayoutMade, *, at: dt.datetime) -> Payout:
    """How it is now. It arrived on the day that Stripe names, and failed on the day that we learnt of it."""
    payout, _is_new = Payout.objects.select_for_update().get_or_create(
        stripe_id=made.id,
        defaults={
            "amount_ore": made.amount,
            "status": made.status,
            "sent_at": made.created_at,
            "arrival_date": made.arrival_date,
        },
    )
    payout.status, payout.arrival_date = made.status, made.arrival_date
    if made.status == "paid" and payout.arrived_date is None:
        payout.arrived_date = made.arrival_date
    if made.status in ("failed", "canceled") and payout.failed_date is None:
        payout.failed_date = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    payout.save()
    return payout


@transaction.atomic
def _note(made: gateway.BalanceMade, payout: Payout | None, *, at: dt.datetime) -> None:
    theirs = f"{made.amount} {made.currency}"
    if made.currency != CURRENCY:
        differences.note(Difference.Kind.BALANCE, made.id, theirs=theirs, at=at)
        return
    payment = Payment.objects.filter(intent_id=made.intent_id).first() if made.intent_id else None
    what = _what(made, payment)
    BalanceEntry.objects.create(
        stripe_id=made.id,
        what=what,
        category=made.category[:40],
        source_id=made.source_id[:60],
        payment=payment,
        payout=payout if what == What.PAYOUT else None,
        amount_ore=made.amount,
        fee_ore=made.fee,
        fee_tax_ore=made.fee_tax,
        net_ore=made.net,
        at=made.created_at,
        noted_at=at,
    )
    if what == What.UNKNOWN:
        differences.note(
            Difference.Kind.BALANCE, made.id, payment=payment, theirs=f"{theirs} {made.category}"[:60], at=at
        )


def _what(made: gateway.BalanceMade, payment: Payment | None) -> What:
    """Which part of the books it is in. What is said to be ours is there with that very amount, or it is nothing that we know."""
    if made.is_of_payout:
        return What.PAYOUT
    if made.is_fee:
        return What.FEE
    if payment is None:
        return What.UNKNOWN
    if made.source_kind == "dispute":
        return What.DISPUTE
    moved = Movement.objects.filter(payment=payment, amount_ore=made.amount)
    if made.source_kind == "refund":
        moved = moved.filter(refund__stripe_id=made.source_id)
    else:
        moved = moved.filter(kind=Movement.Kind.PAYMENT)
    return What.OURS if moved.exists() else What.UNKNOWN
