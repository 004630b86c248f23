"""The fee of a place: how it is paid, and its order (navet/payments), which alone knows the VAT.

A place whose fee nobody has paid, or promised to pay, in time is given up: the order's own time for a card, else the tidying.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from bookings.common import holding
from bookings.leisure import pricing
from bookings.leisure.models import Enrolment, PaidBy, Payer
from bookings.leisure.operations import refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.payments import orders
from navet.payments.models import Basis, Settlement, Treatment, Unit

KIND = "enrolment"


@dataclass(frozen=True)
class Address:
    """Where an invoice to a guardian goes."""

    street: str = ""
    postal_code: str = ""
    city: str = ""


@transaction.atomic
def choose(
    code: str,
    *,
    paid_by: str,
    address: Address = Address(),
    payer: Payer | None = None,
    reference: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> Enrolment:
    """How the fee is paid: by card its order is to be paid now, else the place is settled and the order is invoiced.

    Until it is paid another way can be chosen. Raises NothingToPay, AddressMissing, PayerMissing, ReferenceMissing, NoVatRule.
    """
    enrolment = holding.lock(Enrolment, code, by=by, at=at)
    if not enrolment.owes_fee() or enrolment.pay_by is None or enrolment.pay_by <= at:
        raise refusals.NothingToPay
    if paid_by == PaidBy.CARD and enrolment.paid_by == PaidBy.CARD and enrolment.order is not None:
        return enrolment
    buyer = _buyer(enrolment, paid_by, address, payer, reference)
    take_back(enrolment, by=by, at=at)
    enrolment.paid_by = paid_by
    enrolment.payer = payer if paid_by == PaidBy.OTHER else None
    enrolment.version += 1
    day = max(periods.local_day(enrolment.occasion.starts_at), periods.local_day(at))
    by_card = paid_by == PaidBy.CARD
    enrolment.order = orders.place(
        key=f"{KIND}:{enrolment.pk}:{enrolment.version}",
        kind=KIND,
        title=enrolment.group.club.title_sv,
        buyer=buyer,
        lines=[_line(enrolment, enrolment.price_ore)],
        settlement=Settlement.CARD if by_card else Settlement.INVOICE,
        basis=Basis.GROSS,
        supply_date=day,
        pay_by=enrolment.pay_by if by_card else None,
        language=enrolment.mail_language,
        at=at,
        by=by,
    )
    if not by_card:
        enrolment.fee_settled_at = at
        holding.tell(enrolment, "settled", at=at)
    enrolment.save()
    return enrolment


def take_back(enrolment: Enrolment, *, by: Actor | None, at: dt.datetime) -> None:
    """Cancel its order, if it has one: what was paid goes back by itself."""
    if enrolment.order is not None:
        orders.cancel(enrolment.order, at=at, by=by)


def keep_share(enrolment: Enrolment, *, left: int, meetings: int, by: Actor | None, at: dt.datetime) -> None:
    """Navet calls off what is left: the fee of those meetings goes back."""
    back = pricing.fee(enrolment.price_ore, left=left, meetings=meetings)
    if enrolment.order is None or not back:
        return
    if back >= enrolment.price_ore:
        take_back(enrolment, by=by, at=at)
    else:
        orders.amend(enrolment.order, [_line(enrolment, enrolment.price_ore - back)], at=at, by=by)


def _line(enrolment: Enrolment, ore: int) -> orders.Line:
    """No name of a child: what is on an invoice is kept for seven years and seen by whoever pays."""
    title = enrolment.group.club.title_sv
    day = periods.local_day(enrolment.occasion.starts_at)
    return orders.Line(f"{title}, {day:%Y-%m-%d}", Treatment.LEISURE, 1, ore, Unit.PERSON)


def _buyer(
    enrolment: Enrolment, paid_by: str, address: Address, payer: Payer | None, reference: str
) -> orders.Buyer:
    if paid_by == PaidBy.OTHER:
        if payer is None:
            raise refusals.PayerMissing
        if not reference.strip():
            raise refusals.ReferenceMissing
        return orders.Buyer(
            name=payer.name,
            email="",  # a guardian's would get the payer's next invoices, of other children
            organisation_number=payer.organisation_number,
            reference=" ".join(reference.split()),
        )
    if paid_by == PaidBy.INVOICE:
        if not (address.street and address.postal_code and address.city):
            raise refusals.AddressMissing
        return orders.Buyer(enrolment.contact_name, enrolment.contact_email, **vars(address))
    return orders.Buyer(enrolment.contact_name, enrolment.contact_email)
