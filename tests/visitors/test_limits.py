"""The limit of the house: who is let in, warned, refused, and let in all the same."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from navet.accounts.actor import Actor
from navet.periods import date_range
from tests.visitors.making import DAY, MORNING, arrival, desk, user
from tests.visitors.test_at_once import at_once
from visitors import limits, operations
from visitors.models import CheckIn, Visit
from visitors.safety.models import HouseLimit, LimitOverride


def limit(heads: int, *, warn_percent: int = 80) -> HouseLimit:
    valid = date_range(DAY - dt.timedelta(days=30), DAY + dt.timedelta(days=30))
    return HouseLimit.objects.create(heads=heads, warn_percent=warn_percent, valid=valid)


def manager() -> Actor:
    return Actor(user=user("management", email="management@navet.example", name="Petra"))


def heads() -> int:
    return Visit.objects.aggregate(n=Sum("count", default=0))["n"]


@pytest.mark.django_db
def test_the_last_places_are_filled_and_the_next_visitor_is_refused():
    limit(26)
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    operations.record_walk_in("adult", 1, by=desk(), at=MORNING)
    with pytest.raises(limits.HouseFull) as told:
        operations.record_walk_in("adult", 1, by=desk(), at=MORNING)
    assert told.value.extra == {"heads": 26, "limit": 26, "room": 0}
    assert "så " not in str(told.value)  # how many more may come in
    assert heads() == 26


@pytest.mark.django_db
def test_check_in_refuses_a_party_that_does_not_fit_and_leaves_it_expected():
    limit(20)
    party = arrival()
    with pytest.raises(limits.HouseFull) as told:
        operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    assert told.value.extra == {"heads": 0, "limit": 20, "room": 20}
    assert "så 20 till får komma in" in str(told.value)
    assert not CheckIn.objects.exists()


@pytest.mark.django_db
def test_without_a_limit_everybody_comes_in():
    operations.check_in(arrival(), participants=400, adults=3, by=desk(), at=MORNING)
    assert heads() == 403


@pytest.mark.django_db
def test_a_limit_of_other_days_refuses_nobody():
    valid = date_range(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=2))
    HouseLimit.objects.create(heads=1, valid=valid)
    operations.record_walk_in("adult", 5, by=desk(), at=MORNING)
    assert heads() == 5


@pytest.mark.django_db
def test_who_has_left_makes_room_and_so_does_an_undone_tap():
    limit(10)
    operations.record_walk_in("adult", 10, by=desk(), at=MORNING - dt.timedelta(minutes=119))
    later = MORNING + dt.timedelta(minutes=2)
    visit = operations.record_walk_in("adult", 10, by=desk(), at=later)
    with pytest.raises(limits.HouseFull):
        operations.record_walk_in("adult", 1, by=desk(), at=later)
    operations.undo_walk_in(visit, by=desk(), at=later)
    operations.record_walk_in("adult", 9, by=desk(), at=later)


@pytest.mark.django_db
def test_a_digital_visitor_takes_no_place():
    limit(10)
    day = {"day": DAY, "at": MORNING, "leaves_at": MORNING + dt.timedelta(hours=1)}
    Visit.objects.create(category="digital", count=30, source="list", **day)
    operations.record_walk_in("adult", 10, by=desk(), at=MORNING)


@pytest.mark.django_db
def test_what_happened_without_a_network_is_never_refused():
    limit(20)
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING, already_inside=True)
    operations.record_walk_in("adult", 4, by=desk(), at=MORNING, already_inside=True)
    assert heads() == 29
    assert not LimitOverride.objects.exists()


@pytest.mark.django_db
def test_a_manager_lets_a_party_in_beyond_the_limit_and_it_is_kept_who_and_why():
    limit(20)
    party = arrival()
    operations.check_in(
        party, participants=22, adults=3, by=manager(), at=MORNING, override_reason="Väntar ut regnet"
    )
    kept = LimitOverride.objects.get()
    assert (kept.who, kept.reason, kept.at, kept.arrival) == ("Petra", "Väntar ut regnet", MORNING, party)
    assert (kept.heads, kept.coming, kept.limit) == (0, 25, 20)
    assert heads() == 25


@pytest.mark.django_db
def test_a_reason_where_there_is_room_keeps_nothing():
    limit(20)
    operations.record_walk_in("adult", 4, by=manager(), at=MORNING, override_reason="Säkert")
    assert not LimitOverride.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["desk", "planner", "conference_host"])
def test_nobody_but_a_manager_may_override(role):
    limit(20)
    by = Actor(user=user(role))
    with pytest.raises(limits.MayNotOverrideLimit):
        operations.record_walk_in("adult", 25, by=by, at=MORNING, override_reason="Snälla")
    with pytest.raises(limits.MayNotOverrideLimit):
        operations.check_in(arrival(), participants=25, adults=0, by=by, at=MORNING, override_reason="Snälla")
    assert heads() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("inside", "warning"), [(15, "none"), (16, "near"), (19, "near"), (20, "full"), (25, "full")]
)
def test_the_house_warns_before_it_is_full(inside, warning):
    limit(20)
    assert limits.standing(at=MORNING, heads=inside).warning == warning


@pytest.mark.django_db
def test_no_limit_warns_of_nothing():
    house = limits.standing(at=MORNING, heads=900)
    assert (house.warning, house.limit, house.room) == ("none", None, None)


@pytest.mark.django_db
def test_two_limits_at_a_time_are_refused_by_the_database():
    limit(20)
    with pytest.raises(IntegrityError), transaction.atomic():
        limit(30)


@pytest.mark.django_db
def test_an_entry_beyond_the_limit_stays_as_it_is():
    facts = {"heads": 20, "coming": 1, "limit": 20, "reason": "Regn", "by": user("planner"), "at": MORNING}
    kept = LimitOverride.objects.create(**facts)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        LimitOverride.objects.filter(pk=kept.pk).update(reason="Annat")
    with pytest.raises(IntegrityError), transaction.atomic():
        LimitOverride.objects.create(**facts | {"reason": ""})


@pytest.mark.django_db
def test_plenty_of_room_costs_one_statement_and_the_last_places_two(django_assert_num_queries):
    by = desk()
    with django_assert_num_queries(1):
        limits.admit(10, by=by, at=MORNING)
    limit(100)
    with django_assert_num_queries(1):
        limits.admit(10, by=by, at=MORNING)
    with django_assert_num_queries(2):
        limits.admit(90, by=by, at=MORNING)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [1, 7, 25])
def test_many_desks_at_once_never_fill_a_place_twice(size):
    limit(60)
    people = [Actor(user=user("desk", email=f"desk{n}@navet.example", name=f"Desk {n}")) for n in range(8)]
    taps = 90 // size // 8 + 1

    def tap(by: Actor) -> None:
        for _ in range(taps):
            try:
                operations.record_walk_in("adult", size, by=by, at=MORNING)
            except limits.HouseFull:
                return

    results = at_once(*[lambda by=by: tap(by) for by in people])
    assert results == [None] * 8
    assert heads() == 60 // size * size


@pytest.mark.django_db(transaction=True)
def test_a_party_and_a_family_for_the_same_last_places_let_one_of_them_in():
    limit(26)
    operations.record_walk_in("adult", 1, by=desk(), at=MORNING)
    party = arrival()
    results = at_once(
        lambda: operations.check_in(party, participants=22, adults=2, by=desk(), at=MORNING),
        lambda: operations.record_walk_in("family_adult", 4, by=desk(), at=MORNING),
    )
    assert [isinstance(result, limits.HouseFull) for result in results].count(True) == 1
    assert heads() in {25, 5}
