"""How long the persons in invoices are kept: as long as the law on bookkeeping asks for, then the money alone."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.payments.invoices import delivery
from navet.payments.invoices.models import Customer, Invoice, InvoiceLine, InvoicePayment
from navet.retention import rules
from navet.retention.rules import FOR_THE_BOOKS_DAYS, NOTHING, About, Ground, Nowhere, Rule


def _customers(before: dt.datetime) -> QuerySet[Any]:
    """Those who have no invoice younger than that."""
    first = periods.at(rules.bookkeeping(before), dt.time.min)
    young = Invoice.objects.filter(created_at__gte=first).values("customer")
    return Customer.objects.filter(created_at__lt=first).exclude(pk__in=young)


def _invoices(before: dt.datetime) -> QuerySet[Any]:
    return Invoice.objects.filter(created_at__lt=periods.at(rules.bookkeeping(before), dt.time.min))


def _lines(before: dt.datetime) -> QuerySet[Any]:
    return InvoiceLine.objects.filter(
        invoice__created_at__lt=periods.at(rules.bookkeeping(before), dt.time.min)
    )


def _payments(before: dt.datetime) -> QuerySet[Any]:
    return InvoicePayment.objects.filter(at__lt=periods.at(rules.bookkeeping(before), dt.time.min))


_PURPOSE = _("To be paid, and to account for it")
_AFTER = _("after the end of the year it was made in")
BOOKS = _("The law on bookkeeping (1999:1078) asks us to keep it for seven years.")
rules.register(
    Rule(
        key="invoices.customers",
        model=Customer,
        about=About.VISITORS,
        holds=_("Who pays by invoice: name, address and e-mail address"),
        purpose=_PURPOSE,
        ground=Ground.LAW,
        after=_("after the end of the year of the last invoice"),
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Organisation number and electronic address"),
        due=_customers,
        empties={
            "name": NOTHING,
            "email": Nowhere(),
            "street": "",
            "postal_code": "",
            "city": "",
            "reference_example": "",
        },
        keeps={
            "organisation_number": "of an organisation",
            "vat_number": "of an organisation",
            "endpoint_id": "of an organisation",
            "reference_pattern": "a pattern",
        },
        address="email",
        shows=("name", "organisation_number", "street", "postal_code", "city", "email"),
        stays=BOOKS,
    )
)
rules.register(
    Rule(
        key="invoices.invoices",
        model=Invoice,
        about=About.VISITORS,
        holds=_("Who was invoiced: name, address and reference as they were"),
        purpose=_PURPOSE,
        ground=Ground.LAW,
        after=_AFTER,
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, VAT, dates and numbers"),
        due=_invoices,
        empties={
            "buyer": {},
            "buyer_reference": "",
            "order_reference": "",
            "note": "",
        },
        keeps={
            "seller": "ourselves",
            "ocr": "the number of an invoice",
            "sent_way": "a word of ours",
            "written_off_reason": "why money was given up, for the books",
        },
        past=("issued_stays",),
        also=delivery.forget,
        stays=BOOKS,
    )
)
rules.register(
    Rule(
        key="invoices.lines",
        model=InvoiceLine,
        about=About.VISITORS,
        holds=_("What was invoiced, in words"),
        purpose=_PURPOSE,
        ground=Ground.LAW,
        after=_AFTER,
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts, VAT and dates"),
        due=_lines,
        empties={"text": NOTHING},
        keeps={"exemption": "the text of a VAT rule", "exemption_code": "a code of the law"},
        past=("lines_are_kept",),
    )
)
rules.register(
    Rule(
        key="invoices.payments",
        model=InvoicePayment,
        about=About.VISITORS,
        holds=_("Who paid, and what was written with the payment"),
        purpose=_PURPOSE,
        ground=Ground.LAW,
        after=_AFTER,
        days=FOR_THE_BOOKS_DAYS,
        remains=_("Amounts and dates"),
        due=_payments,
        empties={"sender": "", "text": "", "reference": ""},
        keeps={
            "key": "the bank's number of a payment",
            "set_aside_reason": "why money is not ours, for the books",
        },
        past=("what_came_stays",),
    )
)
rules.exempt("invoices.PaymentFile", "digest and name of the bank's file")
rules.exempt("invoices.InvoiceSeries", "the name of a series")
