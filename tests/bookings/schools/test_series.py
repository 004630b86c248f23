"""Series over a term: what is made, what is not and why; the preview says the same beforehand."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.schools.models import Series, Session
from bookings.schools.operations import foresight, series, sessions
from navet import periods
from navet.directory.models import SchoolPeriod
from navet.house.models import Closure, Occasion
from navet.outbox.models import Effect
from tests.bookings.schools import classes, plans
from tests.bookings.schools.plans import DAY, NOW
from tests.navet.house import making
from tests.navet.house.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def term(room, **fields):
    """A spring of mornings with everything in the way that can be."""
    programme = plans.programme(room)
    ada = plans.educator("ada", programme)
    place = classes.municipality("1490", "Borås")
    days = periods.date_range(dt.date(2026, 4, 6), dt.date(2026, 4, 10))
    SchoolPeriod.objects.create(municipality=place, kind="break", name="Påsklov", days=days)
    Closure.objects.create(days=periods.date_range(DAY, DAY), reason="Inventering")
    making.plan(making.hours(dt.date(2026, 3, 5)), title="Vatten", rooms=(room,))
    making.plan(making.hours(dt.date(2026, 3, 10)), title="Luft", educators=(ada,))
    return plans.series(
        programme,
        room,
        last_date=dt.date(2026, 5, 14),
        educators=[ada],
        times=[dt.time(9), dt.time(16)],
        skip_breaks_of=place,
        **fields,
    )


def test_a_term_keeps_the_reason_of_every_occurrence_that_could_not_be_made():
    made = series.plan_series(term(plans.house()), by=plans.planner(), at=NOW)
    gaps = {(periods.local_day(gap.starts_at), gap.code): gap.reason for gap in made.gaps.all()}
    assert "Inventering" in gaps[(DAY, "house_closed")]
    assert "Vatten" in gaps[(dt.date(2026, 3, 5), "room_taken")]
    assert "Luft" in gaps[(dt.date(2026, 3, 10), "educator_busy")]
    assert "Påsklov" in gaps[(dt.date(2026, 4, 7), "school_break")]
    assert (dt.date(2026, 5, 14), "public_holiday") in gaps  # Ascension Day
    codes = Counter(made.gaps.values_list("code", flat=True))
    assert codes["outside_opening_hours"] == 18  # 16:00-17:30 on every day that is open
    assert made.sessions.count() + made.gaps.count() == 44
    assert made.sessions.count() == 16


def test_preview_says_what_comes_and_writes_nothing():
    plan, by = term(plans.house()), plans.planner()
    before = Occasion.objects.count()
    foreseen = foresight.preview(plan, by=by, at=NOW)
    assert Occasion.objects.count() == before
    made = series.plan_series(plan, by=by, at=NOW)
    became = {gap.starts_at: (gap.code, gap.reason) for gap in made.gaps.all()}
    became |= {one.occasion.starts_at: ("", "") for one in made.sessions.select_related("occasion")}
    assert {one.starts_at: (one.code, one.reason) for one in foreseen} == became


def test_preview_sees_that_the_series_stands_in_its_own_way():
    room = plans.house()
    plan = plans.series(plans.programme(room), room, last_date=DAY, times=[dt.time(9), dt.time(10)])
    foreseen = foresight.preview(plan, by=plans.planner(), at=NOW)
    assert [one.code for one in foreseen] == ["", "room_taken"]
    made = series.plan_series(plan, by=plans.planner(), at=NOW)
    assert made.gaps.get().reason == foreseen[1].reason


def test_preview_asks_as_much_for_a_day_as_for_a_year():
    room = plans.house()
    programme, by = plans.programme(room), plans.planner()
    counts = []
    for last in (DAY, DAY + dt.timedelta(days=365)):
        plan = plans.series(programme, room, last_date=last, weekdays=[0, 1, 2, 3, 4])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            foresight.preview(plan, by=by, at=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_nine_in_the_morning_stays_nine_when_summer_time_begins():
    room = plans.house()
    plan = plans.series(
        plans.programme(room),
        room,
        first_date=dt.date(2026, 3, 24),
        last_date=dt.date(2026, 3, 31),
        weekdays=[1],
    )
    made = series.plan_series(plan, by=plans.planner(), at=NOW)
    starts = [one.occasion.starts_at for one in made.sessions.select_related("occasion").order_by("pk")]
    assert [start.astimezone(periods.HOUSE_ZONE).hour for start in starts] == [9, 9]
    assert starts[1] - starts[0] == dt.timedelta(days=7, hours=-1)


def test_every_second_week_counts_from_the_first_dates_week():
    room = plans.house()
    plan = plans.series(plans.programme(room), room, week_interval=2)
    made = series.plan_series(plan, by=plans.planner(), at=NOW)
    days = [periods.local_day(one.occasion.starts_at).isoformat() for one in made.sessions.order_by("pk")]
    assert days == ["2026-03-03", "2026-03-05", "2026-03-17", "2026-03-19", "2026-03-31", "2026-04-02"]


def test_days_between_two_terms_are_left_out_and_days_after_the_last_that_is_known_are_not():
    room = plans.house()
    place = classes.municipality("1490", "Borås")
    for first, last in (
        (dt.date(2026, 1, 8), dt.date(2026, 3, 4)),
        (dt.date(2026, 3, 17), dt.date(2026, 3, 25)),
    ):
        days = periods.date_range(first, last)
        SchoolPeriod.objects.create(municipality=place, kind="term", name="Termin", days=days)
    plan = plans.series(plans.programme(room), room, skip_breaks_of=place, breaks=[])
    made = series.plan_series(plan, by=plans.planner(), at=NOW)
    gaps = [periods.local_day(gap.starts_at).isoformat() for gap in made.gaps.filter(code="school_break")]
    assert sorted(gaps) == ["2026-03-05", "2026-03-10", "2026-03-12"]
    assert made.sessions.filter(
        occasion__period__startswith__gt=periods.at(dt.date(2026, 3, 26), dt.time())
    ).exists()


def test_only_the_chosen_breaks_are_left_out():
    room = plans.house()
    plan = term(room, breaks=[])
    made = series.plan_series(plan, by=plans.planner(), at=NOW)
    assert not made.gaps.filter(code="school_break").exists()


def test_occurrences_that_have_passed_are_gaps():
    room = plans.house()
    plan = plans.series(plans.programme(room), room)
    made = series.plan_series(plan, by=plans.planner(), at=plans.at(dt.date(2026, 3, 10), "12:00"))
    assert made.gaps.filter(code="session_in_the_past").count() == 3


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"last_date": DAY - dt.timedelta(days=1)}, foresight.SeriesEndsBeforeItStarts),
        ({"last_date": DAY + dt.timedelta(days=401)}, foresight.SeriesTooLong),
        ({"weekdays": []}, foresight.NothingToPlan),
        ({"last_date": DAY, "weekdays": [6]}, foresight.NothingToPlan),
        ({"rooms": []}, sessions.RoomMissing),
        ({"language": "de"}, sessions.refusals.LanguageNotOffered),
        ({"capacity": 0}, sessions.BadCapacity),
        ({"release_at": plans.at(dt.date(2026, 12, 1))}, sessions.ReleasedTooLate),
    ],
)
def test_what_would_be_wrong_with_every_occurrence_refuses_the_series(fields, refusal):
    room = plans.house()
    plan = plans.series(plans.programme(room), room, **fields)
    for operation in (foresight.preview, series.plan_series):
        with pytest.raises(refusal):
            operation(plan, by=plans.planner(), at=NOW)
    assert not Series.objects.exists()


def test_a_gap_is_filled_when_what_stood_in_the_way_is_gone():
    room = plans.house()
    closure = Closure.objects.create(days=periods.date_range(DAY, DAY), reason="Inventering")
    made = series.plan_series(plans.series(plans.programme(room), room), by=plans.planner(), at=NOW)
    gap, gap_again = made.gaps.get(), made.gaps.get()
    again = {"rooms": [room], "language": "sv", "by": plans.planner(), "at": NOW}
    with pytest.raises(sessions.Refused):
        series.try_again(gap, **again)
    closure.delete()
    session = series.try_again(gap, **again)
    assert session.series == made
    assert not made.gaps.exists()
    with pytest.raises(series.GapIsFilled):
        series.try_again(gap_again, **again)


def test_a_series_is_released_and_cancelled_as_a_whole_from_now_on():
    room = plans.house()
    made = series.plan_series(plans.series(plans.programme(room), room), by=plans.planner(), at=NOW)
    first = made.sessions.order_by("pk").first()
    plans.book(made.sessions.order_by("pk").last(), 20)
    later = plans.at(DAY, "12:00")
    release = plans.at(dt.date(2026, 3, 4))
    assert series.release_series(made, release_at=release, by=plans.planner(), at=later) == 9
    assert Session.objects.filter(release_at=release).count() == 9
    assert series.cancel_series(made, reason="Ombyggnad", by=plans.planner(), at=later) == 9
    first.occasion.refresh_from_db()
    assert first.occasion.status == "planned"
    assert Effect.objects.filter(payload__mail="school.session_cancelled").count() == 1
    with pytest.raises(series.NothingLeft):
        series.cancel_series(made, reason="Ombyggnad", by=plans.planner(), at=later)


@pytest.mark.django_db(transaction=True)
def test_of_two_series_at_once_each_occurrence_is_made_once():
    room = plans.house()
    plan, by = plans.series(plans.programme(room), room), plans.planner()
    outcome = at_once([lambda: series.plan_series(plan, by=by, at=NOW)] * 2)
    assert outcome == {"done": 2}
    assert Session.objects.count() == 10
    assert sorted(one.gaps.count() for one in Series.objects.all()) == [0, 10]
