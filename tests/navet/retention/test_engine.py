import datetime as dt
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.utils import ProgrammingError

from bookings.schools.models import SchoolBooking
from navet.accounts.models import EmailCode
from navet.house.models import Occasion
from navet.retention import engine, rules
from navet.retention.models import Outcome, Run
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW
from tests.navet.retention import planted
from visitors.models import Arrival
from visitors.safety.models import LimitOverride

LATER = NOW + dt.timedelta(days=500)
BOOKINGS = "schools.bookings"


def codes(number: int) -> None:
    EmailCode.objects.bulk_create(
        EmailCode(email=f"a{n}@skola.example", created_at=NOW, expires_at=NOW + dt.timedelta(minutes=15))
        for n in range(number)
    )


def one(key: str = BOOKINGS) -> list[rules.Rule]:
    return [rules.named(key)]


@pytest.mark.django_db
def test_batches_reach_everything_in_constant_memory_and_queries_by_the_batch(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(engine, "BATCH", 10)
    codes(35)
    with django_assert_num_queries(4 * 6 + 4):  # a batch: two of its savepoint, lock, look, remove, note
        done = engine.run(one("accounts.codes"), why="command", at=LATER)
    assert done.outcomes.get().records == 35
    assert not EmailCode.objects.exists()


@pytest.mark.django_db
def test_a_run_that_is_killed_keeps_its_batches_and_the_next_ends_it(monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 10)
    codes(35)
    note, batches = engine._note, []

    def killed(*args, **kwargs):
        batches.append(1)
        if len(batches) == 3:
            raise KeyboardInterrupt
        note(*args, **kwargs)

    monkeypatch.setattr(engine, "_note", killed)
    with pytest.raises(KeyboardInterrupt):
        engine.run(one("accounts.codes"), why="night", at=LATER)
    assert (EmailCode.objects.count(), Outcome.objects.get().records) == (15, 20)
    assert Run.objects.get().finished_at is None
    engine.run(one("accounts.codes"), why="night", at=LATER)
    assert EmailCode.objects.count() == 0


@pytest.mark.django_db
def test_a_run_out_of_time_is_not_finished(monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 10)
    codes(35)
    assert engine.run(one("accounts.codes"), why="night", at=LATER, seconds=0).finished_at is None
    assert EmailCode.objects.count() == 25


@pytest.mark.django_db
def test_nights_come_once_and_a_missed_one_is_made_up():
    night = NOW.replace(hour=2, minute=40)
    engine.tidy(at=night - dt.timedelta(hours=2), clock=lambda: night)  # before two: last night's is made up
    engine.tidy(at=night, clock=lambda: night)
    engine.tidy(at=night + dt.timedelta(hours=1), clock=lambda: night)
    assert Run.objects.filter(why="night").count() == 1
    codes(1)
    engine.tidy(at=night + dt.timedelta(days=3), clock=lambda: night)
    assert Run.objects.filter(why="night").count() == 2
    codes(1)
    engine.tidy(at=night + dt.timedelta(days=3, hours=1), clock=lambda: night)
    assert Run.objects.newest_first().first().why == "hour"
    assert not EmailCode.objects.exists()


@pytest.mark.django_db
def test_what_navet_decided_goes_before_the_rules_own_days(settings):
    classes.confirmed()
    settings.RETENTION = {BOOKINGS: 10}
    ended = classes.DAY - NOW.date()
    assert engine.run(one(), why="command", at=NOW + ended + dt.timedelta(days=9)).outcomes.count() == 0
    assert (
        engine.run(one(), why="command", at=NOW + ended + dt.timedelta(days=11)).outcomes.get().records == 1
    )


@pytest.mark.django_db
def test_two_bookings_of_one_class_may_both_be_emptied():
    on, school = classes.session(), classes.school()
    for name in ("5A", "5B"):
        classes.confirmed(on, of=school, class_name=name, pupils=8)
    engine.run(one(), why="command", at=LATER)
    said = SchoolBooking.objects.values_list("contact_email", "class_name", "contact_phone")
    assert sorted(said) == sorted((f"{it.pk}@removed.invalid", "", "") for it in SchoolBooking.objects.all())
    assert not Arrival.objects.exclude(label="–", contact_name="", needs={}).exists()


@pytest.mark.django_db
def test_the_command_says_what_is_due_and_does_it():
    on = classes.session(day=NOW.date() + dt.timedelta(days=1))
    classes.confirmed(on, needs={"wheelchair": 1})
    long_ago = NOW - dt.timedelta(days=600)
    Occasion.objects.filter(pk=on.pk).update(
        period=classes.periods.period(long_ago, long_ago + dt.timedelta(hours=1))
    )
    said = StringIO()
    call_command("retention", "--dry-run", stdout=said)
    assert f"1  {BOOKINGS}  (365 days)" in said.getvalue()
    assert SchoolBooking.objects.get().contact_email == classes.TEACHER
    assert not Run.objects.exists()
    said = StringIO()
    call_command("retention", stdout=said)
    assert f"1  {BOOKINGS}  (365 days)" in said.getvalue()
    assert SchoolBooking.objects.get().contact_email.endswith("@removed.invalid")


@pytest.mark.django_db(transaction=True)
def test_a_booking_that_changes_meanwhile_is_left_and_what_it_became_decides():
    booked = classes.confirmed()
    ahead = classes.session(day=LATER.date() + dt.timedelta(days=3))
    with transaction.atomic():
        SchoolBooking.objects.select_for_update(of=("self",)).get(pk=booked.pk)
        aside = threading.Thread(target=_night)
        aside.start()
        aside.join(timeout=30)  # it does not wait for the row
        assert not aside.is_alive()
        SchoolBooking.objects.filter(pk=booked.pk).update(session=ahead)
    _night()
    booked.refresh_from_db()
    assert booked.contact_email == classes.TEACHER


@pytest.mark.django_db(transaction=True)
def test_two_at_once_share_the_work(monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 5)
    codes(40)
    both = [threading.Thread(target=_night, args=["accounts.codes"]) for _number in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=30)
    engine.run(one("accounts.codes"), why="night", at=LATER)  # what one left because the other was at it
    assert not EmailCode.objects.exists()
    assert sum(Outcome.objects.values_list("records", flat=True)) == 40


def _night(key: str = BOOKINGS) -> None:
    try:
        engine.run(one(key), why="night", at=LATER)
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()


@pytest.mark.django_db
def test_the_fields_of_an_append_only_model_change_for_its_rule_and_for_nobody_else():
    planted.everywhere()
    engine.run(one("safety.overrides"), why="command", at=LATER + dt.timedelta(days=500))
    assert LimitOverride.objects.get().reason == "–"
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        LimitOverride.objects.update(reason="Zorba")
