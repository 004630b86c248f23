"""Half-open periods and working days, always in the house's own time zone."""

import datetime as dt
import functools
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import holidays
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

HOUSE_ZONE = ZoneInfo("Europe/Stockholm")


def period(start: dt.datetime, end: dt.datetime) -> DateTimeTZRange:
    """[start, end) of two aware times. Raises ValueError when the end is not after the start."""
    if end <= start:
        raise ValueError("a period ends after it starts")
    return DateTimeTZRange(start, end, "[)")


def at(day: dt.date, clock: dt.time) -> dt.datetime:
    """The aware moment when the clock on the wall in Borås shows `clock` on `day`."""
    return dt.datetime.combine(day, clock, tzinfo=HOUSE_ZONE)


def local_day(moment: dt.datetime) -> dt.date:
    """The date in Borås at this moment."""
    return moment.astimezone(HOUSE_ZONE).date()


def day_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """First moment of the day and of the next, in Borås; 23 or 25 hours apart twice a year."""
    return at(day, dt.time.min), at(day + dt.timedelta(days=1), dt.time.min)


def day_period(day: dt.date) -> DateTimeTZRange:
    """The whole day in Borås as a half-open period."""
    return DateTimeTZRange(*day_bounds(day), "[)")


def dates(first: dt.date, end: dt.date) -> Iterator[dt.date]:
    """Every date in [first, end)."""
    return (first + dt.timedelta(days=n) for n in range((end - first).days))


def date_range(first: dt.date, last: dt.date) -> DateRange:
    """The dates from first to last, both included, as PostgreSQL stores them: [first, last + 1)."""
    if last < first:
        raise ValueError("the last date is not before the first")
    return DateRange(first, last + dt.timedelta(days=1), "[)")


@functools.cache
def _holidays(year: int) -> dict[dt.date, str]:
    """Swedish public holidays and the eves on which the country is closed in practice."""
    calendar = holidays.country_holidays(
        "SE", years=year, language="sv", categories=("public", "de_facto"), include_sundays=False
    )
    return dict(calendar.items())


def holiday_name(day: dt.date) -> str:
    """The Swedish name of the public holiday (or Midsummer, Christmas or New Year's Eve), or ""."""
    return _holidays(day.year).get(day, "")


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and not holiday_name(day)


@functools.lru_cache(maxsize=4096)
def working_days_before(day: dt.date, count: int) -> dt.date:
    """The date `count` working days before `day`: the last date on which one is still that early."""
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day
