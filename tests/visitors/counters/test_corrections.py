"""Approving a day's difference: one entry in the ledger, by a person with a reason, taken back only by its reversal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Sum

from navet.accounts.actor import Actor
from tests.visitors.counters.making import (
    DAY,
    MORNING_AFTER,
    NOON,
    counter,
    manager,
    own,
    receive,
    registered,
)
from tests.visitors.test_at_once import at_once
from visitors import indicators
from visitors.counters import days, operations, refusals
from visitors.counters.models import Correction, Delivery, Factor, Reading
from visitors.models import Visit

pytestmark = pytest.mark.django_db


def approve(difference: int, *, by: int = 1, reason: str = "Skolklass gick in vid sidan", at=MORNING_AFTER):
    return operations.approve(DAY, difference=difference, reason=reason, by=Actor(user=manager(by)), at=at)


def take_back(by: int = 1):
    return operations.take_back(DAY, reason="Fel dag", by=Actor(user=manager(by)), at=MORNING_AFTER)


def heads() -> int:
    return Visit.objects.on_day(DAY).aggregate(n=Sum("count", default=0))["n"]


@pytest.fixture
def door():
    at_door = counter()
    receive(at_door, own(at_9=30, at_10=20))
    return at_door


@pytest.mark.parametrize("at_the_desk", [42, 55])
def test_an_approved_difference_is_one_entry_and_the_day_then_agrees(door, at_the_desk):
    registered(at_the_desk)

    done = approve(50 - at_the_desk)

    entry = Visit.objects.get(source="counter")
    assert (entry.category, entry.count, entry.day) == ("door_correction", 50 - at_the_desk, DAY)
    assert (entry.note, entry.by) == ("Skolklass gick in vid sidan", manager())
    assert (done.entered, done.corrected, done.registered, done.heads) == (
        50,
        50,
        at_the_desk,
        50 - at_the_desk,
    )
    assert heads() == 50
    assert days.on(DAY).difference == 50 - at_the_desk  # what it was, however it was settled
    call_command("verify_ledger")


def test_a_correction_counts_in_visitors_and_in_nothing_else(door):
    approve(50)
    found = {one.code: one.outcome for one in indicators.report(2026, as_of=MORNING_AFTER.date()).figures}
    assert found == {"visitors": 50, "pupils": 0, "educators": 0, "leisure": 0, "conferences": 0}


def test_a_second_approval_is_told_who_was_first(door):
    approve(50)
    with pytest.raises(refusals.AlreadyCorrected) as told:
        approve(50, by=2)
    assert told.value.extra["by"] == "Lena Ledning 1"
    assert heads() == 50


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"difference": 49}, refusals.DifferenceChanged),
        ({"difference": 50, "reason": "  \n "}, refusals.ReasonMissing),
        ({"difference": 50, "at": NOON}, refusals.DayNotOver),
    ],
)
def test_approve_refuses_and_writes_nothing(door, change, refusal):
    with pytest.raises(refusal):
        approve(**change)
    assert not Visit.objects.exists()
    assert not Correction.objects.exists()


def test_approve_refuses_a_day_that_agrees_and_one_without_counts(door):
    registered(50)
    with pytest.raises(refusals.NothingToCorrect):
        approve(0)
    with pytest.raises(refusals.NothingCounted):
        operations.approve(
            DAY - dt.timedelta(days=1), difference=5, reason="x", by=Actor(user=manager()), at=MORNING_AFTER
        )


def test_approve_refuses_a_device_whatever_its_role(door):
    with pytest.raises(refusals.NotAPerson):
        operations.approve(DAY, difference=50, reason="x", by=Actor(), at=MORNING_AFTER)
    assert not Visit.objects.exists()


def test_a_correction_is_taken_back_by_its_reversal_and_the_day_may_be_corrected_anew(door):
    registered(60)
    approve(-10)

    taken = take_back(by=2)

    assert (taken.reversal.count, taken.reversal.reverses) == (10, taken.visit)
    assert (heads(), taken.taken_back_by) == (60, manager(2))
    with pytest.raises(refusals.NoCorrection):
        take_back()
    approve(-10)
    assert heads() == 50
    call_command("verify_ledger")


def test_verify_ledger_finds_a_correction_that_nobody_approved(door, capsys):
    approve(50)
    entry = Visit.objects.get(source="counter")
    Visit.objects.create(
        at=entry.at, day=DAY, leaves_at=entry.at, category="door_correction", count=7, source="counter"
    )
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_ledger")
    assert "som ingen har godkänt: förväntat 0, funnet 7" in capsys.readouterr().out


def test_the_database_lets_no_other_way_have_the_category():
    with pytest.raises(IntegrityError, match="a_door_correction_comes_from_the_counters"):
        registered(5, category="door_correction")


def test_factors_correct_from_their_days_and_leave_the_raw_alone(door):
    def decide(factor: str, first: dt.date, last: dt.date | None = None):
        operations.decide_factor(
            door, Decimal(factor), valid_from=first, valid_until=last, reason="Handräknat", by=Actor(user=manager()),
            at=MORNING_AFTER,
        )  # fmt: skip

    decide("1.1", DAY - dt.timedelta(days=9))
    assert (days.on(DAY).entered, days.on(DAY).corrected) == (50, 55)
    decide("0.95", DAY, DAY)  # 47.5 is rounded up
    assert (days.on(DAY).entered, days.on(DAY).corrected) == (50, 48)
    decide("2", DAY + dt.timedelta(days=1))
    assert days.on(DAY).corrected == 48
    with pytest.raises(refusals.ImplausibleFactor):
        decide("7", DAY)
    with pytest.raises(refusals.PeriodEndsEarly):
        decide("1", DAY, DAY - dt.timedelta(days=1))


def test_a_reading_that_comes_after_the_approval_shows_and_changes_no_entry(door):
    approve(50)
    receive(door, own(at_11=4), at=MORNING_AFTER)
    found = days.on(DAY)
    assert (found.corrected, found.correction.heads, heads()) == (54, 50, 50)


@pytest.mark.parametrize("kept", [Delivery, Reading, Factor])
def test_what_was_said_and_decided_is_never_changed(door, kept):
    operations.decide_factor(
        door, Decimal(1), valid_from=DAY, valid_until=None, reason="x", by=Actor(user=manager()), at=NOON
    )
    table = connection.ops.quote_name(kept._meta.db_table)
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with (
            pytest.raises(ProgrammingError, match="pgtrigger: Cannot"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_correction_is_kept_as_it_was_approved_and_taken_back_once(door):
    correction = approve(50)
    rows = Correction.objects.filter(pk=correction.pk)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"), transaction.atomic():
        rows.update(reason="Något annat")
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot delete"), transaction.atomic():
        rows.delete()
    take_back()
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"), transaction.atomic():
        rows.update(taken_back_reason="Något annat")


@pytest.mark.django_db(transaction=True)
def test_two_managers_approve_at_the_same_moment_and_one_entry_is_written():
    at_door = counter()
    receive(at_door, own(at_9=30))
    people = [manager(1), manager(2)]
    calls = [
        lambda by=by: operations.approve(
            DAY, difference=30, reason="Samtidigt", by=Actor(user=by), at=MORNING_AFTER
        )
        for by in people
    ]

    results = at_once(*calls)

    assert sorted(type(result).__name__ for result in results) == ["AlreadyCorrected", "Correction"]
    assert (Visit.objects.count(), heads()) == (1, 30)
    results = at_once(*[take_back] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Correction", "NoCorrection"]
    assert (Visit.objects.count(), heads()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_delivery_eight_times_at_once_is_kept_once():
    at_door = counter()
    results = at_once(*[lambda: receive(at_door, own(at_9=30))] * 8)
    assert sorted(result.is_new for result in results) == [False] * 7 + [True]
    assert (Delivery.objects.count(), Reading.objects.count()) == (1, 1)
    assert days.on(DAY).entered == 30
