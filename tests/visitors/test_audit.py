"""Adding up again: silent when all is well, and precise about what was written around the operations."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from navet.outbox.models import Effect
from tests.bookings.schools import classes, plans
from tests.visitors.making import DAY, MORNING, arrival, desk, user
from visitors import audit, checks, operations, readding, sums
from visitors.mails import differences
from visitors.models import CheckIn, CountingRule, LedgerCheck, Visit

pytestmark = pytest.mark.django_db
OF_THE_DESK = ["visitors.audit.of_the_desk", "visitors.readding.of_every_year"]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _the_desk_alone(settings):
    """Parties of these tests have no bookings."""
    settings.LEDGER_AUDITS = OF_THE_DESK


@contextmanager
def around_the_triggers() -> Iterator:
    """What only the owner of the tables could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE visitors_visit DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("ALTER TABLE visitors_visit ENABLE TRIGGER USER")


def received(**heads: int) -> CheckIn:
    return operations.check_in(arrival(), **{"participants": 22, "adults": 3} | heads, by=desk(), at=MORNING)


def test_verify_ledger_adds_up(capsys):
    done = operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    operations.undo_check_in(done, by=desk(), at=MORNING)
    operations.check_in(arrival(), participants=20, adults=0, by=desk(), at=MORNING)
    call_command("verify_ledger")
    assert "5 entries, 2 check-ins" in capsys.readouterr().out
    kept = LedgerCheck.objects.get()
    assert (kept.entries, kept.check_ins, kept.differences, kept.fingerprint) == (5, 2, 0, "")


def test_a_changed_entry_is_named(capsys):
    received()
    visit = Visit.objects.get(category="pupil")
    with around_the_triggers() as cursor:
        cursor.execute("UPDATE visitors_visit SET count = 21 WHERE id = %s", [visit.pk])
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify_ledger")
    assert (
        f"Pupil on a school programme: expected 22, found 21 (entries {visit.pk})" in capsys.readouterr().out
    )


def test_an_entry_that_is_gone_is_missed_and_one_too_many_is_found():
    one, other = received(), received()
    with around_the_triggers() as cursor:
        cursor.execute(
            "DELETE FROM visitors_visit WHERE check_in_id = %s AND category = 'school_adult'", [one.pk]
        )
    extra = Visit.objects.get(check_in=other, category="pupil")
    again = Visit.objects.create(
        at=MORNING, day=DAY, leaves_at=MORNING, category="group", count=4, source="desk", check_in=other
    )
    found = [str(difference) for difference in audit.of_the_desk()]
    assert f"check-in {one.pk} ({one.arrival.code}), Adult with a school class: expected 3, found 0" in found
    assert (
        f"check-in {other.pk} ({other.arrival.code}), Group visit: expected 0, found 4 (entries {again.pk})"
        in found
    )
    assert len(found) == 2
    assert extra.count == 22


def test_heads_that_agree_by_chance_are_found_by_the_number_of_entries():
    done = received(participants=22)
    whole = Visit.objects.get(check_in=done, category="pupil")
    with around_the_triggers() as cursor:
        cursor.execute("UPDATE visitors_visit SET count = 20 WHERE id = %s", [whole.pk])
    rest = Visit.objects.create(
        at=MORNING, day=DAY, leaves_at=MORNING, category="pupil", count=2, source="desk", check_in=done
    )
    (found,) = audit.of_the_desk()
    assert found.rows == (whole.pk, rest.pk)


def test_a_check_in_undone_without_its_reversals_is_found():
    done = received()
    CheckIn.objects.filter(pk=done.pk).update(undone_at=MORNING)
    found = [(d.expected, d.found) for d in audit.of_the_desk()]
    assert found == [(0, 22), (0, 3)]


@pytest.mark.parametrize(
    "change",
    ["count = -2", "category = 'child'", "person = 'x'", "at = at - interval '1 day', day = day - 1"],
)
def test_a_crooked_reversal_is_found(change):
    visit = operations.record_walk_in("adult", 3, by=desk(), at=MORNING)
    back = operations.undo_walk_in(visit, by=desk(), at=MORNING)
    with around_the_triggers() as cursor:
        cursor.execute(f"UPDATE visitors_visit SET {change} WHERE id = %s", [back.pk])
    (found,) = audit.of_the_desk()
    assert found.where.startswith(f"reversal {back.pk} of {visit.pk}")
    assert found.rows == (visit.pk, back.pk)


def test_an_entry_at_another_moment_than_its_check_in_is_found():
    done = received(adults=0)
    with around_the_triggers() as cursor:
        cursor.execute("UPDATE visitors_visit SET at = at - interval '1 hour'")
    (found,) = audit.of_the_desk()
    assert f"check-in {done.pk}" in found.where


def test_the_report_says_what_the_rows_say_under_the_rules_of_each_year():
    for day in (DAY, DAY.replace(year=2025), DAY.replace(year=2024)):
        at = dt.datetime.combine(day, MORNING.timetz())
        visit = operations.record_walk_in("adult", 7, by=desk(), at=at)
        operations.record_walk_in("child", 5, by=desk(), at=at)
        operations.undo_walk_in(visit, by=desk(), at=at)
        for person in ("a", "b", "a"):
            Visit.objects.create(
                at=at, day=day, leaves_at=at, category="course", count=1, source="list", person=person
            )
        party = arrival(
            starts_at=at, kind="conference", participant_category="conference", adult_category="conference"
        )
        operations.check_in(party, participants=30, adults=2, by=desk(), at=at)
    CountingRule.objects.create(year=2025, indicator="visitors", category="conference", counts=False)
    CountingRule.objects.create(year=2026, indicator="educators", category="course", counts=False)
    assert list(readding.of_every_year()) == []


