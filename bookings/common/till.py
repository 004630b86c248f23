"""When a booking is paid in the reception: the days that the till's sums go by."""

import datetime as dt

from bookings.common.models import HeldBooking
from navet import periods
from visitors.models import CheckIn


def arrived(model: type[HeldBooking], first: dt.date, last: dt.date) -> dict[int, dt.date]:
    """Bookings made before the desk's, by key -> the day their party was checked in; an undone check-in is none."""
    start, end = periods.day_bounds(first)[0], periods.day_bounds(last)[1]
    standing = CheckIn.objects.filter(
        undone_at__isnull=True, checked_in_at__gte=start, checked_in_at__lt=end
    ).values_list("arrival__code", "checked_in_at")
    came = dict(standing)
    booked = model._default_manager.filter(code__in=came, at_desk=False).values_list("pk", "code")
    return {pk: periods.local_day(came[code]) for pk, code in booked}


def sold_at_the_desk(
    model: type[HeldBooking], first: dt.date, last: dt.date
) -> list[tuple[int, dt.date, int]]:
    """Key, day and sign of each sale over the counter those days (1), and of each that was cancelled and paid back (-1)."""
    start, end = periods.day_bounds(first)[0], periods.day_bounds(last)[1]
    moments = []
    for field, sign in (("created_at", 1), ("cancelled_at", -1)):
        found = model._default_manager.filter(
            at_desk=True, **{f"{field}__gte": start, f"{field}__lt": end}
        ).values_list("pk", field)
        moments += [(pk, periods.local_day(at), sign) for pk, at in found]
    return moments
