"""Which day of one year is like which day of another: how a season is carried from year to year.

A Saturday in March is like the Saturday next to the same date. But Easter moves by up to five weeks, and what a lov brings is
nothing like the week beside it: a day in those weeks is like the same day of the same weeks, and never like one beside them.
They are those of the schools around Borås (DOMAIN.md section 2): sportlov in week 7, the fortnight that Easter is in, höstlov
in week 44.
"""

import datetime as dt
from functools import cache

from navet import periods

SPORTLOV_WEEK, HOSTLOV_WEEK = 7, 44


@cache
def days_in(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days


@cache
def day_of(year: int, day: int, other: int) -> int:
    """How many days of `other` are over when `day` days of `year` are: to the same weekday, at most three days off.

    0 stays 0, and a whole year a whole year.
    """
    if day <= 0 or day >= days_in(year):
        return 0 if day <= 0 else days_in(other)
    weekday = (dt.date(year, 1, 1) + dt.timedelta(days=day - 1)).weekday()
    there = (dt.date(other, 1, 1) + dt.timedelta(days=day - 1)).weekday()
    off = (weekday - there + 3) % 7 - 3
    return min(max(day + off, 1), days_in(other) - 1)


@cache
def alike(year: int, other: int) -> tuple[int, ...]:
    """For each day of `year`, counted from 0, the day of `other` it is most like: in lov and at Easter the same day of it, else the
    same weekday next to the same date.

    Days between where those weeks lie in the one year and in the other keep their order, so that each is used once.
    """
    found = []
    for day in range(days_in(year)):
        near = day_of(year, day + 1, other) - 1
        for (here, length), (there, _length) in zip(_weeks(year), _weeks(other), strict=True):
            if here <= day < here + length:
                near = there + day - here
            elif day < here and near >= there:
                near += length
            elif day >= here + length and near < there + length:
                near -= length
        found.append(min(near, days_in(other) - 1))
    return tuple(found)


@cache
def _weeks(year: int) -> tuple[tuple[int, int], ...]:
    """How many days of the year are before sportlov, Easter's fortnight and höstlov, each from a Monday on, and how long it is."""
    days = periods.dates(dt.date(year, 3, 20), dt.date(year, 4, 28))
    easter = next(day for day in days if "Påskdagen" in periods.holiday_name(day))
    begin = (
        (dt.date.fromisocalendar(year, SPORTLOV_WEEK, 1), 7),
        (easter - dt.timedelta(days=6), 14),
        (dt.date.fromisocalendar(year, HOSTLOV_WEEK, 1), 7),
    )
    return tuple(((first - dt.date(year, 1, 1)).days, length) for first, length in begin)
