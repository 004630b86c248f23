"""A reservation's order: placed, changed and cancelled by navet/payments, which alone adds up and knows the VAT."""

import datetime as dt
from collections.abc import Iterable

from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import keeping
from bookings.conferences.pricing import Line
from navet import periods
from navet.accounts.actor import Actor
from navet.payments import orders, vat
from navet.payments.models import Basis, Order, OrderLine, Settlement, Treatment, Unit
from navet.payments.vat import Totals

KIND = "reservation"


def priced(lines: Iterable[Line], day: dt.date) -> list[OrderLine]:
    """Each with the VAT of the day. Raises NoVatRule for what finance has not decided."""
    return orders.priced(_for_order(lines), supply_date=day)


def totals(lines: Iterable[Line], day: dt.date) -> Totals:
    """What the lines come to on the day, per rate. Raises NoVatRule."""
    return vat.totals(priced(lines, day), Basis.NET)


def key_of(reservation: Reservation) -> str:
    return f"{KIND}:{reservation.pk}"


def order_of(reservation: Reservation) -> Order | None:
    return Order.objects.filter(key=key_of(reservation)).first()


def owed_by_card(reservation: Reservation) -> Order | None:
    """The order of a booked conference that came to cost more than was paid by card; None where nothing is left to pay."""
    if reservation.status != Status.CONFIRMED or reservation.settlement != Settlement.CARD:
        return None
    order = order_of(reservation)
    return order if order is not None and order.owed_ore > 0 else None


def place(
    reservation: Reservation, *, pay_by: dt.datetime | None, by: Actor | None, at: dt.datetime
) -> Order:
    """Its order, once; what was not paid in time and is asked for again is the same order, with what it costs now."""
    return orders.place(
        key=key_of(reservation),
        kind=KIND,
        title=reservation.title,
        buyer=_buyer(reservation),
        lines=_for_order(keeping.lines_of(reservation)),
        settlement=Settlement(reservation.settlement),
        basis=Basis.NET,
        supply_date=periods.local_day(reservation.occasion.starts_at),
        pay_by=pay_by,
        language=reservation.mail_language,
        at=at,
        by=by,
    )


def amend(reservation: Reservation, *, by: Actor | None, at: dt.datetime) -> int:
    """Let its order come to what it costs now; what was paid too much by card and goes back by itself, öre."""
    order = order_of(reservation)
    if order is None:
        return 0
    day = periods.local_day(reservation.occasion.starts_at)
    lines = _for_order(keeping.lines_of(reservation))
    return order.paid_ore - orders.amend(order, lines, supply_date=day, at=at, by=by).paid_ore


def cancel(reservation: Reservation, fee: Iterable[Line], *, by: Actor | None, at: dt.datetime) -> int:
    """Take its order back but for the fee; what was paid by card and goes back by itself, öre."""
    order = order_of(reservation)
    if order is None:
        return 0
    return order.paid_ore - orders.cancel(order, fee=_for_order(fee), at=at, by=by).paid_ore


def paid_ore(reservation: Reservation) -> int:
    """What has been paid for it."""
    order = order_of(reservation)
    return order.paid_ore if order else 0


def _for_order(lines: Iterable[Line]) -> list[orders.Line]:
    return [
        orders.Line(line.text, Treatment(line.treatment), line.quantity, line.unit_ore, Unit(line.unit))
        for line in lines
    ]


def _buyer(reservation: Reservation) -> orders.Buyer:
    return orders.Buyer(
        name=reservation.customer,
        email=reservation.contact_email,
        organisation_number=reservation.organisation_number,
        reference=reservation.invoice_reference,
        street=reservation.street,
        postal_code=reservation.postal_code,
        city=reservation.city,
    )
