"""Adding up raw readings: any order, any repetition, restarts, gaps and wrong clocks (issue 3, door counters)."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navet import periods
from visitors.counters.tally import EVENT, INTERVAL, RUNNING, Count, Gap, Raw, Tally, spread, tally

DAY = dt.date(2026, 3, 12)
NINE = periods.at(DAY, dt.time(9)).astimezone(dt.UTC)
HOUR, MINUTE, SECOND = dt.timedelta(hours=1), dt.timedelta(minutes=1), dt.timedelta(seconds=1)
TOLERANCE, SILENCE = dt.timedelta(minutes=2), dt.timedelta(minutes=90)


def add_up(*readings: Raw) -> Tally:
    return tally(readings, tolerance=TOLERANCE, silence=SILENCE)


def interval(start: dt.datetime, entered: int, left: int = 0, length: dt.timedelta = HOUR, **more) -> Raw:
    line, late = more.pop("line", ""), more.pop("late", SECOND)
    return Raw(INTERVAL, line, start, start + length, entered, left, start + length + late, **more)


def total(at: dt.datetime, entered: int, left: int = 0, late: dt.timedelta = SECOND, **more) -> Raw:
    return Raw(RUNNING, "", None, at, entered, left, at + late, **more)


def passage(at: dt.datetime, entered: int = 1, left: int = 0, line: str = "") -> Raw:
    return Raw(EVENT, line, None, at, entered, left, at + SECOND)


moments = st.integers(0, 3 * 24 * 60).map(lambda n: NINE + n * MINUTE)
counts = st.integers(0, 60)
lateness = st.integers(-1200, 100_000).map(lambda n: n * SECOND)


@st.composite
def raws(draw) -> Raw:
    at, kind = draw(moments), draw(st.sampled_from([INTERVAL, RUNNING, EVENT]))
    starts_at = at - draw(st.integers(1, 180)) * MINUTE if kind == INTERVAL else None
    received_at = at + draw(lateness)
    clock_at = draw(st.none() | lateness.map(lambda late: received_at - late))
    return Raw(kind, draw(st.sampled_from(["", "Line 0"])), starts_at, at, draw(counts), draw(counts),
               received_at, clock_at)  # fmt: skip


@given(st.lists(raws(), max_size=30), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same(readings, chance: random.Random):
    again = readings + [chance.choice(readings) for _ in range(len(readings))]
    chance.shuffle(again)

    assert add_up(*again) == add_up(*readings)


@given(st.lists(raws(), max_size=30))
def test_what_each_reading_adds_makes_the_day_and_the_hour(readings):
    found = add_up(*readings)
    for day, count in found.days().items():
        parts = found.parts_on(day)
        assert Count(sum(part.entered for part in parts), sum(part.left for part in parts)) == count
    for hour, count in found.hours.items():
        parts = found.parts_in(hour)
        assert Count(sum(part.entered for part in parts), sum(part.left for part in parts)) == count


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=80))
def test_intervals_add_up_to_all_who_passed(passed):
    readings = [interval(NINE + n * HOUR, *heads) for n, heads in enumerate(passed)]
    days = add_up(*readings).days()
    assert sum(day.entered for day in days.values()) == sum(entered for entered, _ in passed)
    assert sum(day.left for day in days.values()) == sum(left for _, left in passed)


@given(st.lists(st.tuples(st.integers(1, 200), counts, counts), min_size=1, max_size=60))
def test_running_sums_add_up_to_all_who_passed_since_the_first(steps):
    at, entered, left, readings = NINE, 0, 0, [total(NINE, 0, 0)]
    for minutes, came, went in steps:
        at, entered, left = at + minutes * MINUTE, entered + came, left + went
        readings.append(total(at, entered, left))
    hours = add_up(*readings).hours.values()
    assert (sum(h.entered for h in hours), sum(h.left for h in hours)) == (entered, left)


@given(moments, st.integers(0, 100_000), st.integers(0, 10_000))
def test_spreading_neither_loses_nor_makes_anybody(start, seconds, heads):
    parts = list(spread(start, start + seconds * SECOND, heads))
    assert sum(part for _, part in parts) == heads
    assert all(part >= 0 for _, part in parts)


def test_intervals_over_an_hour_are_spread_in_proportion():
    found = add_up(interval(NINE + 30 * MINUTE, 9, 3, length=90 * MINUTE))
    assert found.hours == {NINE: Count(3, 1), NINE + HOUR: Count(6, 2)}


def test_the_same_period_with_another_figure_counts_the_larger_once():
    found = add_up(interval(NINE, 12), interval(NINE, 15), interval(NINE, 3))
    assert found.days() == {DAY: Count(15, 0)}
    assert len(found.overlaps) == 2


def test_a_period_inside_another_is_not_counted_twice():
    parts = [interval(NINE + n * 15 * MINUTE, 5, length=15 * MINUTE) for n in range(4)]
    assert add_up(interval(NINE, 20), *parts).days() == {DAY: Count(20, 0)}


def test_two_lines_are_added():
    assert add_up(interval(NINE, 5, line="A"), interval(NINE, 7, line="B")).days() == {DAY: Count(12, 0)}


def test_a_restart_begins_anew_from_zero():
    found = add_up(total(NINE, 100, 90), total(NINE + HOUR, 140, 95), total(NINE + 2 * HOUR, 12, 2))
    assert found.days() == {DAY: Count(40 + 12, 5 + 2)}
    assert found.restarts == (NINE + 2 * HOUR,)


def test_a_reset_at_midnight_counts_on_the_new_day_only():
    late = periods.at(DAY, dt.time(23, 30)).astimezone(dt.UTC)
    found = add_up(total(late, 400, 398), total(late + HOUR, 6, 2))
    assert found.days() == {DAY + dt.timedelta(days=1): Count(6, 2)}


def test_a_small_fall_is_a_clock_that_was_put_back_and_no_restart():
    found = add_up(
        total(NINE, 100),
        total(NINE + 11 * MINUTE, 101),
        total(NINE + 20 * MINUTE, 100),
        total(NINE + HOUR, 105),
    )
    assert found.days() == {DAY: Count(5, 0)}
    assert (found.restarts, found.put_back) == ((), (NINE + 20 * MINUTE,))


def test_a_late_reading_takes_its_place():
    late = total(NINE + HOUR, 30, late=dt.timedelta(days=2))
    found = add_up(total(NINE, 0), total(NINE + 2 * HOUR, 35), late)
    assert found.hours == {NINE: Count(30, 0), NINE + HOUR: Count(5, 0)}


def test_silence_is_a_gap_and_says_whether_anybody_was_lost():
    found = add_up(interval(NINE, 5), interval(NINE + 5 * HOUR, 5))
    assert found.gaps == (Gap(NINE + HOUR, NINE + 5 * HOUR, is_lost=True),)
    sums = add_up(total(NINE, 5), total(NINE + 5 * HOUR, 25))
    assert sums.gaps == (Gap(NINE, NINE + 5 * HOUR, is_lost=False),)
    assert sums.days() == {DAY: Count(20, 0)}


def test_passages_count_where_no_period_does():
    found = add_up(
        interval(NINE, 4), passage(NINE + 5 * MINUTE), passage(NINE + 70 * MINUTE), passage(NINE + HOUR)
    )
    assert found.hours == {NINE: Count(4, 0), NINE + HOUR: Count(2, 0)}


def test_a_sensor_that_only_tells_its_clock_has_counted_nothing():
    assert add_up(Raw(EVENT, "", None, NINE, 0, 0, NINE + SECOND, NINE)).days() == {}


@pytest.mark.parametrize(("clock_is_ahead", "corrected"), [(10 * MINUTE, True), (MINUTE, False)])
def test_a_clock_ahead_is_measured_and_corrected_beyond_its_tolerance(clock_is_ahead, corrected):
    """True time 9:55 to 10:00; a delivery that was late says nothing of the clock."""
    start = NINE + 55 * MINUTE + clock_is_ahead
    found = add_up(
        interval(start, 5, length=5 * MINUTE, late=-clock_is_ahead),
        interval(start - 90 * MINUTE, 2, length=5 * MINUTE, late=3 * HOUR),
    )
    assert found.drift == {DAY: -clock_is_ahead}
    assert found.hours[NINE].entered == (5 if corrected else 4)


def test_a_clock_behind_is_known_only_where_the_device_tells_its_time():
    hour_behind = interval(NINE, 8, late=HOUR)
    assert add_up(hour_behind).drift == {}
    told = interval(NINE, 8, late=HOUR, clock_at=NINE + HOUR)
    assert add_up(told).drift == {DAY: HOUR}
    assert add_up(told).hours == {NINE + HOUR: Count(8, 0)}
