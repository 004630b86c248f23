"""Receiving a party and taking it back, one desk at a time."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum

from navet import periods
from navet.errors import Refused
from tests.visitors.making import DAY, MORNING, arrival, desk, municipality
from visitors import operations, refusals
from visitors.models import Arrival, Category, CheckIn, Visit

pytestmark = pytest.mark.django_db


def sums() -> dict[str, int]:
    rows = Visit.objects.values("category").annotate(n=Sum("count")).order_by()
    return {row["category"]: row["n"] for row in rows}


def test_check_in_writes_what_came_into_the_ledger():
    party = arrival()
    done = operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    entries = Visit.objects.order_by("category")
    assert [(v.category, v.count, v.day, v.leaves_at, v.municipality, v.check_in_id) for v in entries] == [
        (Category.PUPIL, 22, DAY, party.ends_at, municipality(), done.pk),
        (Category.SCHOOL_ADULT, 3, DAY, party.ends_at, municipality(), done.pk),
    ]
    assert {v.by for v in entries} == {desk().user}
    assert CheckIn.objects.get() == done


def test_check_in_takes_the_code_of_an_arrival():
    party = arrival()
    assert operations.check_in(party.code, participants=1, adults=0, by=desk(), at=MORNING).arrival == party


def test_check_in_takes_two_statements_beside_the_transaction(django_assert_num_queries):
    party, by = arrival(), desk()
    with django_assert_num_queries(2 + 2):  # its savepoint inside the test's transaction
        operations.check_in(party, participants=22, adults=3, by=by, at=MORNING)


def test_check_in_without_adults_makes_one_entry():
    operations.check_in(arrival(), participants=22, adults=0, by=desk(), at=MORNING)
    assert sums() == {Category.PUPIL: 22}


def test_a_late_party_stays_as_long_as_the_rules_say(settings):
    settings.VISITORS = {"late_stay_minutes": 45}
    at = MORNING + dt.timedelta(hours=3)
    operations.check_in(arrival(), participants=20, adults=0, by=desk(), at=at)
    assert Visit.objects.get().leaves_at == at + dt.timedelta(minutes=45)


def test_check_in_refuses_a_party_already_checked_in_and_says_when_and_by_whom():
    party = arrival()
    operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    with pytest.raises(refusals.AlreadyCheckedIn) as told:
        operations.check_in(party, participants=21, adults=3, by=desk(), at=MORNING)
    assert "09:30" in str(told.value)
    assert "Rut Reception" in str(told.value)
    assert told.value.extra["checked_in_at"] == "2026-03-12T09:30:00+01:00"
    assert sums() == {Category.PUPIL: 22, Category.SCHOOL_ADULT: 3}


def cancelled() -> Arrival:
    party = arrival()
    operations.withdraw(party.code, at=MORNING)
    return party


def missed() -> Arrival:
    party = arrival()
    operations.mark_no_shows(at=MORNING + dt.timedelta(days=1))
    return party


@pytest.mark.parametrize(
    ("make", "counts", "at", "refusal"),
    [
        (cancelled, (22, 2), MORNING, refusals.CancelledArrival),
        (missed, (22, 2), MORNING, refusals.MarkedNoShow),
        (arrival, (0, 0), MORNING, refusals.NobodyCame),
        (arrival, (501, 0), MORNING, refusals.ImplausibleCount),
        (arrival, (10, 501), MORNING, refusals.ImplausibleCount),
        (arrival, (-1, 5), MORNING, refusals.ImplausibleCount),
        (arrival, (22, 2), MORNING - dt.timedelta(days=1), refusals.NotToday),
        (arrival, (22, 2), MORNING + dt.timedelta(days=1), refusals.NotToday),
        (arrival, (22, 2), periods.day_bounds(DAY)[1], refusals.NotToday),
        (lambda: "0000000000", (22, 2), MORNING, refusals.NoSuchArrival),
    ],
)
def test_check_in_refuses_and_changes_nothing(make, counts, at, refusal):
    party = make()
    with pytest.raises(refusal):
        operations.check_in(party, participants=counts[0], adults=counts[1], by=desk(), at=at)
    assert not CheckIn.objects.exists()
    assert not Visit.objects.exists()


def test_check_in_keeps_to_the_grace_that_was_set(settings):
    settings.VISITORS = {"check_in_grace_minutes": 60}
    midnight = periods.day_bounds(DAY)[1]
    operations.check_in(
        arrival(), participants=3, adults=0, by=desk(), at=midnight + dt.timedelta(minutes=59)
    )
    with pytest.raises(refusals.NotToday):
        operations.check_in(
            arrival(), participants=3, adults=0, by=desk(), at=midnight + dt.timedelta(minutes=60)
        )


def test_undo_reverses_every_entry_and_the_party_can_be_checked_in_again():
    party = arrival()
    first = operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    operations.undo_check_in(first, by=desk(), at=MORNING + dt.timedelta(minutes=5))
    assert sums() == {Category.PUPIL: 0, Category.SCHOOL_ADULT: 0}
    reversed_by = {v.reverses.count: v.count for v in Visit.objects.filter(reverses__isnull=False)}
    assert reversed_by == {22: -22, 3: -3}
    operations.check_in(party, participants=20, adults=2, by=desk(), at=MORNING + dt.timedelta(minutes=6))
    assert sums() == {Category.PUPIL: 20, Category.SCHOOL_ADULT: 2}


def test_undo_refuses_twice_and_after_the_day():
    done = operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    with pytest.raises(refusals.TooLateToUndo):
        operations.undo_check_in(done, by=desk(), at=periods.day_bounds(DAY)[1])
    operations.undo_check_in(done, by=desk(), at=MORNING)
    with pytest.raises(refusals.AlreadyUndone):
        operations.undo_check_in(done, by=desk(), at=MORNING)
    assert sums() == {Category.PUPIL: 0, Category.SCHOOL_ADULT: 0}


@pytest.mark.parametrize("change", [lambda v: v.update(count=1), lambda v: v.delete()])
def test_the_ledger_is_append_only(change):
    operations.check_in(arrival(), participants=22, adults=0, by=desk(), at=MORNING)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        change(Visit.objects.all())
    assert sums() == {Category.PUPIL: 22}


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": -21},
        {"category": Category.CHILD},
        {"day": DAY + dt.timedelta(days=1)},
        {"municipality": None},
    ],
)
def test_the_database_refuses_a_reversal_that_does_not_mirror(wrong):
    operations.check_in(arrival(), participants=22, adults=0, by=desk(), at=MORNING)
    original = Visit.objects.get()
    mirror = {
        "at": original.at,
        "day": original.day,
        "leaves_at": original.leaves_at,
        "category": original.category,
        "count": -22,
        "municipality": original.municipality,
        "source": original.source,
        "check_in": original.check_in,
        "reverses": original,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(**mirror | wrong)
    Visit.objects.create(**mirror)


def test_the_database_refuses_a_visit_on_another_day_than_its_moment():
    with pytest.raises(IntegrityError, match="a_visit_counts_on_its_day_in_boras"), transaction.atomic():
        Visit.objects.create(
            at=MORNING,
            day=DAY + dt.timedelta(days=1),
            leaves_at=MORNING,
            category="adult",
            count=1,
            source="desk",
        )


def test_announce_again_keeps_the_count_first_booked_and_expects_the_party_again():
    party = cancelled()
    again = arrival(code=party.code, booked_participants=18, expected_participants=18)
    assert again.pk == party.pk
    assert (again.booked_participants, again.expected_participants) == (24, 18)
    assert again.status == Arrival.Status.EXPECTED


def test_announce_is_one_statement(django_assert_num_queries):
    municipality()
    with django_assert_num_queries(
        3
    ):  # the maker fetches the municipality, announces, and fetches the arrival
        arrival()


def test_withdraw_refuses_a_party_that_came():
    party = arrival()
    operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    with pytest.raises(refusals.AlreadyCheckedIn):
        operations.withdraw(party.code, at=MORNING)
    assert Arrival.objects.get().status == Arrival.Status.EXPECTED


def test_no_shows_are_those_whose_day_has_passed():
    came, missing, coming = arrival(), arrival(), arrival(starts_at=MORNING + dt.timedelta(days=1))
    operations.check_in(came, participants=22, adults=3, by=desk(), at=MORNING)
    assert operations.mark_no_shows(at=MORNING + dt.timedelta(hours=14)) == 0
    assert operations.mark_no_shows(at=MORNING + dt.timedelta(days=1)) == 1
    assert [Arrival.objects.get(pk=a.pk).status for a in (came, missing, coming)] == [
        "expected",
        "no_show",
        "expected",
    ]


def test_walk_ins_are_counted_and_taken_back():
    visit = operations.record_walk_in("family_child", 3, municipality=municipality(), by=desk(), at=MORNING)
    operations.record_walk_in("adult", 1, by=desk(), at=MORNING)
    assert operations.house_now(at=MORNING) == {"adult": 1, "family_child": 3}
    operations.undo_walk_in(visit, by=desk(), at=MORNING)
    assert sums() == {"family_child": 0, "adult": 1}
    assert operations.house_now(at=MORNING) == {"adult": 1}
    with pytest.raises(refusals.AlreadyUndone):
        operations.undo_walk_in(visit, by=desk(), at=MORNING)


@pytest.mark.parametrize(("category", "count"), [("pupil", 1), ("nonsense", 1), ("adult", 0), ("adult", 501)])
def test_walk_ins_refuse_what_is_no_walk_in(category, count):
    with pytest.raises(Refused):
        operations.record_walk_in(category, count, by=desk(), at=MORNING)
    assert not Visit.objects.exists()


def test_the_entries_of_a_check_in_are_not_undone_one_by_one():
    operations.check_in(arrival(), participants=22, adults=0, by=desk(), at=MORNING)
    with pytest.raises(refusals.NotAWalkIn):
        operations.undo_walk_in(Visit.objects.get(), by=desk(), at=MORNING)


def test_the_house_empties_when_visits_end():
    operations.check_in(arrival(), participants=22, adults=2, by=desk(), at=MORNING)
    operations.record_walk_in("adult", 1, by=desk(), at=MORNING)
    assert operations.house_now(at=MORNING + dt.timedelta(minutes=119)) == {
        "pupil": 22,
        "school_adult": 2,
        "adult": 1,
    }
    assert operations.house_now(at=MORNING + dt.timedelta(minutes=120)) == {}
