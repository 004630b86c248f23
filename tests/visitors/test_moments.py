"""When a tap is taken to have happened."""

import datetime as dt

import pytest

from navet import periods
from navet.accounts.actor import Actor
from tests.visitors.making import DAY, MORNING
from visitors import moments

FIRST, END = periods.day_bounds(DAY)


@pytest.mark.parametrize(
    ("told", "entered"),
    [
        (None, MORNING),
        (MORNING, MORNING),
        (MORNING - dt.timedelta(hours=1), MORNING - dt.timedelta(hours=1)),
        (FIRST, FIRST),
        (
            MORNING + dt.timedelta(minutes=2),
            MORNING,
        ),  # clocks differ a little; nothing is entered ahead of ours
    ],
)
def test_a_tap_of_today_is_believed(told, entered):
    assert moments.of_tap(told, now=MORNING, field="at") == entered


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (FIRST - dt.timedelta(seconds=1), moments.FromAnotherDay),
        (MORNING - dt.timedelta(days=1), moments.FromAnotherDay),
        (MORNING + dt.timedelta(minutes=2, seconds=1), moments.FromTheFuture),
        (END, moments.FromTheFuture),
    ],
)
def test_a_tap_of_another_day_or_of_the_future_is_refused(told, refusal):
    with pytest.raises(refusal) as told_off:
        moments.of_tap(told, now=MORNING, field="at")
    assert told_off.value.field == "at"


def test_how_far_a_clock_may_be_ahead_is_a_setting(settings):
    settings.VISITORS = {"clock_drift_minutes": 10}
    assert moments.of_tap(MORNING + dt.timedelta(minutes=9), now=MORNING, field="at") == MORNING


@pytest.mark.parametrize(("seconds", "later"), [(0, False), (60, False), (61, True)])
def test_who_came_more_than_a_minute_ago_is_inside(seconds, later):
    assert moments.told_later(MORNING - dt.timedelta(seconds=seconds), now=MORNING) is later


@pytest.mark.parametrize(("seconds", "via"), [(0, "api"), (5, "api"), (6, "offline")])
def test_a_tap_that_waited_for_the_network_came_without_it(seconds, via):
    tapped = MORNING - dt.timedelta(seconds=seconds)
    assert moments.through(Actor(email="a@b.example", via="api"), tapped, now=MORNING) == Actor(
        email="a@b.example", via=via
    )


def test_a_tap_before_midnight_is_of_another_day_after_it():
    with pytest.raises(moments.FromAnotherDay):
        moments.of_tap(END - dt.timedelta(minutes=1), now=END, field="at")
