"""When in the week people come: heads by weekday and hour of the last weeks."""

import datetime as dt

from django.db.models import Sum
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from navet import periods
from visitors import behind

WEEKS = 8
FIRST, LAST = 8, 19  # hours that are always shown; others where somebody came


def span(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of the weeks that are looked at, of one year."""
    return max(as_of - dt.timedelta(days=7 * WEEKS - 1), dt.date(as_of.year, 1, 1)), as_of


def by_weekday_and_hour(as_of: dt.date, *, known: dt.date | None) -> dict[tuple[int, int], int]:
    """(Weekday from Monday 0, hour of the clock in Borås) -> heads that came. One query, of eight weeks."""
    first, last = span(as_of)
    found = behind.entries(behind.Wanted(since=first, until=last, known=known)).exclude(
        category__in=behind.NOT_IN_THE_HOUSE
    )
    rows = (
        found.values(
            weekday=ExtractIsoWeekDay("at", tzinfo=periods.HOUSE_ZONE),
            hour=ExtractHour("at", tzinfo=periods.HOUSE_ZONE),
        )
        .annotate(heads=Sum("count"))
        .order_by()
        .values_list("weekday", "hour", "heads")
    )
    return {(weekday - 1, hour): heads for weekday, hour, heads in rows if heads}


def shown(numbers: dict[tuple[int, int], int]) -> list[int]:
    """The hours to show."""
    came = {hour for _weekday, hour in numbers}
    return list(range(min([FIRST, *came]), max([LAST, *came]) + 1))
