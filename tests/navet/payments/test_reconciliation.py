"""The night holds a day of Stripe against our books, and goes on where one payment fails."""

import datetime as dt

import pytest
from django.utils import timezone

from navet.payments import reconciliation
from navet.payments.models import (
    Difference,
    Order,
    Payment,
    Reconciliation,
)
from tests.navet.payments import line
from tests.navet.payments.paying import SUM, begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told")]


def test_a_line_that_fails_on_its_payment_does_not_keep_the_night_from_the_others(sandbox, told, monkeypatch):
    broken, fine = begun(line.order()), begun(line.order())
    for payment in (broken, fine):
        sandbox.control("pay", session=payment.session_id)
    heard = told.paid

    def paid_(order: Order, *, at: dt.datetime) -> bool:
        if order.pk == broken.order_id:
            raise KeyError("a fault of the line's own")
        return heard(order, at=at)

    monkeypatch.setattr(told, "paid", paid_)
    at = timezone.now()
    reconciliation.run(timezone.localtime(at).date(), at=at)
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == ("open", "paid")
    assert Difference.objects.get(payment=broken).kind == Difference.Kind.UNKNOWN


def test_reconciliation_mends_what_was_lost_and_tells_what_differs(sandbox, told):
    lost, missing = line.order(), line.order()
    forgotten = begun(lost)
    sandbox.control("pay", session=forgotten.session_id)
    invented = begun(missing)
    Payment.objects.filter(pk=invented.pk).update(
        state="paid", paid_at=timezone.now(), intent_id="pi_invented"
    )
    at = timezone.now()
    day = timezone.localtime(at).date()
    done = reconciliation.run(day, at=at)
    forgotten.refresh_from_db()
    assert forgotten.state == Payment.State.PAID
    assert ("paid", lost.code) in told.told
    assert done.paid_ore >= SUM
    assert Difference.objects.get(payment=invented).kind == Difference.Kind.MISSING
    known = (
        Difference.objects.count()
    )  # other tests' payments, which this database never heard of, are told too
    assert known == done.differences
    reconciliation.run(day, at=at)
    assert Difference.objects.count() == known


def test_days_are_reconciled_once_and_made_up_for(sandbox):
    at = timezone.now()
    reconciliation.run_due(at=at)
    reconciliation.run_due(at=at)
    assert Reconciliation.objects.count() == 3
