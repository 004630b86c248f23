"""Days and periods in Borås, also where the clock is moved."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navet import periods

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))
HOURS = {dt.date(2026, 3, 29): 23, dt.date(2026, 10, 25): 25, dt.date(2026, 3, 2): 24}


@pytest.mark.parametrize(("day", "hours"), HOURS.items())
def test_a_day_has_as_many_hours_as_the_clock_gives_it(day, hours):
    start, end = (moment.astimezone(dt.UTC) for moment in periods.day_bounds(day))

    assert end - start == dt.timedelta(hours=hours)


@given(DAYS)
def test_every_moment_of_a_day_belongs_to_that_day(day):
    start, end = periods.day_bounds(day)

    assert periods.local_day(start.astimezone(dt.UTC)) == day
    assert periods.local_day(end.astimezone(dt.UTC) - dt.timedelta(microseconds=1)) == day
    assert periods.local_day(end.astimezone(dt.UTC)) == day + dt.timedelta(days=1)


@given(DAYS, st.integers(0, 15))
def test_working_days_before_counts_working_days(day, count):
    last = periods.working_days_before(day, count)

    assert sum(periods.is_working_day(between) for between in periods.dates(last, day)) == count
    assert count == 0 or periods.is_working_day(last)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 6, 19), "Midsommarafton"),
        (dt.date(2026, 12, 24), "Julafton"),
        (dt.date(2026, 4, 3), "Långfredagen"),
        (dt.date(2026, 3, 8), ""),
    ],
)
def test_holiday_name_knows_the_eves_on_which_the_country_is_closed(day, name):
    assert periods.holiday_name(day) == name


def test_working_days_before_skips_easter():
    assert periods.working_days_before(dt.date(2026, 4, 9), 5) == dt.date(2026, 3, 31)


@given(DAYS, st.integers(0, 400))
def test_date_range_holds_both_ends(first, length):
    last = first + dt.timedelta(days=length)
    held = periods.date_range(first, last)

    assert first in held
    assert last in held
    assert last + dt.timedelta(days=1) not in held


def test_a_period_that_ends_before_it_starts_is_refused():
    moment = periods.at(dt.date(2026, 3, 2), dt.time(9))

    with pytest.raises(ValueError, match="ends after it starts"):
        periods.period(moment, moment)
    with pytest.raises(ValueError, match="before the first"):
        periods.date_range(dt.date(2026, 3, 2), dt.date(2026, 3, 1))


def test_a_period_holds_its_start_and_not_its_end():
    start, end = periods.at(dt.date(2026, 3, 2), dt.time(9)), periods.at(dt.date(2026, 3, 2), dt.time(10))
    held = periods.period(start, end)

    assert start in held
    assert end not in held
