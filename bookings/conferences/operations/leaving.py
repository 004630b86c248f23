"""Leave, or be called off: what it costs, what goes back, and who is told."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from bookings.common import holding
from bookings.conferences import pricing
from bookings.conferences.models import Reservation
from bookings.conferences.models.words import Status
from bookings.conferences.operations import keeping, money, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.payments.models import Refund, Settlement


@transaction.atomic
def cancel(
    code: str,
    *,
    reason: str = "",
    waive: bool = False,
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Reservation:
    """Leave the rooms to others; what it costs is by how early. Cancelling again changes nothing.

    Staff may `waive` what it costs, and say why. Raises OnlyByStaff, NoReason.
    """
    if waive:
        keeping.require_staff(by)
        if not reason.strip():
            raise refusals.NoReason
    reservation = keeping.lock(code, version=version, by=by, at=at)
    percent = 0 if waive else per_cent(reservation, at)
    return _leave(reservation, "cancelled", percent, reason=reason, by=by, at=at)


@transaction.atomic
def call_off(code: str, *, reason: str, by: Actor, at: dt.datetime) -> Reservation:
    """Navet cannot keep it: the guest is told why, and pays nothing. Again changes nothing."""
    if not reason.strip():
        raise refusals.NoReason
    reservation = keeping.lock(code, by=by, at=at)
    return _leave(reservation, "called_off", 0, reason=reason, by=by, at=at)


def per_cent(reservation: Reservation, at: dt.datetime) -> int:
    """What of the price leaving now would cost; nothing until it is booked."""
    if reservation.status != Status.CONFIRMED:
        return 0
    days = (periods.local_day(reservation.occasion.starts_at) - periods.local_day(at)).days
    return pricing.per_cent([(step[0], step[1]) for step in reservation.terms], days)


@dataclass(frozen=True)
class Leaving:
    """What `cancel` by the guest would cost now, and what would go back to her by itself; öre with VAT."""

    percent: int
    cost_ore: int
    back_ore: int
    is_invoiced: bool


def would_be(reservation: Reservation, at: dt.datetime) -> Leaving:
    """What leaving now would come to, without doing it."""
    percent = per_cent(reservation, at)
    fee = pricing.fee(keeping.lines_of(reservation), percent)
    cost_ore = money.totals(fee, periods.local_day(reservation.occasion.starts_at)).payable_ore
    on_invoice = reservation.settlement == Settlement.INVOICE
    back_ore = 0 if on_invoice else max(money.paid_ore(reservation) - cost_ore, 0)
    return Leaving(percent, cost_ore, back_ore, bool(percent) and on_invoice)


@dataclass(frozen=True)
class Left:
    """What a cancelled conference came to: öre with VAT, and what of the money for it goes back or has gone."""

    cost_ore: int
    back_ore: int
    is_invoiced: bool
    has_receipt: bool


def was(reservation: Reservation) -> Left | None:
    """None unless it is cancelled."""
    if reservation.status != Status.CANCELLED:
        return None
    order = money.order_of(reservation)
    if order is None:
        return Left(0, 0, False, False)
    back = Refund.objects.counted().filter(payment__order=order).aggregate(ore=Sum("amount_ore"))
    on_invoice = order.payable_ore > 0 and reservation.settlement == Settlement.INVOICE
    return Left(order.payable_ore, back["ore"] or 0, on_invoice, order.payments.paid().exists())


def may_cancel(reservation: Reservation, at: dt.datetime) -> bool:
    """Whether there is anything to leave."""
    stands = not reservation.has_lapsed(at) and reservation.status != Status.CANCELLED
    return stands and not reservation.has_begun(at)


def _leave(
    reservation: Reservation, mail: str, percent: int, *, reason: str, by: Actor | None, at: dt.datetime
) -> Reservation:
    if reservation.status == Status.CANCELLED:
        return reservation
    keeping.require_before_start(reservation, at)
    was_confirmed, was_ordered = reservation.status == Status.CONFIRMED, bool(reservation.settlement)
    holding.move(reservation, Status.CANCELLED)
    reservation.holds_until = None
    reservation.cancelled_at = at
    reservation.cancel_reason = " ".join(reason.split())[:200]
    holding.write(reservation)
    keeping.let_go(reservation, reason=reservation.cancel_reason, by=by, at=at)
    if was_confirmed:
        keeping.expect_nobody(reservation, at)
    back_ore = 0
    if was_ordered:
        with keeping.in_its_language(reservation):
            fee = pricing.fee(keeping.lines_of(reservation), percent)
        back_ore = money.cancel(reservation, fee, by=by, at=at)
    holding.tell(reservation, mail, at=at, percent=percent, back_ore=back_ore)
    return reservation
