"""What was changed when a conference had begun, in words: for the guest's mail and for both pages."""

from django.utils.translation import gettext as _

from bookings.conferences.models import Adjustment, Reservation
from navet.pages import formats


def of(reservation: Reservation) -> list[Adjustment]:
    """Oldest first, each with its lines and who made it; two queries."""
    found = Adjustment.objects.filter(reservation=reservation).order_by("pk")
    return list(found.select_related("by").prefetch_related("lines"))


def as_text(adjustment: Adjustment) -> list[str]:
    """Its lines, then the difference with VAT; in the active language."""
    lines = [
        f"{line.text}: {formats.count(line.quantity)} × {formats.money(line.unit_ore)} = {formats.money(line.net_ore)}"
        for line in adjustment.lines.all()
    ]
    more = formats.money(abs(adjustment.difference_ore))
    if adjustment.difference_ore > 0:
        return [*lines, _("%(sum)s more including VAT") % {"sum": more}]
    if adjustment.difference_ore < 0:
        return [*lines, _("%(sum)s less including VAT") % {"sum": more}]
    return [*lines, _("The price stays as it is")]
