"""A draft becomes an invoice: it gets the next number, its date and its OCR, and never changes again."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from navet import periods
from navet.accounts.actor import Actor
from navet.payments.invoices import documents, ocr, peppol_rules, reference_patterns, refusals
from navet.payments.invoices import seller as sellers
from navet.payments.invoices.models import Invoice, InvoiceSeries, State, Way
from navet.payments.invoices.operations import settling, standing
from navet.payments.models import Charge

SERIES = "main"


@transaction.atomic
def issue(invoice: Invoice, *, by: Actor, at: dt.datetime) -> Invoice:
    """Raises NotADraft, DraftIsStale, NothingToInvoice, AddressMissing, ReferenceMissing or -Wrong, SellerNotSet, and RulesBroken for an e-invoice.

    The number is taken last, under the series' lock, so that whatever is refused leaves no gap.
    """
    invoice = settling.locked(invoice)
    if invoice.state != State.DRAFT:
        raise refusals.NotADraft()
    _check_order(invoice)
    if not invoice.payable_ore:
        raise refusals.NothingToInvoice()
    _check_customer(invoice)
    seller = sellers.current()
    number_it(invoice, at=at)
    invoice.due_date = periods.local_day(at) + dt.timedelta(days=invoice.customer.terms_days)
    invoice.seller, invoice.buyer = documents.kept(seller), documents.kept(invoice.customer.as_party())
    invoice.state, invoice.issued_at, invoice.issued_by = State.ISSUED, at, by.user
    check_rules(invoice)
    invoice.save()
    Charge.objects.filter(invoice_line__invoice=invoice).update(state=Charge.State.INVOICED)
    return invoice


def number_it(invoice: Invoice, *, at: dt.datetime) -> None:
    """Give it the series' next number, its date and its OCR; the series stays locked until the transaction ends."""
    rules = settings.INVOICING
    InvoiceSeries.objects.get_or_create(name=SERIES, defaults={"next_number": rules["first_number"]})
    series = InvoiceSeries.objects.select_for_update().get(name=SERIES)
    invoice.series, invoice.number = series, series.next_number
    series.next_number += 1
    series.save()
    invoice.issue_date = periods.local_day(at)
    invoice.ocr = ocr.make(invoice.number, length_digit=rules["ocr_length_digit"])


def missing_numbers() -> list[int]:
    """Numbers of the series that no invoice has: always none, which the ledger's page shows."""
    series = InvoiceSeries.objects.filter(name=SERIES).first()
    if series is None:
        return []
    used = set(Invoice.objects.filter(series=series).values_list("number", flat=True))
    first = min((number for number in used if number), default=series.next_number)
    return sorted(set(range(first, series.next_number)) - used)


def check_rules(invoice: Invoice) -> None:
    """Raises RulesBroken where it goes as an e-invoice and breaks a rule of Peppol."""
    if invoice.customer.way != Way.E_INVOICE:
        return
    fatal = [
        one for one in peppol_rules.check(documents.ubl_of(invoice)) if one.severity == peppol_rules.FATAL
    ]
    if fatal:
        told = " ".join(str(one) for one in fatal)
        message = _("As an e-invoice this would be refused. %(findings)s") % {"findings": told}
        raise refusals.RulesBroken(message, rules=[one.rule for one in fatal])


def _check_customer(invoice: Invoice) -> None:
    customer = invoice.customer
    if not customer.is_whole:
        raise refusals.AddressMissing()
    reference_patterns.check(
        invoice.reference, pattern=customer.reference_pattern, example=customer.reference_example
    )


def _check_order(invoice: Invoice) -> None:
    """A draft follows its order; that it did is looked at once more."""
    if invoice.order:
        found = standing.of(invoice.order, without=invoice)
        drafted = set(invoice.lines.values_list("order_line_id", flat=True))
        if found.is_to_be_renewed or drafted != {one.pk for one in found.loose}:
            raise refusals.DraftIsStale()
