"""Two desks and one party, with real connections."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Sum

from navet.accounts.actor import Actor
from navet.errors import Refused
from tests.visitors.making import MORNING, arrival, desk, user
from visitors import operations
from visitors.models import CheckIn, Visit

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Each call on a connection of its own, started together; what it returned, or the refusal it raised."""
    results: list[object] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(index: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            results[index] = call()
        except Exception as raised:
            results[index] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.parametrize("desks", [2, 8])
def test_check_in_from_several_desks_at_once_is_one_check_in_and_the_others_are_told(desks):
    party = arrival()
    people = [
        Actor(user=user("desk", email=f"desk{n}@navet.example", name=f"Desk {n}")) for n in range(desks)
    ]
    calls = [
        lambda by=by: operations.check_in(party, participants=22, adults=2, by=by, at=MORNING)
        for by in people
    ]
    results = at_once(*calls)
    winners = [result for result in results if isinstance(result, CheckIn)]
    told = [result for result in results if isinstance(result, Refused)]
    assert len(winners) == 1
    assert [refused.code for refused in told] == ["already_checked_in"] * (desks - 1)
    assert {refused.extra["by"] for refused in told} == {winners[0].by.name}
    assert Visit.objects.aggregate(n=Sum("count"))["n"] == 24


def test_undo_from_two_desks_at_once_reverses_once():
    done = operations.check_in(arrival(), participants=22, adults=2, by=desk(), at=MORNING)
    results = at_once(*[lambda: operations.undo_check_in(done, by=desk(), at=MORNING)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyUndone", "CheckIn"]
    assert Visit.objects.aggregate(n=Sum("count"))["n"] == 0


def test_a_walk_in_undone_twice_at_once_is_reversed_once():
    visit = operations.record_walk_in("adult", 4, by=desk(), at=MORNING)
    results = at_once(*[lambda: operations.undo_walk_in(visit, by=desk(), at=MORNING)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyUndone", "Visit"]
    assert Visit.objects.aggregate(n=Sum("count"))["n"] == 0


def test_withdraw_against_check_in_at_once_lets_one_of_them_win():
    party = arrival()
    results = at_once(
        lambda: operations.check_in(party, participants=22, adults=2, by=desk(), at=MORNING),
        lambda: operations.withdraw(party.code, at=MORNING),
    )
    refusals = {type(result).__name__ for result in results if isinstance(result, Refused)}
    assert len(refusals) == 1
    assert refusals <= {"CancelledArrival", "AlreadyCheckedIn"}
    assert CheckIn.objects.count() == (1 if refusals == {"AlreadyCheckedIn"} else 0)
