"""An order as pages and mails write it out: its lines, and what they come to per rate; and who sells."""

from typing import Any

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
        "exemptions": sorted({line.exemption for line in lines if line.exemption}),
    }


def seller() -> dict[str, str]:
    """What a receipt says of who sells (as a simplified invoice must: name and VAT number; and the organisation number)."""
    ours = sellers.on_receipts()
    number = ours.organisation_number
    address = ", ".join(part for part in (ours.street, f"{ours.postal_code} {ours.city}".strip()) if part)
    return {
        "name": ours.name,
        "address": address,
        "organisation_number": identifiers.pretty_organisation_number(number) if number else "",
        "vat_number": ours.vat_number,
    }
