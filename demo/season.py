"""The shape of a year at a science center: when classes come, when families do, and when school is out.

Every figure here is invented to look right, after the peaks DOMAIN.md section 7 describes.
"""

import datetime as dt
from dataclasses import dataclass

from navet import periods

# How eager schools are, by month: strong in September to November and January to May, nothing in July.
SCHOOL_APPETITE = {
    1: 0.75,
    2: 0.9,
    3: 1.1,
    4: 1.0,
    5: 1.0,
    6: 0.45,
    8: 0.4,
    9: 1.1,
    10: 1.25,
    11: 1.3,
    12: 0.7,
}

# Visitors of an ordinary open day, by weekday (Monday is 0).
_FAMILIES_ON_A_WEEKDAY = 28
_FAMILIES_ON_A_WEEKEND_DAY = {5: 205, 6: 235}
_PUBLIC_BY_MONTH = {
    1: 1.1,
    2: 1.15,
    3: 1.0,
    4: 0.9,
    5: 0.6,
    6: 0.7,
    7: 1.25,
    8: 0.9,
    9: 0.75,
    10: 1.1,
    11: 1.2,
    12: 0.9,
}
_BREAK_DAY = 310
_SUMMER_DAY = 120


@dataclass(frozen=True)
class SchoolYear:
    """Terms and breaks as (name, first date, last date), both included."""

    autumn: tuple[dt.date, dt.date]
    spring: tuple[dt.date, dt.date]
    breaks: tuple[tuple[str, dt.date, dt.date], ...]


def _monday(year: int, week: int) -> dt.date:
    return dt.date.fromisocalendar(year, week, 1)


def _easter_monday(year: int) -> dt.date:
    days = periods.dates(dt.date(year, 3, 20), dt.date(year, 5, 1))
    return next(day for day in days if periods.holiday_name(day) == "Annandag påsk")


def school_year(autumn: int) -> SchoolYear:
    """The demo school year that begins in the autumn of `autumn`, after the pattern of Borås 2024/25."""
    spring = autumn + 1
    easter = _easter_monday(spring)
    return SchoolYear(
        autumn=(_monday(autumn, 34) + dt.timedelta(days=2), dt.date(autumn, 12, 20)),
        spring=(dt.date(spring, 1, 8), _monday(spring, 24) + dt.timedelta(days=4)),
        breaks=(
            ("Höstlov", _monday(autumn, 44), _monday(autumn, 44) + dt.timedelta(days=4)),
            ("Sportlov", _monday(spring, 7), _monday(spring, 7) + dt.timedelta(days=4)),
            ("Påsklov", easter - dt.timedelta(days=7), easter - dt.timedelta(days=3)),
        ),
    )


def school_days(first: dt.date, last: dt.date) -> list[dt.date]:
    """Dates from first to last, both included, on which the demo schools teach."""
    years = [school_year(year) for year in range(first.year - 1, last.year + 1)]

    def teaches(day: dt.date) -> bool:
        in_term = any(a <= day <= b for year in years for a, b in (year.autumn, year.spring))
        on_break = any(a <= day <= b for year in years for _, a, b in year.breaks)
        return in_term and not on_break and periods.is_working_day(day)

    return [day for day in periods.dates(first, last + dt.timedelta(days=1)) if teaches(day)]


def is_break(day: dt.date) -> bool:
    """Whether the demo schools have lov."""
    years = (school_year(day.year - 1), school_year(day.year))
    return any(a <= day <= b for year in years for _, a, b in year.breaks)


def public_visitors(day: dt.date) -> int:
    """How many people come to look round on this day, before the weather has its say; 0 when the house is closed."""
    if day in closed_days(day.year) or (day.weekday() == 0 and not is_break(day) and not _is_summer(day)):
        return 0
    if is_break(day):
        base = _BREAK_DAY
    elif day.weekday() >= 5 or periods.holiday_name(day):
        base = _FAMILIES_ON_A_WEEKEND_DAY.get(day.weekday(), 220)
    else:
        base = _SUMMER_DAY if _is_summer(day) else _FAMILIES_ON_A_WEEKDAY
    return round(base * _PUBLIC_BY_MONTH[day.month])


def closed_days(year: int) -> frozenset[dt.date]:
    """Days on which nobody is let in."""
    midsummer = next(
        d
        for d in periods.dates(dt.date(year, 6, 18), dt.date(year, 6, 27))
        if "Midsommarafton" in periods.holiday_name(d)
    )
    eves = [dt.date(year, 12, 24), dt.date(year, 12, 25), dt.date(year, 12, 31), dt.date(year, 1, 1)]
    return frozenset([midsummer, midsummer + dt.timedelta(days=1), *eves])


def _is_summer(day: dt.date) -> bool:
    return dt.date(day.year, 6, 15) <= day <= dt.date(day.year, 8, 16)
