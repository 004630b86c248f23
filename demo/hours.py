"""When the demo house is open. Invented: Navet's real hours were not found (DOMAIN.md section 1)."""

import datetime as dt

from demo import season
from navet import periods
from navet.house.models import Closure, OpeningHours

_SCHOOL_DAY = (dt.time(8), dt.time(17))
_PUBLIC = (dt.time(11), dt.time(16))


def make_hours(today: dt.date) -> None:
    """Open to bookings on weekdays and weekends, to the public from 11 to 16 except Mondays; the closed eves."""
    days = periods.date_range(dt.date(today.year - 1, 1, 1), dt.date(today.year + 1, 12, 31))
    house = [
        OpeningHours(
            season="Hela året (demo)",
            audience="house",
            days=days,
            weekday=weekday,
            opens=_SCHOOL_DAY[0],
            closes=dt.time(21) if weekday < 5 else _SCHOOL_DAY[1],
            is_demo=True,
        )
        for weekday in range(7)
    ]
    public = [
        OpeningHours(
            season="Hela året (demo)",
            audience="public",
            days=days,
            weekday=weekday,
            opens=_PUBLIC[0],
            closes=_PUBLIC[1],
            is_demo=True,
        )
        for weekday in range(1, 7)
    ]
    OpeningHours.objects.bulk_create(house + public)
    Closure.objects.bulk_create(
        Closure(days=periods.date_range(day, day), reason="Stängt (demo)", is_demo=True)
        for year in range(today.year - 1, today.year + 2)
        for day in sorted(season.closed_days(year))
    )
