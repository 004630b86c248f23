"""A day of Stripe's held against our books: what can be mended is recorded, what cannot is told."""

import datetime as dt
import logging
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Sum

from navet.payments import balance, differences, disputes, payments, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import CURRENCY, Difference, Payment, Reconciliation, Refund

log = logging.getLogger(__name__)
SOONEST = dt.timedelta(hours=1)  # after midnight: what was under way then is over
DAYS_BACK = 3  # a worker that slept makes up for so many


def run_due(*, at: dt.datetime) -> None:
    """Reconcile yesterday, and days before that were missed; nothing is asked where it is done."""
    if not gateway.is_configured():
        return
    today = (at - SOONEST).astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    for back in range(DAYS_BACK, 0, -1):
        day = today - dt.timedelta(days=back)
        if not Reconciliation.objects.filter(day=day).exists():
            run(day, at=at)


def run(day: dt.date, *, at: dt.datetime) -> Reconciliation:
    """Ask Stripe for the day's payments, refunds and disputes, and for what its balance came to; compare each with ours. Raises GatewayError."""
    start, end = _bounds(day)
    before = Difference.objects.count()
    paid = [one for one in gateway.intents_between(start, end) if one.status == "succeeded" and _is_ours(one)]
    for intent in paid:
        _compare(intent, at=at)
    _ask_about_ours({intent.id for intent in paid}, start, end, at=at)
    gone = list(gateway.refunds_between(start, end))
    for made in gone:
        refunds.record(made, at=at)
    for dispute in gateway.disputes_between(start, end):
        disputes.record(dispute, at=at)
    disputes.look_at_open(at=at)
    came = balance.record(start, end, at=at)
    balance.look_at_payouts(at=at)
    ours = Refund.objects.filter(stripe_id__in=[made.id for made in gone]).counted()
    done, _is_new = Reconciliation.objects.update_or_create(
        day=day,
        defaults={
            "ran_at": at,
            "payments": len(paid),
            "paid_ore": sum(intent.received for intent in paid),
            "refunds": ours.count(),
            "refunded_ore": ours.aggregate(sum=Sum("amount_ore"))["sum"] or 0,
            "fees_ore": came.fees_ore,
            "paid_out_ore": came.paid_out_ore,
            "differences": Difference.objects.count() - before,
        },
    )
    return done


def _bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    start = dt.datetime.combine(day, dt.time(), zone)
    return start, dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)


def _is_ours(intent: gateway.Intent) -> bool:
    """Others may be paid through the same account; ours carry our key."""
    return intent.metadata.get("payment", "").startswith("navet-payment-")


def _compare(intent: gateway.Intent, *, at: dt.datetime) -> None:
    payment = _ours(intent)
    if payment is not None and payment.state in (Payment.State.INTENDED, Payment.State.OPEN):
        _look(payment, at=at)  # its webhook was lost
        payment = _ours(intent)
    theirs = f"{intent.received} {intent.currency}"
    if payment is None or payment.state not in (Payment.State.PAID, Payment.State.MISMATCHED):
        differences.note(Difference.Kind.UNKNOWN, intent.id, payment=payment, theirs=theirs, at=at)
    elif theirs != f"{payment.amount_ore} {CURRENCY}":
        differences.note(
            Difference.Kind.AMOUNT, payment.key, payment=payment, ours=f"{payment.amount_ore} {CURRENCY}",
            theirs=theirs, at=at,
        )  # fmt: skip


def _look(payment: Payment, *, at: dt.datetime) -> None:
    """Where the product line fails on it, the others are still compared, and this one is told as not known."""
    try:
        payments.look(payment, at=at)
    except gateway.GatewayError:
        raise
    except Exception:
        log.exception("payment %s is paid and could not be recorded", payment.pk)


def _ours(intent: gateway.Intent) -> Payment | None:
    found = Payment.objects.of_key(intent.metadata["payment"]) | Payment.objects.filter(intent_id=intent.id)
    return found.select_related("order").first()


def _ask_about_ours(known: set[str], start: dt.datetime, end: dt.datetime, *, at: dt.datetime) -> None:
    """Ours that were not among the day's: begun the day before, or not Stripe's at all."""
    mine = Payment.objects.paid().filter(paid_at__gte=start, paid_at__lt=end).select_related("order")
    for payment in mine.exclude(intent_id__in=known):
        try:
            found = gateway.intent(payment.intent_id or "")
        except gateway.Missing:
            theirs = ""
        else:
            theirs = f"{found.received} {found.currency}"
        ours = f"{payment.amount_ore} {CURRENCY}"
        if theirs != ours:
            differences.note(
                Difference.Kind.MISSING, payment.key, payment=payment, ours=ours, theirs=theirs, at=at
            )
