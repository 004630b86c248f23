"""What becomes of a place when its fee is paid, or not in time: the handler that navet/payments calls."""

import datetime as dt

from django.urls import reverse

from bookings.common import holding
from bookings.leisure.models import Enrolment
from bookings.leisure.operations import enrolling
from bookings.leisure.operations.fees import KIND
from navet.payments.models import Order

__all__ = ["KIND", "address", "lock", "paid", "unpaid"]


def lock(order: Order) -> None:
    """The group's first meeting, then the enrolment."""
    _locked(order, order.created_at)


def paid(order: Order, *, at: dt.datetime) -> bool:
    """The fee is paid. Money for a place that is given up, or for an order that another took the place of, goes back."""
    enrolment = _locked(order, at)
    if enrolment.order_id != order.pk or not enrolment.has_place():
        return False
    if enrolment.fee_settled_at is None:
        enrolment.fee_settled_at = at
        holding.write(enrolment)
        holding.tell(enrolment, "settled", at=at)
    return True


def unpaid(order: Order, *, at: dt.datetime) -> None:
    """The time is out: the place is given up, and the next in the queue has it."""
    enrolment = _locked(order, at)
    if enrolment.order_id == order.pk and enrolment.owes_fee():
        enrolling.gone(enrolment, reason="", mail="unpaid", at=at)


def address(order: Order) -> str:
    return reverse("leisure:booking", args=[_code(order)])


def _code(order: Order) -> str:
    return Enrolment.objects.values_list("code", flat=True).get(pk=int(order.key.split(":")[1]))


def _locked(order: Order, at: dt.datetime) -> Enrolment:
    return holding.lock(Enrolment, _code(order), by=None, at=at)
