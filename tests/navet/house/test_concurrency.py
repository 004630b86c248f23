"""Two parties after one room, with real connections: one gets it, the others are told, nobody deadlocks."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, connections

from navet.errors import Refused
from navet.house import operations
from navet.house.models import Cell, Duty, Occasion, RoomUse
from tests.navet.house import making

pytestmark = pytest.mark.django_db(transaction=True)
PARTIES = 8


@pytest.fixture(autouse=True)
def _open():
    making.open_weekdays()


def at_once(attempts: list[Callable[[], object]]) -> Counter[str]:
    """Run all attempts at the same moment, each on a connection of its own; count what came of them."""
    outcome: Counter[str] = Counter()
    start = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            attempt()
            outcome["done"] += 1
        except Refused as refused:
            outcome[refused.code] += 1
        except Exception as error:
            outcome[f"{type(error).__name__}: {error}"] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcome


def test_of_eight_parties_after_one_room_one_gets_it():
    kuben = making.room("kuben")
    outcome = at_once([lambda: making.plan(rooms=(kuben,))] * PARTIES)
    assert outcome == {"done": 1, "room_taken": PARTIES - 1}
    assert Occasion.objects.count() == 1
    assert RoomUse.objects.filter(holds=True).count() == 1


def test_of_eight_occasions_after_one_educator_one_gets_her():
    ada = making.user("ada@navet.test")
    outcome = at_once([lambda: making.plan(educators=(ada,))] * PARTIES)
    assert outcome == {"done": 1, "educator_busy": PARTIES - 1}
    assert Duty.objects.count() == 1


def test_the_hall_and_its_halves_at_once_never_overlap():
    hall, east, west = making.divisible_hall()
    wanted = [hall, east, west] * 3
    outcome = at_once([lambda room=room: making.plan(rooms=(room,)) for room in wanted])
    held = {(use.room.slug) for use in RoomUse.objects.filter(holds=True)}
    assert held in ({"hall"}, {"east", "west"})
    winners = 1 if held == {"hall"} else 2
    assert outcome == {"done": winners, "room_taken": len(wanted) - winners}


def test_rooms_asked_for_in_opposite_order_do_not_deadlock():
    cells = [Cell.objects.create(name=f"cell {n}") for n in range(4)]
    rooms = [making.room(f"room-{n}", cell) for n, cell in enumerate(cells)]
    forwards, backwards = tuple(rooms), tuple(reversed(rooms))
    attempts = [
        lambda order=order: making.plan(rooms=order) for order in (forwards, backwards) for _ in range(4)
    ]
    assert at_once(attempts) == {"done": 1, "room_taken": 7}


def test_educators_asked_for_in_opposite_order_do_not_deadlock():
    people = [making.user(f"e{n}@navet.test") for n in range(4)]
    orders = (tuple(people), tuple(reversed(people)))
    attempts = [lambda order=order: making.plan(educators=order) for order in orders for _ in range(4)]
    assert at_once(attempts) == {"done": 1, "educator_busy": 7}


def test_two_occasions_moved_into_each_others_rooms_do_not_deadlock():
    kuben, verkstad = making.room("kuben"), making.room("verkstad")
    first, second = making.plan(rooms=(kuben,)), making.plan(rooms=(verkstad,))
    outcome = at_once(
        [
            lambda: operations.move_occasion(first, rooms=[verkstad], by=None, at=making.NOW),
            lambda: operations.move_occasion(second, rooms=[kuben], by=None, at=making.NOW),
        ]
    )
    assert outcome == {"room_taken": 2}


def test_a_row_slipped_in_without_the_locks_is_still_refused_as_taken():
    """The constraint, not the look beforehand, is what holds."""
    kuben = making.room("kuben")
    other = Occasion.objects.create(
        kind=Occasion.Kind.INTERNAL, title_sv="x", title_en="x", period=making.hours()
    )
    cell = kuben.cells.get()
    slipped, planned = threading.Event(), threading.Event()

    def slip_in() -> None:
        from django.db import transaction

        with transaction.atomic():
            RoomUse.objects.create(occasion=other, room=kuben, cell=cell, period=making.hours())
            slipped.set()
            planned.wait(2)  # uncommitted while the other looks, so it sees nothing and inserts

    def plan() -> None:
        slipped.wait(10)
        making.plan(rooms=(kuben,))

    threads = Counter()

    def run(name: str, attempt: Callable[[], object]) -> None:
        try:
            attempt()
            threads[f"{name} done"] += 1
        except Refused as refused:
            threads[f"{name} {refused.code}"] += 1
        finally:
            connections.close_all()

    both = [
        threading.Thread(target=run, args=("slipped", slip_in)),
        threading.Thread(target=run, args=("planned", plan)),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(30)
    assert threads == {"slipped done": 1, "planned room_taken": 1}
