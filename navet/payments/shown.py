"""An order as pages and mails write it out: its lines, and what they come to per rate."""

from typing import Any

from navet.payments import vat
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
