"""An order as pages and mails write it out: its lines, and what they come to per rate; and who sells."""

from typing import Any

from django.utils.translation import gettext_lazy

from navet.payments import vat
from navet.payments.invoices import identifiers
from navet.payments.invoices import seller as sellers
from navet.payments.models import Basis, Order


def bill(order: Order) -> dict[str, Any]:
    """`lines` with their sums in the order's own basis, and `totals`; two queries at most."""
    lines = list(order.lines.standing().order_by("position"))
    return {
        "order": order,
        "is_net": order.basis == Basis.NET,
        "lines": [(line, line.quantity * line.unit_ore) for line in lines],
        "totals": vat.totals(lines, order.basis),
        "exemptions": [
            gettext_lazy(why) for why in sorted({line.exemption for line in lines if line.exemption})
        ],
    }


def seller() -> dict[str, str]:
    """What a receipt says of who sells (as an invoice must: name, address and VAT number; and the organisation number)."""
    ours = sellers.on_receipts()
    return {
        "name": ours.name,
        "address": _address(ours.street, ours.postal_code, ours.city),
        "organisation_number": identifiers.pretty_organisation_number(ours.organisation_number),
        "vat_number": ours.vat_number,
    }


def buyer(order: Order) -> dict[str, str]:
    """What it says of who buys: a voucher names its other party, and above 4 000 kr an invoice names the buyer."""
    return {
        "name": order.buyer_name,
        "address": _address(order.street, order.postal_code, order.city),
        "organisation_number": identifiers.pretty_organisation_number(order.organisation_number),
        "reference": order.reference,
    }


def _address(street: str, postal_code: str, city: str) -> str:
    return ", ".join(part for part in (street, f"{postal_code} {city}".strip()) if part)
