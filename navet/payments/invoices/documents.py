"""An invoice of the database as a Document, and the files made of it."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from navet.payments.invoices import pdf, peppol
from navet.payments.invoices import seller as sellers
from navet.payments.invoices.document import Document, Line, Party, Seller, Vat
from navet.payments.invoices.models import Invoice, InvoiceLine
from navet.payments.models import VAT_RATES, Basis


def of(invoice: Invoice, *, today: dt.date | None = None) -> Document:
    """As it was issued; of a draft as it would be on `today`. Reads the lines, and the credited invoice."""
    lines = list(invoice.lines.all())
    is_draft = invoice.issue_date is None
    issued = invoice.issue_date or today
    if issued is None:
        raise ValueError("a draft is shown as of some day")
    credited = invoice.credits
    return Document(
        kind=invoice.kind,
        number=str(invoice.number or ""),
        issue_date=issued,
        due_date=issued + dt.timedelta(days=invoice.customer.terms_days) if is_draft else invoice.due_date,
        ocr=invoice.ocr,
        seller=sellers.current() if is_draft else Seller(**invoice.seller),
        buyer=invoice.customer.as_party() if is_draft else Party(**invoice.buyer),
        lines=tuple(_line(line) for line in lines),
        vat=_rates(invoice, lines),
        rounding_ore=invoice.rounding_ore,
        payable_ore=invoice.payable_ore,
        gross_basis=invoice.basis == Basis.GROSS,
        buyer_reference=invoice.buyer_reference,
        order_reference=invoice.order_reference,
        credits=(str(credited.number), credited.issue_date) if credited and credited.issue_date else None,
        terms_days=invoice.customer.terms_days if is_draft else _days(invoice),
        note=invoice.note,
        delivered_date=invoice.supply_date,
    )


def pdf_of(invoice: Invoice, *, today: dt.date) -> bytes:
    """The PDF in the invoice's language; a draft is stamped as one."""
    with override(invoice.language):
        stamp = _("DRAFT, not an invoice") if invoice.issue_date is None else ""
    return pdf.to_pdf(of(invoice, today=today), language=invoice.language, stamp=stamp)


def ubl_of(invoice: Invoice) -> bytes:
    """The e-invoice of an issued one."""
    return peppol.to_ubl(of(invoice))


def kept(party: Party) -> dict[str, Any]:
    """A party as it is stored with the invoice."""
    return asdict(party)


def file_name(invoice: Invoice, ending: str) -> str:
    kind = "kreditfaktura" if invoice.is_credit else "faktura"
    return f"{kind}-{invoice.number or 'utkast'}.{ending}"


def _days(invoice: Invoice) -> int | None:
    return (invoice.due_date - invoice.issue_date).days if invoice.due_date and invoice.issue_date else None


def _line(line: InvoiceLine) -> Line:
    return Line(
        position=line.position,
        text=line.text,
        quantity=line.quantity,
        unit_ore=line.unit_ore,
        net_ore=line.net_ore,
        vat_permille=line.vat_permille,
        exemption_code=line.exemption_code,
        exemption_text=line.exemption,
        unit=line.unit,
    )


def _rates(invoice: Invoice, lines: list[InvoiceLine]) -> tuple[Vat, ...]:
    """The sums that were issued; the exempt ones by their reasons."""
    reasons: dict[tuple[str, str], int] = {}
    for line in lines:
        if not line.vat_permille:
            key = (line.exemption_code, line.exemption)
            reasons[key] = reasons.get(key, 0) + line.net_ore
    exempt = [Vat(0, net, 0, code, text) for (code, text), net in reasons.items()]
    present = {line.vat_permille for line in lines}
    taxed = [
        Vat(rate, getattr(invoice, f"net_{rate}_ore"), getattr(invoice, f"vat_{rate}_ore"))
        for rate in VAT_RATES
        if rate and rate in present
    ]
    return (*exempt, *taxed)
