"""What the year wheel's entries are expected to bring, told to the forecast (which knows of no wheel) when the house starts."""

import datetime as dt
from collections.abc import Iterator

from bookings.wheel.models import Entry
from visitors import counting
from visitors.insight import announced
from visitors.insight.announced import Announcement


def of_year(year: int, known_by: dt.date | None) -> Iterator[Announcement]:
    """What stands on the wheel for a year: now, or as it stood at the end of an evening. One query."""
    first, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    found = counting.as_known(Entry, known_by).filter(
        removed_at=None, brings__isnull=False, days__startswith__lt=end, days__endswith__gt=first
    )
    for of, days, unit, number in found.values_list("brings_of", "days", "brings_unit", "brings"):
        percent = unit == Entry.Unit.PERCENT
        yield Announcement(
            of,
            days.lower,
            days.upper - dt.timedelta(days=1),
            percent=number if percent else 0,
            heads=0 if percent else number,
        )


announced.register(of_year)
