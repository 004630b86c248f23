"""The inbox of webhooks: kept once, answered at once, handled by the worker, which asks Stripe how things are now."""

import datetime as dt
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from navet.outbox import promises
from navet.outbox.models import Effect
from navet.payments import disputes, payments, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import StripeEvent


@transaction.atomic
def receive(event: gateway.Event, *, at: dt.datetime) -> bool:
    """Keep a verified event and promise to handle it; False where it came before."""
    kept = StripeEvent(
        event_id=event.id[:120],
        type=event.type[:80],
        about={"kind": event.kind, "id": event.about},
        happened_at=event.created_at,
        received_at=at,
    )
    # Of a duplicate that comes at the same moment, the second waits here for the first, and finds it.
    StripeEvent.objects.bulk_create([kept], ignore_conflicts=True)
    known = StripeEvent.objects.get(event_id=kept.event_id)
    if known.handled_at is not None:
        return False
    promises.promise(
        "stripe.event",
        key=f"stripe.event:{known.event_id}",
        payload={"event": known.pk},
        due_at=at,
        urgent=event.kind == "checkout.session",
    )
    return known.received_at == at


def handle(effect: Effect) -> None:
    """Handler of "stripe.event": whatever it said, what Stripe says now is recorded."""
    event = StripeEvent.objects.filter(pk=effect.payload["event"], handled_at__isnull=True).first()
    if event is None:
        return
    at = timezone.now()
    record = RECORDS.get(event.about["kind"])
    if record is not None:
        # Of an account that was cleared, or of another: nothing of ours can hang on it.
        with suppress(gateway.Missing):
            record(event.about["id"], at)
    StripeEvent.objects.filter(pk=event.pk).update(handled_at=at, about={})


RECORDS = {
    "checkout.session": lambda id_, at: payments.record(gateway.session(id_), at=at),
    "refund": lambda id_, at: refunds.record(gateway.refund(id_), at=at),
    "dispute": lambda id_, at: disputes.record(gateway.dispute(id_), at=at),
}
