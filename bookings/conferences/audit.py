"""What the desk expects of conferences, day by day, is what was booked (settings.LEDGER_AUDITS)."""

from collections.abc import Iterator

from bookings.common import arrivals
from bookings.conferences.models import Reservation
from navet.house.models import Occasion
from visitors.audit import Difference


def differences() -> Iterator[Difference]:
    """Each day of a reservation whose booking and arrival disagree, and each day that is expected and not booked."""
    whole = Reservation.objects.select_related("occasion").prefetch_related("days__occasion")
    return arrivals.differences(whole, heads=_heads, days=_days)


def _heads(reservation: Reservation) -> dict[str, tuple[int, int]]:
    return {day.code: (day.heads, 0) for day in reservation.days.all()}


def _days(reservation: Reservation) -> list[tuple[str, Occasion]]:
    return [(day.code, day.occasion) for day in reservation.days.all()]
