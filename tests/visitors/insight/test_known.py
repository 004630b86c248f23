"""An evening of the past is answered as it was known then."""

import datetime as dt

import pytest
import time_machine

from navet import periods
from tests.visitors.making import DAY, MORNING, arrival, desk, user
from visitors import behind, decisions, indicators, operations
from visitors.models import Expectation, Visit

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=30)


def figure(code: str, known: dt.date | None, as_of: dt.date = DAY) -> indicators.Figure:
    report = indicators.report(2026, as_of=as_of, known=known)
    return next(one for one in report.figures if one.code == code)


def test_what_was_entered_later_was_not_known():
    with time_machine.travel(MORNING, tick=False):
        walk = operations.record_walk_in("adult", 4, by=desk(), at=MORNING)
        operations.record_walk_in("adult", 3, by=desk(), at=MORNING)
    at = periods.at(LATER, dt.time(9))
    with time_machine.travel(at, tick=False):
        Visit.objects.create(
            at=walk.at, day=walk.day, leaves_at=walk.leaves_at, category="adult", count=-4, source="desk",
            reverses=walk, by=walk.by,
        )  # fmt: skip
        Visit.objects.create(
            at=MORNING, day=DAY, leaves_at=MORNING, category="door_correction", count=20, source="counter"
        )
        Visit.objects.create(
            at=MORNING, day=DAY, leaves_at=MORNING, category="adult", count=1, source="import"
        )
    assert figure("visitors", DAY).outcome == 8  # what was brought in was known where it came from
    assert figure("visitors", LATER).outcome == 24
    assert figure("visitors", None).outcome == 24
    for known, sum_of in ((DAY, 8), (LATER, 24)):
        wanted = behind.Wanted("visitors", year=2026, until=DAY, known=known)
        assert behind.total(behind.entries(wanted))[1] == sum_of


def test_individuals_and_conferences_that_were_taken_back_later_were_known():
    with time_machine.travel(MORNING, tick=False):
        person = Visit.objects.create(
            at=MORNING, day=DAY, leaves_at=MORNING, category="course", count=1, source="list", person="a"
        )
        facts = {"kind": "conference", "participant_category": "conference", "adult_category": "conference"}
        done = operations.check_in(arrival(**facts), participants=9, adults=0, by=desk(), at=MORNING)
    evening = MORNING + dt.timedelta(hours=5)
    with time_machine.travel(evening, tick=False):
        operations.undo_check_in(done, by=desk(), at=evening)
    with time_machine.travel(periods.at(LATER, dt.time(9)), tick=False):
        Visit.objects.create(
            at=person.at, day=DAY, leaves_at=MORNING, category="course", count=-1, source="list", person="a",
            reverses=person,
        )  # fmt: skip
    assert [figure("educators", known).outcome for known in (DAY, LATER, None)] == [1, 0, 0]
    assert [figure("conferences", known).outcome for known in (DAY, LATER)] == [0, 0]
    wanted = behind.Wanted("educators", year=2026, until=DAY, known=DAY)
    assert behind.total(behind.entries(wanted)) == (1, 1)


def test_bookings_ahead_are_those_of_the_evening():
    party = arrival(starts_at=MORNING + dt.timedelta(days=60), expected_participants=20, expected_adults=1)
    gone = arrival(starts_at=MORNING + dt.timedelta(days=70), expected_participants=9, expected_adults=0)
    Expectation.objects.update(since=MORNING)
    operations.withdraw(gone.code, at=MORNING)
    type(party).objects.filter(pk=party.pk).update(expected_participants=25)
    Expectation.objects.filter(since__gt=MORNING + dt.timedelta(days=1)).update(
        since=periods.at(LATER, dt.time(12))
    )
    assert Expectation.objects.count() == 4
    for evening, pupils, everybody in ((DAY, 29, 30), (LATER, 25, 26)):
        assert figure("pupils", evening, evening).booked_ahead == pupils
        assert figure("visitors", evening, evening).booked_ahead == everybody
        assert [m.booked_ahead for m in figure("pupils", evening, evening).by_month][4] == pupils
    assert figure("pupils", DAY - dt.timedelta(days=1), DAY - dt.timedelta(days=1)).booked_ahead is None
    assert figure("pupils", None).booked_ahead == 25


def test_the_rules_are_those_of_the_evening():
    with time_machine.travel(MORNING, tick=False):
        operations.record_walk_in("free", 5, by=desk(), at=MORNING)
        operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    decisions.decide(
        2026, categories={"visitors": ["adult"]}, targets={"visitors": 10}, reason="Direktionen", seen=0,
        by=user("management", email="chef@navet.example"), at=periods.at(LATER, dt.time(12)),
    )  # fmt: skip
    # The history is stamped by the database's own clock, which no test moves.
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    then, now = figure("visitors", DAY), figure("visitors", today, DAY)
    assert (then.outcome, then.target) == (7, 65_000)
    assert (now.outcome, now.target) == (2, 10)
    assert indicators.report(2026, as_of=DAY, known=DAY).decision is None
    assert indicators.report(2026, as_of=LATER, known=LATER).decision.number == 1
