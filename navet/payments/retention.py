"""How long the persons in orders and charges are kept: as long as the law on bookkeeping asks for, then the money alone."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.payments.models import (
    Charge,
    Difference,
    Order,
    OrderLine,
    Payment,
    Refund,
    Settlement,
    StripeEvent,
)
from navet.retention import rules
from navet.retention.rules import FOR_THE_BOOKS_DAYS, NOTHING, About, Ground, Nowhere, Rule, Words


def _orders(before: dt.datetime) -> QuerySet[Any]:
    first = rules.bookkeeping(before)
    return Order.objects.filter(supply_date__lt=first, created_at__lt=periods.at(first, dt.time.min))


def _lines(before: dt.datetime) -> QuerySet[Any]:
    first = rules.bookkeeping(before)
    return OrderLine.objects.filter(order__supply_date__lt=first, at__lt=periods.at(first, dt.time.min))


def _charges(before: dt.datetime) -> QuerySet[Any]:
    return Charge.objects.filter(arose_date__lt=rules.bookkeeping(before))


def _payments(before: dt.datetime) -> QuerySet[Any]:
    return Payment.objects.filter(
        begun_at__lt=_year(before), order__supply_date__lt=rules.bookkeeping(before)
    )


def _refunds(before: dt.datetime) -> QuerySet[Any]:
    return Refund.objects.filter(promised_at__lt=_year(before))


def _differences(before: dt.datetime) -> QuerySet[Any]:
    return Difference.objects.filter(settled_at__lt=_year(before))


def _events(before: dt.datetime) -> QuerySet[Any]:
    return StripeEvent.objects.filter(handled_at__lt=before)


def _never_a_sale(order: str = "") -> Q:
    """Orders by card that came to nothing and that nobody ever paid: no accounting record, so no law asks for them."""
    over = Q(**{f"{order}state": Order.State.LAPSED}) | Q(
        **{f"{order}state": Order.State.CANCELLED, f"{order}payable_ore": 0}
    )
    sold = Payment.objects.filter(state__in=[Payment.State.PAID, Payment.State.MISMATCHED])
    return (
        over & Q(**{f"{order}settlement": Settlement.CARD}) & ~Q(**{f"{order}pk__in": sold.values("order")})
    )


def _lapsed(before: dt.datetime) -> QuerySet[Any]:
    return Order.objects.filter(_never_a_sale(), changed_at__lt=before)


def _lapsed_payments(before: dt.datetime) -> QuerySet[Any]:
    return Payment.objects.filter(_never_a_sale("order__"), order__changed_at__lt=before)


def _year(before: dt.datetime) -> dt.datetime:
    return periods.at(rules.bookkeeping(before), dt.time.min)


SHOWN: dict[str, Words] = {
    "code": _("Order"),
    "title": "",
    "buyer_name": "",
    "buyer_email": "",
    "reference": "",
    "street": "",
    "postal_code": "",
    "city": "",
    "supply_date": "",
    "state": "",
}
BOOKS = _("The law on bookkeeping (1999:1078) asks us to keep it for seven years.")
AT_STRIPE = {
    "session_id": "a number at Stripe",
    "intent_id": "a number at Stripe",
    "url": "a page at Stripe, emptied when it is over",
    "method": "card or Swish",
    "received": "an amount",
    "fault": "a code of Stripe's",
}
BUYER = {
    "buyer_name": NOTHING,
    "buyer_email": Nowhere(),
    "reference": "",
    "street": NOTHING,
    "postal_code": "",
    "city": "",
    "title": NOTHING,
}
NOT_OF_THE_BUYER = {
    "key": "the number of a booking",
    "kind": "a line of products",
    "organisation_number": "of an organisation",
}
rules.register(
    Rule(
        key="payments.orders",
        model=Order,
        about=About.VISITORS,
        holds=_("Who bought: name, e-mail address, address and reference"),
        purpose=_("To be paid, and to account for it"),
        ground=Ground.LAW,
        after=_("after the end of the year it was supplied in"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, VAT, dates and organisation number"),
        due=_orders,
        empties=BUYER,
        keeps=NOT_OF_THE_BUYER,
        address="buyer_email",
        shows=SHOWN,
        on_request=lambda at: _never_a_sale(),
        stays=BOOKS,
    )
)
rules.register(
    Rule(
        key="payments.orders_lapsed",
        model=Order,
        about=About.VISITORS,
        holds=_(
            "Who ordered something to be paid by card and never paid: name, e-mail address, address and reference"
        ),
        purpose=_("To answer whoever asks what became of it, or wants it after all"),
        ground=Ground.CONTRACT,
        after=_("after it lapsed or was cancelled"),
        days=90,
        remains=_("What it came to, and dates"),
        due=_lapsed,
        empties=BUYER,
        keeps=NOT_OF_THE_BUYER,
    )
)
rules.register(
    Rule(
        key="payments.payments_lapsed",
        model=Payment,
        about=About.VISITORS,
        holds=_("What somebody began to pay for and never paid, in words"),
        purpose=_("To answer whoever asks what became of it, or wants it after all"),
        ground=Ground.CONTRACT,
        after=_("after it lapsed or was cancelled"),
        days=90,
        remains=_("Amounts, dates and the numbers at Stripe"),
        due=_lapsed_payments,
        empties={"text": NOTHING},
        keeps=AT_STRIPE,
    )
)
rules.register(
    Rule(
        key="payments.order_lines",
        model=OrderLine,
        about=About.VISITORS,
        holds=_("What was bought, in words"),
        purpose=_("To be paid, and to account for it"),
        ground=Ground.LAW,
        after=_("after the end of the year it was supplied in"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, VAT and dates"),
        due=_lines,
        empties={"text": NOTHING},
        keeps={"exemption": "the text of a VAT rule", "exemption_code": "a code of the law"},
        past=("append_only",),
    )
)
rules.register(
    Rule(
        key="payments.charges",
        model=Charge,
        about=About.VISITORS,
        holds=_("What a school or company owes: payer, reference and for what"),
        purpose=_("To be paid, and to account for it"),
        ground=Ground.LAW,
        after=_("after the end of the year it arose in"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, VAT, dates and organisation number"),
        due=_charges,
        empties={"payer": NOTHING, "reference": "", "description": NOTHING},
        keeps={"key": "the number of a booking", "organisation_number": "of an organisation"},
    )
)
rules.register(
    Rule(
        key="payments.payments",
        model=Payment,
        about=About.VISITORS,
        holds=_("What was paid for, in words"),
        purpose=_("To be paid, and to account for it"),
        ground=Ground.LAW,
        after=_("after the end of the year it was supplied in"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, dates and the numbers at Stripe"),
        due=_payments,
        empties={"text": NOTHING},
        keeps=AT_STRIPE,
    )
)
rules.register(
    Rule(
        key="payments.refunds",
        model=Refund,
        about=About.VISITORS,
        holds=_("Why money went back, in words"),
        purpose=_("To be paid, and to account for it"),
        ground=Ground.LAW,
        after=_("after the end of the year it arose in"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, dates and the numbers at Stripe"),
        due=_refunds,
        empties={"note": ""},
        keeps={"stripe_id": "a number at Stripe", "fault": "a code of Stripe's"},
    )
)
rules.register(
    Rule(
        key="payments.differences",
        model=Difference,
        about=About.TECHNICAL,
        holds=_("How a difference between Stripe and our books was settled, in words"),
        purpose=_("To be paid, and to account for it"),
        ground=Ground.LAW,
        after=_("after the end of the year it was settled in"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, dates and the numbers at Stripe"),
        due=_differences,
        empties={"note": ""},
        keeps={"about": "a number of ours or at Stripe", "ours": "an amount", "theirs": "an amount"},
    )
)
rules.register(
    Rule(
        key="payments.stripe_events",
        model=StripeEvent,
        about=About.TECHNICAL,
        holds=_("That Stripe told us something; neither what nor about whom"),
        purpose=_("So that nothing is done twice"),
        ground=Ground.TASK,
        after=_("after it was handled"),
        days=90,
        remains=_("Nothing"),
        due=_events,
    )
)
rules.exempt("payments.BalanceEntry", "numbers and categories at Stripe")
rules.exempt("payments.Payout", "a number and a state at Stripe")
rules.exempt("payments.Dispute", "a number, a state and a reason's code at Stripe")
rules.exempt("payments.VatRule", "texts of the law and accounts")
