"""Terms, prices and reminders: dates and numbers."""

import datetime as dt

import pytest

from bookings.schools import pricing, terms
from bookings.schools.models import Programme, SchoolBooking
from bookings.schools.operations import changing, reminders
from navet import periods
from navet.outbox.models import Effect
from tests.bookings.schools import classes

Status = SchoolBooking.Status


@pytest.mark.parametrize(
    ("visit", "last_free"),
    [
        ("2026-03-03", "2026-02-24"),  # Tuesday: the Tuesday before
        ("2026-03-02", "2026-02-23"),  # Monday
        ("2026-03-06", "2026-02-27"),  # Friday
        ("2026-04-08", "2026-03-30"),  # Good Friday and Easter Monday between
        ("2026-01-08", "2025-12-29"),  # Epiphany, New Year's Day and Eve between
        ("2026-05-05", "2026-04-27"),  # 1 May between
        ("2026-05-15", "2026-05-07"),  # Ascension Day between
    ],
)
def test_free_until_so_many_working_days_before(visit, last_free):
    starts_at = periods.at(dt.date.fromisoformat(visit), dt.time(9))
    until = terms.free_until(starts_at)
    assert until == periods.day_bounds(dt.date.fromisoformat(last_free))[1]


def test_the_last_free_moment_and_the_first_late_one():
    programme = Programme(price_half_ore=1, price_full_ore=2, half_class_max=17)
    starts_at = periods.at(dt.date(2026, 3, 3), dt.time(9))
    until = periods.at(dt.date(2026, 2, 25), dt.time.min)
    last = terms.before_booking(programme, starts_at, pupils=18, at=until - dt.timedelta(seconds=1))
    first = terms.before_booking(programme, starts_at, pupils=18, at=until)
    assert (last.is_free, last.owed_ore, last.late_ore) == (True, 0, 2)
    assert (first.is_free, first.owed_ore, first.late_ore) == (False, 2, 2)
    assert first.last_free_date == dt.date(2026, 2, 24)


@pytest.mark.parametrize(
    ("pupils", "inside", "ore"),
    [(1, False, 1), (17, False, 1), (18, False, 2), (99, False, 2), (18, True, 0)],
)
def test_price(pupils, inside, ore):
    programme = Programme(price_half_ore=1, price_full_ore=2, half_class_max=17)
    assert pricing.price(programme, pupils=pupils, inside_agreement=inside) == ore


@pytest.mark.django_db
def test_what_was_not_promised_is_made_up_for_once():
    made = classes.confirmed()
    Effect.objects.exclude(key__contains="confirmed").delete()
    week_before = periods.at(dt.date(2026, 2, 24), dt.time(8))
    assert reminders.promise_due(at=week_before) == 2
    assert reminders.promise_due(at=week_before) == 0
    changing.cancel(made.code, by=None, at=week_before)
    assert reminders.promise_due(at=week_before) == 0


@pytest.mark.django_db
def test_a_mail_whose_time_passed_before_the_booking_is_not_owed():
    late = periods.at(dt.date(2026, 2, 28), dt.time(8))
    classes.confirmed(at=late)
    assert reminders.promise_due(at=late) == 0


@pytest.mark.django_db
def test_making_up_takes_the_same_number_of_queries_for_none_and_for_many(django_assert_num_queries):
    for _ in range(3):
        classes.confirmed()
    at = periods.at(dt.date(2026, 2, 24), dt.time(8))
    for queries, promised in ((5, 6), (4, 0)):  # bookings, keys, savepoint and its release; the promises
        with django_assert_num_queries(queries):
            assert reminders.promise_due(at=at) == promised
