"""Seasons, closures, holidays and the two nights when the clocks change."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from navet import periods
from navet.house import calendar
from navet.house.models import Closure, OpeningHours
from tests.navet.house import making

pytestmark = pytest.mark.django_db
SATURDAY = dt.date(2026, 3, 7)


def closes(day: dt.date, reason: str, room=None, last: dt.date | None = None) -> Closure:
    return Closure.objects.create(days=periods.date_range(day, last or day), reason=reason, room=room)


def clock(day: calendar.HouseDay) -> list[tuple[str, str]]:
    return [
        tuple(f"{moment.astimezone(periods.HOUSE_ZONE):%H:%M}" for moment in (hours.lower, hours.upper))
        for hours in day.hours
    ]


def test_a_day_without_hours_is_not_open_and_has_no_reason():
    day = calendar.opening(SATURDAY)
    assert (day.is_open, day.closed_by, day.hours) == (False, "", ())


def test_the_narrower_season_goes_before_the_wider():
    making.open_weekdays("08:00", "17:00")
    making.open_weekdays(
        "10:00", "15:00", season=periods.date_range(dt.date(2026, 6, 22), dt.date(2026, 8, 9))
    )
    assert clock(calendar.opening(dt.date(2026, 6, 18))) == [("08:00", "17:00")]
    assert clock(calendar.opening(dt.date(2026, 6, 22))) == [("10:00", "15:00")]
    assert clock(calendar.opening(dt.date(2026, 8, 7))) == [("10:00", "15:00")]
    assert clock(calendar.opening(dt.date(2026, 8, 10))) == [("08:00", "17:00")]


def test_a_day_may_have_two_stretches_and_a_period_must_fit_in_one():
    making.open_weekdays("08:00", "12:00")
    making.open_weekdays("13:00", "16:00")
    assert clock(calendar.opening(making.TUESDAY)) == [("08:00", "12:00"), ("13:00", "16:00")]
    assert calendar.is_open(making.hours(start="11:00", end="12:00"))
    assert not calendar.is_open(making.hours(start="11:30", end="13:30"))


def test_the_public_has_hours_of_its_own():
    making.open_weekdays(weekdays=(5, 6), audience=OpeningHours.Audience.PUBLIC)
    assert calendar.opening(SATURDAY, calendar.PUBLIC).is_open
    assert not calendar.opening(SATURDAY).is_open


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 1, 1), "Nyårsdagen"),
        (dt.date(2026, 4, 6), "Annandag påsk"),
        (dt.date(2026, 5, 1), "Första maj"),
        (dt.date(2026, 5, 14), "Kristi himmelsfärdsdag"),
        (dt.date(2026, 6, 19), "Midsommarafton"),
        (dt.date(2026, 12, 24), "Julafton"),
        (dt.date(2026, 12, 25), "Juldagen"),
        (dt.date(2026, 12, 31), "Nyårsafton"),
    ],
)
def test_the_house_is_closed_on_holidays_by_name(day, name):
    making.open_weekdays(weekdays=tuple(range(7)))
    assert (calendar.opening(day).is_open, calendar.opening(day).closed_by) == (False, name)


def test_hours_given_for_the_holiday_itself_open_it():
    easter_monday = dt.date(2026, 4, 6)
    making.open_weekdays(weekdays=(0,))
    making.open_weekdays(
        "11:00", "16:00", weekdays=(0,), season=periods.date_range(easter_monday, easter_monday)
    )
    day = calendar.opening(easter_monday)
    assert (clock(day), day.closed_by, day.holiday) == ([("11:00", "16:00")], "", "Annandag påsk")


def test_a_closure_goes_before_every_season():
    making.open_weekdays(season=periods.date_range(making.TUESDAY, making.TUESDAY), weekdays=(1,))
    closes(making.TUESDAY, "Strömavbrott")
    assert calendar.opening(making.TUESDAY).closed_by == "Strömavbrott"
    assert calendar.closure_on(making.TUESDAY).reason == "Strömavbrott"


def test_a_closed_room_leaves_the_house_open():
    making.open_weekdays()
    hall, _east, west = making.divisible_hall()
    closes(making.TUESDAY, "Golvslipning", room=hall)
    assert calendar.opening(making.TUESDAY).is_open
    assert calendar.closure_on(making.TUESDAY) is None
    assert calendar.closure_on(making.TUESDAY, west).reason == "Golvslipning"
    assert calendar.closure_on(making.TUESDAY + dt.timedelta(days=1), west) is None


@pytest.mark.parametrize(
    ("day", "night_hours"),
    [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25), (dt.date(2026, 3, 1), 24)],
)
def test_opening_hours_follow_the_wall_clock_when_the_clocks_change(day, night_hours):
    making.open_weekdays("01:00", "16:00", weekdays=(6,))
    (hours,) = calendar.opening(day).hours
    assert clock(calendar.opening(day)) == [("01:00", "16:00")]
    assert (hours.upper.astimezone(dt.UTC) - hours.lower.astimezone(dt.UTC)) == dt.timedelta(
        hours=15 + night_hours - 24
    )
    start, end = periods.day_bounds(day)
    assert end.astimezone(dt.UTC) - start.astimezone(dt.UTC) == dt.timedelta(hours=night_hours)


def test_a_year_is_read_in_three_queries(django_assert_num_queries):
    making.open_weekdays()
    closes(making.TUESDAY, "Inventering")
    closes(making.TUESDAY, "Golvslipning", room=making.room("kuben"))
    with django_assert_num_queries(3):
        days = calendar.house_days(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert len(days) == 365
    weekdays = [day.date for day in days if periods.is_working_day(day.date)]
    assert sum(day.is_open for day in days) == len(weekdays) - 1


def test_a_day_outside_what_was_read_is_an_error_not_a_closed_day():
    read = calendar.HouseCalendar.between(making.TUESDAY, making.TUESDAY + dt.timedelta(days=7))
    assert read.covers(making.hours())
    assert not read.covers(making.hours(making.TUESDAY - dt.timedelta(days=1)))
    with pytest.raises(LookupError):
        read.day(making.TUESDAY + dt.timedelta(days=7))


def test_planning_with_a_calendar_read_for_other_days_reads_its_own():
    making.open_weekdays()
    read = calendar.HouseCalendar.between(dt.date(2026, 9, 1), dt.date(2026, 9, 2))
    assert making.plan(calendar=read).pk


def test_a_season_without_start_or_end_is_the_widest():
    making.open_weekdays("08:00", "17:00", season=DateRange(None, None, "[)"))
    making.open_weekdays("09:00", "12:00", season=DateRange(dt.date(2026, 1, 1), dt.date(2027, 1, 1), "[)"))
    assert clock(calendar.opening(making.TUESDAY)) == [("09:00", "12:00")]
