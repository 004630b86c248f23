"""What the desk expects of groups is what they booked (settings.LEDGER_AUDITS)."""

from collections.abc import Iterator

from bookings.common import arrivals
from bookings.groups.models import GroupBooking
from visitors.audit import Difference


def differences() -> Iterator[Difference]:
    """Each group whose booking and arrival disagree."""
    return arrivals.differences(GroupBooking.objects.whole(), heads=lambda one: (one.heads, one.adults))
