"""The school year, from 1 July to 30 June, and its two terms; named by the year of its autumn (skolförordningen 3 kap. 3 §)."""

import datetime as dt

from navet import periods

FIRST_MONTH = 7


def of(day: dt.date) -> int:
    """The school year of a day: 2026 from 1 July 2026 to 30 June 2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def days(year: int) -> tuple[dt.date, dt.date]:
    """Its days, half-open."""
    return dt.date(year, FIRST_MONTH, 1), dt.date(year + 1, FIRST_MONTH, 1)


def moments(year: int) -> tuple[dt.datetime, dt.datetime]:
    """From its first moment to that of the next, in Borås."""
    first, end = days(year)
    return periods.day_bounds(first)[0], periods.day_bounds(end)[0]


def name(year: int) -> str:
    """`2026/27`, as it is written in Sweden."""
    return f"{year}/{(year + 1) % 100:02d}"


def term(day: dt.date) -> str:
    """`2026-HT` from July, `2026-VT` before: the term that the day is in, or that begins after the summer."""
    return f"{day.year}-{'HT' if day.month >= FIRST_MONTH else 'VT'}"
