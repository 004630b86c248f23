"""A document as PDF, tagged (PDF/UA-1), in the invoice's language. Made when asked for; the same document is the same file."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from navet.pages import formats
from navet.pages.pdf import made
from navet.payments.invoices import bankgiro, identifiers
from navet.payments.invoices.document import Document, Line, Vat

TEMPLATE = Path(__file__).with_name("invoice.typ")


def to_pdf(document: Document, *, language: str, stamp: str = "") -> bytes:
    """`stamp` is set above everything else: a draft says that it is one."""
    with override(language):
        return made(TEMPLATE, _data(document, language, stamp))


def _data(document: Document, language: str, stamp: str) -> dict[str, Any]:
    heading = _("Credit note") if document.is_credit else _("Invoice")
    if document.number:
        heading = f"{heading} {document.number}"
    return {
        "language": language,
        "title": f"{heading}, {document.seller.name}",
        "heading": heading,
        "lead": _credits(document),
        "stamp": stamp or (_("DEMO, not to be paid") if document.seller.is_demo else ""),
        "words": _words() | ({"price": _("Price with VAT")} if document.gross_basis else {}),
        "seller": _seller(document),
        "buyer": _buyer(document),
        "facts": _facts(document),
        "lines": [_line(line) for line in document.lines],
        "rates": [_rate(one) for one in document.vat],
        "exemptions": list(dict.fromkeys(one.exemption_text for one in document.vat if one.exemption_text)),
        "net": _amount(document.net_ore),
        "vat": _amount(document.vat_ore),
        "rounding": _amount(document.rounding_ore) if document.rounding_ore else "",
        "payable_name": _("To be credited") if document.is_credit else _("To pay"),
        "payable": formats.money(document.payable_ore),
        "payment": [] if document.is_credit else _payment(document),
        "note": document.note,
    }


def _words() -> dict[str, str]:
    return {
        "page": _("Page"),
        "to": _("To"),
        "about": _("About this invoice"),
        "lines": _("What it is for"),
        "text": _("Description"),
        "quantity": _("Quantity"),
        "price": _("Price"),
        "vat": _("VAT"),
        "amount": _("Amount without VAT"),
        "sum": _("Sum"),
        "rate": _("VAT rate"),
        "net": _("Without VAT"),
        "vat_amount": _("VAT amount"),
        "total": _("In all"),
        "rounding": _("Rounding"),
        "payment": _("How to pay"),
    }


def _credits(document: Document) -> str:
    if not document.credits:
        return ""
    number, day = document.credits
    return _("Credits invoice %(number)s of %(day)s.") % {"number": number, "day": formats.local_date(day)}


def _seller(document: Document) -> dict[str, Any]:
    seller = document.seller
    numbers = [
        _("Organisation number") + f" {identifiers.pretty_organisation_number(seller.organisation_number)}",
        _("VAT number") + f" {seller.vat_number}" if seller.vat_number else "",
        _("Approved for F-tax") if seller.f_tax else "",
        _("Bankgiro") + f" {bankgiro.pretty(seller.bankgiro)}" if seller.bankgiro else "",
        " ".join(
            part for part in (seller.email, formats.phone(seller.phone) if seller.phone else "") if part
        ),
    ]
    return {
        "name": seller.name,
        "street": seller.street,
        "place": f"{seller.postal_code} {seller.city}",
        "numbers": [row for row in numbers if row],
    }


def _buyer(document: Document) -> list[str]:
    buyer = document.buyer
    number = identifiers.pretty_organisation_number(buyer.organisation_number)
    rows = [
        buyer.name,
        buyer.street,
        f"{buyer.postal_code} {buyer.city}".strip(),
        _("Organisation number") + f" {number}" if number else "",
        _("VAT number") + f" {buyer.vat_number}" if buyer.vat_number else "",
    ]
    return [row for row in rows if row]


def _facts(document: Document) -> list[list[str]]:
    facts = [
        (_("Date"), formats.local_date(document.issue_date, "short")),
        (_("To be paid by"), formats.local_date(document.due_date, "short") if document.due_date else ""),
        (_("Your reference"), document.buyer_reference),
        (_("Your order number"), document.order_reference),
        (
            _("Day of supply"),
            formats.local_date(document.delivered_date, "short") if document.delivered_date else "",
        ),
    ]
    if document.is_credit:
        facts[1] = ("", "")
    return [[name, text] for name, text in facts if text]


def _line(line: Line) -> dict[str, str]:
    return {
        "text": line.text,
        "quantity": formats.count(line.quantity).replace("-", "\u2212"),
        "price": _amount(line.unit_ore),
        "vat": _percent(line.vat_permille),
        "amount": _amount(line.net_ore),
    }


def _rate(vat: Vat) -> dict[str, str]:
    return {"name": _percent(vat.vat_permille), "net": _amount(vat.net_ore), "vat": _amount(vat.vat_ore)}


def _percent(permille: int) -> str:
    return f"{permille // 10}\u00a0%" if permille else _("exempt")


def _amount(ore: int) -> str:
    """Kronor with two decimals, without the currency, which the sum says."""
    return formats.decimals(ore)


def _payment(document: Document) -> list[list[str]]:
    facts = [
        (_("Bankgiro"), bankgiro.pretty(document.seller.bankgiro) if document.seller.bankgiro else ""),
        (_("OCR number"), document.ocr),
        (_("To be paid by"), formats.local_date(document.due_date) if document.due_date else ""),
        (_("To pay"), formats.money(document.payable_ore)),
    ]
    return [[name, text] for name, text in facts if text]
