"""What was ordered and never paid is no accounting record: its buyer goes after ninety days, or when she asks."""

import datetime as dt

import pytest
from django.utils import timezone

from navet.payments import orders, payments
from navet.payments.models import Order, Payment
from navet.retention import engine, requests
from navet.retention import rules as retention
from tests.navet.payments import line

pytestmark = pytest.mark.django_db
KEYS = ("payments.orders_lapsed", "payments.payments_lapsed")


def test_unpaid_orders_end_after_ninety_days_and_paid_ones_stay():
    at = timezone.now()
    lapsed, cancelled, paid, still_open = (line.order() for _ in range(4))
    begun = payments._intend(lapsed.pk, "sv", at=at)
    Payment.objects.filter(pk=begun.pk).update(state="expired")
    orders.cancel(cancelled, at=at)
    sold = payments._intend(paid.pk, "sv", at=at)
    Payment.objects.filter(pk=sold.pk).update(state="paid", paid_at=at, intent_id="pi_1")
    Order.objects.filter(pk__in=[lapsed.pk, paid.pk]).update(state="lapsed")
    theirs = [retention.named(key) for key in KEYS]
    engine.run(theirs, why="command", at=at + dt.timedelta(days=89))
    assert Order.objects.filter(buyer_name="Borås Stad").count() == 4
    engine.run(theirs, why="command", at=at + dt.timedelta(days=91))
    kept = set(Order.objects.filter(buyer_name="Borås Stad").values_list("pk", flat=True))
    assert kept == {paid.pk, still_open.pk}
    begun.refresh_from_db()
    sold.refresh_from_db()
    assert (begun.text, sold.text) == ("–", "Konferens")
    lapsed.refresh_from_db()
    assert lapsed.payable_ore == 29_750_00


def test_who_asks_has_her_unpaid_order_emptied_and_not_her_open_one():
    at = timezone.now()
    lapsed, still_open = line.order(), line.order()
    Order.objects.filter(pk=lapsed.pk).update(state="lapsed")
    requests.forget("inkop@boras.example", at=at)
    assert list(Order.objects.filter(buyer_email="inkop@boras.example")) == [still_open]
