"""What becomes of a reservation when its order is paid, or not in time: the handler that navet/payments calls."""

import datetime as dt

from django.urls import reverse

from bookings.common import holding
from bookings.conferences.models import Reservation
from bookings.conferences.models.words import Status
from bookings.conferences.operations import keeping
from bookings.conferences.operations.refusals import RoomsGone
from navet.payments.models import Order, Settlement


def lock(order: Order) -> None:
    """Its occasions, then the reservation."""
    keeping.lock(_of(order).code, by=None, at=order.created_at)


def paid(order: Order, *, at: dt.datetime) -> bool:
    """Booked. Money that comes after the time was out is taken while the rooms are still free, else it goes back."""
    reservation = keeping.lock(_of(order).code, by=None, at=at)
    if reservation.status == Status.CONFIRMED:
        return True
    if reservation.status not in (Status.UNPAID, Status.LAPSED) or reservation.occasion.starts_at <= at:
        return False
    try:
        keeping.confirmed(reservation, settlement=Settlement.CARD, by=None, at=at)
    except RoomsGone:
        return False
    return True


def unpaid(order: Order, *, at: dt.datetime) -> None:
    """Its rooms are free, and the guest is told."""
    reservation = keeping.lock(_of(order).code, by=None, at=at)
    if reservation.status == Status.UNPAID:
        keeping.lapse(reservation, at)
        holding.tell(reservation, "lapsed", at=at)


def address(order: Order) -> str:
    return reverse("conferences:booking", args=[_of(order).code])


def _of(order: Order) -> Reservation:
    return Reservation.objects.get(pk=int(order.key.removeprefix("reservation:")))
