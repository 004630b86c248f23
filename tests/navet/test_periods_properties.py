"""What is true of every day and every period, whatever the calendar."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from navet import periods

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2045, 12, 31))
MOMENTS = st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2045, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001
COUNTS = st.integers(0, 30)


@given(DAYS, COUNTS)
def test_there_are_exactly_so_many_working_days_between(day, count):
    before = periods.working_days_before(day, count)
    assert before <= day
    assert sum(periods.is_working_day(date) for date in periods.dates(before, day)) == count


@given(DAYS, st.integers(1, 30))
def test_the_last_day_that_is_early_enough_is_a_working_day(day, count):
    assert periods.is_working_day(periods.working_days_before(day, count))


@given(DAYS, COUNTS, COUNTS)
def test_more_working_days_are_never_later(day, fewer, more):
    assume(fewer <= more)
    assert periods.working_days_before(day, more) <= periods.working_days_before(day, fewer)


@given(DAYS, DAYS, COUNTS)
def test_a_later_day_never_has_an_earlier_limit(first, later, count):
    assume(first <= later)
    assert periods.working_days_before(first, count) <= periods.working_days_before(later, count)


@given(DAYS)
def test_days_follow_each_other_without_gap_and_have_23_to_25_hours(day):
    start, end = periods.day_bounds(day)
    assert end == periods.day_bounds(day + dt.timedelta(days=1))[0]
    hours = (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) / dt.timedelta(hours=1)
    assert hours in (23, 24, 25)
    assert periods.local_day(start) == day
    assert periods.local_day(end.astimezone(dt.UTC) - dt.timedelta(microseconds=1)) == day


@given(MOMENTS)
def test_every_moment_is_within_its_day(moment):
    start, end = periods.day_bounds(periods.local_day(moment))
    assert start <= moment < end


@given(DAYS, st.integers(0, 400))
def test_a_date_range_includes_its_last_day_and_nothing_after(first, length):
    last = first + dt.timedelta(days=length)
    days = periods.date_range(first, last)
    assert first in days
    assert last in days
    assert last + dt.timedelta(days=1) not in days
    assert len(list(periods.dates(days.lower, days.upper))) == length + 1


@given(MOMENTS, MOMENTS)
def test_a_period_is_half_open_or_refused(one, other):
    if other <= one:
        with pytest.raises(ValueError, match="ends after it starts"):
            periods.period(one, other)
        return
    period = periods.period(one, other)
    assert one in period
    assert other not in period


@given(DAYS)
def test_a_date_range_backwards_is_refused(day):
    with pytest.raises(ValueError, match="last date"):
        periods.date_range(day, day - dt.timedelta(days=1))


@given(st.integers(2015, 2045))
def test_every_year_has_its_holidays(year):
    names = [
        name
        for date in periods.dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
        if (name := periods.holiday_name(date))
    ]
    assert {"Nyårsdagen", "Långfredagen", "Midsommarafton", "Julafton", "Nyårsafton"} <= {
        part for name in names for part in name.split("; ")
    }
    assert (
        240
        <= sum(
            periods.is_working_day(date)
            for date in periods.dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
        )
        <= 256
    )
