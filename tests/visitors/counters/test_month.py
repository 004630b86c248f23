"""A month at the doors with replays, late, repeated and mixed-up deliveries and a restart (issue 3, To be shown 5)."""

import datetime as dt
import random
from bisect import bisect_left
from typing import Any

import pytest

from navet import periods
from tests.visitors.counters.making import axis, counter, receive
from visitors.counters import days, reconcile
from visitors.counters.models import Delivery, Reading
from visitors.counters.tally import Count

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)  # the clocks are put forward on the 29th
MINUTE = dt.timedelta(minutes=1)
Sent = tuple[dt.datetime, dict[str, Any]]  # when it arrived, and what


class Door:
    """Who really passed, minute by minute: the truth that no counter sees."""

    def __init__(self, chance: random.Random) -> None:
        self.minutes: list[dt.datetime] = []
        self.sums = [Count()]  # before each minute
        for day in periods.dates(FIRST, LAST + dt.timedelta(days=1)):
            for n in range(8 * 60):
                came, went = (chance.randint(0, 4), chance.randint(0, 4)) if chance.random() < 0.3 else (0, 0)
                self.minutes.append(periods.at(day, dt.time(9)) + n * MINUTE)
                self.sums.append(Count(self.sums[-1].entered + came, self.sums[-1].left + went))

    def between(self, start: dt.datetime, end: dt.datetime) -> Count:
        first, last = (self.sums[bisect_left(self.minutes, at)] for at in (start, end))
        return Count(last.entered - first.entered, last.left - first.left)

    def days(self) -> dict[dt.date, Count]:
        return {
            day: self.between(*periods.day_bounds(day))
            for day in periods.dates(FIRST, LAST + dt.timedelta(days=1))
        }


def troubled(sent: list[Sent], chance: random.Random) -> list[Sent]:
    """As a bad network delivers: a tenth late by up to a week, a fifth again, and all in the order they arrive."""
    late = [
        (at + chance.randint(1, 7 * 24 * 60) * MINUTE if chance.random() < 0.1 else at, body)
        for at, body in sent
    ]
    again = [
        (at + chance.randint(0, 3000) * MINUTE, body) for at, body in chance.sample(late, len(late) // 5)
    ]
    return sorted(late + again, key=lambda one: one[0])


def counted() -> dict[dt.date, Count]:
    return {day.day: Count(day.entered or 0, day.left or 0) for day in days.between(FIRST, LAST)}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_month_of_periods_adds_up_to_who_passed(seed):
    chance = random.Random(seed)
    door, at_door = Door(chance), counter()
    sent = []
    for day in periods.dates(FIRST, LAST + dt.timedelta(days=1)):
        for hour in range(9, 17):
            start = periods.at(day, dt.time(hour))
            readings = [reading(door, start + n * 15 * MINUTE) for n in range(4)]
            overlapping = [reading(door, start - 15 * MINUTE)] if hour > 9 else []  # said once more
            sent.append((start + 61 * MINUTE, {"readings": overlapping + readings}))

    received = [receive(at_door, body, at=at) for at, body in troubled(sent, chance)]

    assert counted() == door.days()
    assert sum(not one.is_new for one in received) == len(sent) // 5
    assert Delivery.objects.count() == len(sent)
    assert Reading.objects.count() == 31 * 8 * 4


def reading(door: Door, start: dt.datetime) -> dict[str, Any]:
    passed = door.between(start, start + 15 * MINUTE)
    end = start + 15 * MINUTE
    return {"from": start.isoformat(), "to": end.isoformat(), "in": passed.entered, "out": passed.left}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_month_of_running_sums_with_midnight_resets_and_a_restart_adds_up(seed):
    """The device begins anew each midnight, and once at noon on the 17th when somebody pulls the plug."""
    chance = random.Random(seed)
    door, at_door = Door(chance), counter(kind="axis")
    pulled = periods.at(dt.date(2026, 3, 17), dt.time(12))
    sent = []
    for day in periods.dates(FIRST, LAST + dt.timedelta(days=1)):
        midnight = periods.day_bounds(day)[0]
        for n in range(8 * 2 + 2):
            at = periods.at(day, dt.time(8, 55)) + n * 30 * MINUTE
            since = pulled if midnight < pulled <= at else midnight
            passed = door.between(since, at)
            sent.append((at + MINUTE, axis(at, passed.entered, passed.left)))

    for at, body in troubled(sent, chance):
        receive(at_door, body, at=at)

    missed = door.between(pulled - 5 * MINUTE, pulled)  # after the last reading before the plug was pulled
    truth = door.days()
    truth[dt.date(2026, 3, 17)] = Count(
        *(a - b for a, b in zip(truth[dt.date(2026, 3, 17)], missed, strict=True))
    )
    assert counted() == truth
    marked = {mark.kind for mark in days.on(dt.date(2026, 3, 17)).marks if mark.at and mark.at.hour == 11}
    assert marked == {reconcile.RESTART}


def test_each_day_alone_says_the_same_as_the_month(django_assert_num_queries):
    chance = random.Random(4)
    door, at_door = Door(chance), counter(kind="axis")
    for day in periods.dates(FIRST, dt.date(2026, 3, 8)):
        for hour in range(9, 19):
            at = periods.at(day, dt.time(hour))
            passed = door.between(periods.day_bounds(FIRST)[0], at)
            receive(at_door, axis(at, passed.entered, passed.left), at=at + MINUTE)
    with django_assert_num_queries(5):
        month = days.between(FIRST, dt.date(2026, 3, 7))
    assert [days.on(day.day) for day in month] == month