def test_a_figure_that_the_rows_do_not_bear_is_found(monkeypatch):
    received()
    monkeypatch.setattr("visitors.sums.heads", lambda *asked: [])
    told = {str(difference) for difference in readding.of_every_year()}
    assert "Pupils on school programmes 2026: expected 22, found 0" in told
    assert "Visitors in total 2026-03: expected 25, found 0" in told
    assert "Visitors in total 2026, municipality 1490: expected 25, found 0" in told
    assert "Pupils on school programmes 2027, last year: expected 22, found 0" in told


def test_classes_are_expected_as_they_were_booked(settings):
    settings.LEDGER_AUDITS = ["bookings.schools.audit.differences"]
    programme = plans.programme(plans.house(), slug="rymden")
    booked = classes.confirmed(
        classes.session(programme), school=classes.school(name="Altorpskolan"), pupils=20
    )
    gone = classes.confirmed(
        classes.session(programme), school=classes.school(name="Byttorpskolan"), pupils=21
    )
    assert list(audit.all_differences()) == []
    type(booked).objects.filter(pk=booked.pk).update(pupils=19)
    operations.withdraw(gone.code, at=timezone.now())
    stranger = arrival()
    told = {str(difference).split(":")[0] for difference in audit.all_differences()}
    assert told == {
        f"booking {booked.code} (Confirmed) and its arrival (Expected)",
        f"booking {gone.code} (Confirmed) and its arrival (Cancelled)",
        f"booking {stranger.code} (none) and its arrival (Expected)",
    }
    with translation.override("sv"):
        told = {str(difference).split(":")[0] for difference in audit.all_differences()}
    assert f"bokning {gone.code} (Bekräftad) och dess ankomst (Avbokad)" in told


# --- Night after night ------------------------------------------------------------------------------------------


def tonight(days: int = 0, clock: str = "03:30") -> dt.datetime:
    from navet import periods

    return periods.at(DAY + dt.timedelta(days=days), dt.time.fromisoformat(clock))


def run(at: dt.datetime) -> LedgerCheck | None:
    return checks.run_if_due(at=at, clock=lambda: at + dt.timedelta(minutes=2))


def test_the_night_check_runs_once_a_night_and_a_missed_one_is_made_up():
    assert run(tonight(clock="02:30")) is None
    assert run(tonight()) is not None
    assert run(tonight(clock="04:30")) is None
    assert run(tonight(1, "14:30")) is not None
    assert LedgerCheck.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_second_check_leaves_the_first_alone():
    # Of the transaction, so that it is let go at its end: a session's lock outlives the closed connection by a moment.
    lock = "SELECT pg_advisory_xact_lock(hashtextextended('visitors.checks', 0))"
    at = connection.settings_dict
    with psycopg.connect(
        host=at["HOST"], port=at["PORT"], dbname=at["NAME"], user=at["USER"], password=at["PASSWORD"]
    ) as first:
        first.execute(lock)
        assert run(tonight()) is None
        with pytest.raises(CommandError, match="by somebody else"):
            call_command("verify_ledger")
    assert run(tonight()) is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_written_during_a_check_is_not_seen_by_halves(settings, monkeypatch):
    by = desk()
    operations.record_walk_in("adult", 2, by=by, at=MORNING)

    def heads_then_one_more(*asked):
        found = sums_heads(*asked)
        if threading.current_thread() is threading.main_thread() and not written:
            written.append(True)
            other = threading.Thread(target=_walk_in_elsewhere, args=(by,))
            other.start()
            other.join()
        return found

    written: list[bool] = []
    sums_heads = sums.heads
    monkeypatch.setattr("visitors.sums.heads", heads_then_one_more)
    assert checks.find() == []
    assert Visit.objects.count() == 2


def _walk_in_elsewhere(by) -> None:
    try:
        operations.record_walk_in("adult", 5, by=by, at=MORNING)
    finally:
        connection.close()


def test_differences_are_told_once_for_each_set_and_person():
    boss = user("management", email="chef@navet.example")
    user("administrator", email="it@navet.example")
    user("desk")
    done = received()
    CheckIn.objects.filter(pk=done.pk).update(undone_at=MORNING)
    promised = Effect.objects.filter(key__startswith="ledger.differences")
    run(tonight())
    assert promised.count() == 2
    run(tonight(1))
    assert promised.count() == 2  # the same set
    other = received()
    CheckIn.objects.filter(pk=other.pk).update(undone_at=MORNING)
    check = run(tonight(2))
    assert promised.count() == 4
    mail = differences(user_id=boss.pk, check_id=check.pk)
    assert mail.to == ["chef@navet.example"]
    assert (
        f"check-in {other.pk} ({other.arrival.code}), Pupil on a school programme: expected 0, found 22"
        in mail.text
    )
    assert "/ledning/kontroll/" in mail.text
    assert mail.subject == "Besöksliggaren går inte ihop: 4 skillnader 2026-03-14"


def test_a_mail_about_the_ledger_is_for_who_still_works_here():
    boss = user("management", email="chef@navet.example")
    check = run(tonight())
    boss.is_active = False
    boss.save()
    assert differences(user_id=boss.pk, check_id=check.pk) is None
