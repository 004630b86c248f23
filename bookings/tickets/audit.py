"""What the desk expects of ticket bookings is what they booked (settings.LEDGER_AUDITS)."""

from collections.abc import Iterator

from bookings.common import arrivals
from bookings.tickets.models import TicketBooking, TicketKind
from visitors.audit import Difference


def differences() -> Iterator[Difference]:
    """Each booking whose arrival disagrees with its lines."""
    return arrivals.differences(TicketBooking.objects.whole(), heads=_heads)


def _heads(booking: TicketBooking) -> tuple[int, int]:
    counts = {line.kind: line.count for line in booking.lines.all()}
    children = counts.get(TicketKind.CHILD, 0)
    return children, sum(counts.values()) - children
