"""The kept sums of days say what the ledger says: after closing, after late entries, with writers on the way."""

import datetime as dt
import random
import threading

import pytest
from django.db import transaction
from django.db.models import Sum

from navet import periods
from tests.visitors.making import MORNING, desk, municipality
from tests.visitors.test_at_once import at_once
from tests.visitors.test_indicators import entry
from visitors import indicators, operations, readding
from visitors.insight import day_sums
from visitors.models import Category, DaysClosed, DaySum, Visit

NOW = periods.at(dt.date(2026, 8, 15), dt.time(3))


def three_years(seed: int = 3) -> list[Visit]:
    chance = random.Random(seed)
    places = [municipality("1490", "Borås"), municipality("1466", "Herrljunga"), None]
    return Visit.objects.bulk_create(
        entry(
            dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(960)),
            chance.choice(Category.values),
            chance.randint(1, 40),
            municipality=chance.choice(places),
        )
        for _ in range(400)
    )


def figures() -> list[indicators.Figure]:
    return [
        figure
        for year in (2024, 2025, 2026)
        for figure in indicators.report(year, as_of=dt.date(2026, 8, 14)).figures
    ]


@pytest.mark.django_db
def test_every_figure_is_the_same_with_days_closed_and_open():
    three_years()
    plain = figures()
    assert day_sums.close_if_due(at=NOW) == 3
    assert day_sums.closed_through() == dt.date(2026, 8, 14)
    assert figures() == plain
    assert DaySum.objects.aggregate(heads=Sum("heads")) == Visit.objects.filter(
        day__lte=dt.date(2026, 8, 14)
    ).aggregate(heads=Sum("count"))
    assert day_sums.close_if_due(at=NOW) == 0


@pytest.mark.django_db
def test_what_is_entered_for_a_closed_day_is_in_its_sum_at_once():
    made = three_years()
    day_sums.close_if_due(at=NOW)
    before = figures()[2].outcome
    late = entry(dt.date(2024, 3, 4), "adult", 7, municipality=None)
    late.save()
    entry(dt.date(2024, 3, 4), "adult", -7, reverses=late, municipality=None).save()
    entry(dt.date(2024, 3, 5), "free", 11, municipality=made[0].municipality).save()
    assert figures()[2].outcome == before + 11
    assert list(readding.of_kept_days()) == []
    assert list(readding.of_every_year()) == []


@pytest.mark.django_db
def test_a_sum_that_the_ledger_does_not_bear_is_found():
    entry(dt.date(2026, 3, 4), "adult", 7).save()
    day_sums.close_if_due(at=NOW)
    DaySum.objects.update(heads=8)
    (found,) = readding.of_kept_days()
    assert (found.expected, found.found) == (7, 8)
    assert "2026-03-04" in found.where


@pytest.mark.django_db
def test_a_house_without_visits_is_closed_too():
    assert day_sums.close_if_due(at=NOW) == 1
    assert day_sums.closed_through() == dt.date(2026, 8, 14)


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_a_writer_on_its_way():
    by = desk()
    begun, may_end = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            operations.record_walk_in("adult", 5, by=by, at=MORNING)
            begun.set()
            assert may_end.wait(10)

    def close() -> None:
        assert begun.wait(10)
        threading.Timer(0.3, may_end.set).start()
        day_sums.close_if_due(at=NOW)

    assert at_once(write_slowly, close) == [None, None]
    assert DaySum.objects.get().heads == 5


@pytest.mark.django_db(transaction=True)
def test_many_write_for_closed_days_while_days_are_closed():
    operations.record_walk_in("adult", 1, by=(by := desk()), at=MORNING)
    calls = [lambda: operations.record_walk_in("adult", 1, by=by, at=MORNING) for _ in range(6)]
    raised = at_once(*calls[:3], lambda: day_sums.close_if_due(at=NOW), *calls[3:])
    assert not [one for one in raised if isinstance(one, Exception)]
    assert DaySum.objects.get().heads == 7
    assert DaysClosed.objects.get().through == dt.date(2026, 8, 14)
