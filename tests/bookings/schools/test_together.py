"""Many at once, on real connections, and any order of anything: never more pupils than places."""

import datetime as dt
import random
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, changing, refusals, waiting
from navet import periods
from navet.errors import Refused
from navet.house import operations as house
from navet.house.models import Occasion
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW
from tests.meanwhile import asked_while_locked
from visitors.models import Arrival

Status = SchoolBooking.Status


def all_at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each call returned or raised; all start together, each on its own connection."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            answers[number] = calls[number]()
        except Exception as fault:
            answers[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def held(on) -> int:
    return SchoolBooking.objects.filter(session=on.pk).holding(NOW).aggregate(n=Sum("pupils"))["n"] or 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("queue", [False, True])
def test_forty_parties_of_seven_on_thirty_places_are_four(queue):
    on, school = classes.session(max_groups=40), classes.school()
    asked = [
        classes.proved(
            of=school, class_name=f"C{n}", contact_email=f"t{n}@skola.example", pupils=7, waiting_list=queue
        )
        for n in range(40)
    ]
    answers = all_at_once([lambda wish=wish: booking.request(on.pk, **wish) for wish in asked])
    said = Counter(one.status if isinstance(one, SchoolBooking) else type(one).__name__ for one in answers)
    assert said == {Status.CONFIRMED: 4, (Status.WAITING if queue else "SessionFull"): 36}
    assert held(on) == 28
    assert Arrival.objects.count() == 4
    assert len(classes.mails("confirmed")) == 4


@pytest.mark.django_db(transaction=True)
def test_the_same_class_twice_at_once_is_one_booking():
    on, wish = classes.session(), classes.proved()
    answers = all_at_once([lambda: booking.request(on.pk, **wish)] * 8)
    assert Counter(type(one).__name__ for one in answers) == {"SchoolBooking": 1, "AlreadyBooked": 7}


@pytest.mark.django_db(transaction=True)
def test_two_classes_that_change_places_do_not_wait_for_each_other_forever():
    one, other = classes.session(max_groups=9), classes.session(classes.programme(), max_groups=9)
    first = [classes.confirmed(one, pupils=5, contact_email=f"a{n}@skola.example") for n in range(3)]
    second = [classes.confirmed(other, pupils=5, contact_email=f"b{n}@skola.example") for n in range(3)]
    calls = [(b, other) for b in first] + [(b, one) for b in second]
    answers = all_at_once(
        [lambda b=b, to=to: changing.move(b.code, session_id=to.pk, by=None, at=NOW) for b, to in calls]
    )
    assert [type(answer).__name__ for answer in answers] == ["SchoolBooking"] * 6
    assert (held(one), held(other)) == (15, 15)


@pytest.mark.django_db(transaction=True)
def test_one_offer_accepted_and_tidied_at_once_has_one_outcome():
    on = classes.session()
    holder = classes.confirmed(on, pupils=30)
    first, second = classes.queued(on, contact_email="w@skola.example"), classes.queued(on)
    changing.cancel(holder.code, by=None, at=NOW)
    over = NOW + dt.timedelta(hours=48)
    just = over - dt.timedelta(seconds=1)
    all_at_once(
        [
            lambda: waiting.accept_offer(first.code, by=None, at=just),
            lambda: waiting.tidy(at=over),
            lambda: waiting.tidy(at=over),
        ]
    )
    states = [SchoolBooking.objects.get(pk=one.pk).status for one in (first, second)]
    assert states in ([Status.CONFIRMED, Status.WAITING], [Status.LAPSED, Status.OFFERED])


@pytest.mark.django_db(transaction=True)
def test_lunch_is_never_oversold_by_two_sessions():
    sitting = classes.lunch(capacity=44)
    school = classes.school()
    calls = []
    for n in range(10):
        on = classes.session()
        wish = classes.proved(of=school, contact_email=f"l{n}@skola.example", lunch_id=sitting.pk)
        calls.append(lambda on=on, wish=wish: booking.request(on.pk, **wish))
    said = Counter(type(one).__name__ for one in all_at_once(calls))
    assert said == {"SchoolBooking": 2, "LunchFull": 8}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("year", "price"), [(2027, 0), (2028, 300_000)])
def test_the_price_is_that_of_the_day_the_session_has_when_its_turn_comes(year, price):
    """The agreement ends with 2027: the session moves while the class waits for its lock, to a day inside it or after it."""
    on = classes.session(day=dt.date(2027 + 2028 - year, 3, 2))
    asked = classes.proved(invoice_reference="REF 7")
    start = periods.at(dt.date(year, 3, 2), dt.time(9))
    moved = periods.period(start, start + dt.timedelta(minutes=90))

    price_when_its_turn_comes = asked_while_locked(
        lambda: house.lock(on.pk),
        lambda: booking.request(on.pk, **asked).price_ore,
        lambda: Occasion.objects.filter(pk=on.pk).update(period=moved),
    )
    assert price_when_its_turn_comes == price


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_anything_at_once_never_oversells_and_never_deadlocks():
    dice = random.Random(7)
    sessions = [classes.session(max_groups=20) for _ in range(3)]
    sittings = [classes.lunch(capacity=50), classes.lunch(clock="12:00", capacity=50)]
    school = classes.school()

    def ask(n: int) -> Callable[[], Any]:
        on, wish = dice.choice(sessions), classes.proved(
            of=school, class_name=f"S{n}", contact_email=f"s{n}@skola.example", pupils=dice.randint(5, 14),
            waiting_list=True, lunch_id=dice.choice([None, sittings[0].pk, sittings[1].pk]),
        )  # fmt: skip
        return lambda: booking.request(on.pk, **wish)

    everything = all_at_once([ask(n) for n in range(24)])
    assert {type(a) for a in everything} <= {SchoolBooking, refusals.LunchFull}
    made = [a for a in everything if isinstance(a, SchoolBooking)]

    def upset(it: SchoolBooking) -> Callable[[], Any]:
        verb, pupils, to = (
            dice.choice(["change", "cancel", "move", "tidy"]),
            dice.randint(1, 20),
            dice.choice(sessions),
        )
        return {
            "change": lambda: changing.change(it.code, pupils=pupils, by=None, at=NOW),
            "cancel": lambda: changing.cancel(it.code, by=None, at=NOW),
            "move": lambda: changing.move(it.code, session_id=to.pk, by=None, at=NOW),
            "tidy": lambda: waiting.tidy(at=NOW + dt.timedelta(days=3)),
        }[verb]

    for _ in range(3):
        answers = all_at_once([upset(it) for it in dice.sample(made, min(16, len(made)))])
        assert [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refused)] == []
        assert all(held(on) <= 30 for on in sessions)
        seats = SchoolBooking.objects.holding(NOW).filter(lunch__isnull=False)
        for sitting in sittings:
            heads = seats.filter(lunch=sitting).aggregate(n=Sum("pupils") + Sum("adults"))["n"] or 0
            assert heads <= 50


class House(RuleBasedStateMachine):
    """One session of thirty places; whatever happens in whatever order."""

    @initialize()
    def build(self) -> None:
        SchoolBooking.objects.all().delete()
        self.on, self.school = classes.session(max_groups=3), classes.school()
        self.at, self.codes = NOW, []

    def attempt(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return verb(*args, **kwargs, at=self.at)
        except Refused:
            return None

    @rule(pupils=st.integers(1, 31), proved=st.booleans(), queue=st.booleans())
    def ask(self, pupils: int, proved: bool, queue: bool) -> None:
        wish = (classes.proved if proved else classes.wish)(
            of=self.school, class_name=f"C{len(self.codes)}", contact_email=f"c{len(self.codes)}@skola.example",
            pupils=pupils, waiting_list=queue,
        )  # fmt: skip
        wish.pop("at")
        made = self.attempt(booking.request, self.on.pk, **wish)
        if made:
            self.codes.append(made.code)

    @rule(n=st.integers(0, 50), pupils=st.integers(1, 31))
    def change(self, n: int, pupils: int) -> None:
        if self.codes:
            self.attempt(changing.change, self.codes[n % len(self.codes)], pupils=pupils, by=None)

    @rule(n=st.integers(0, 50))
    def cancel(self, n: int) -> None:
        if self.codes:
            self.attempt(changing.cancel, self.codes[n % len(self.codes)], by=None)

    @rule(n=st.integers(0, 50))
    def prove(self, n: int) -> None:
        if self.codes:
            asked = SchoolBooking.objects.get(code=self.codes[n % len(self.codes)])
            self.attempt(booking.prove, asked.code, email=asked.contact_email)

    @rule(n=st.integers(0, 50), accept=st.booleans())
    def answer(self, n: int, accept: bool) -> None:
        if self.codes:
            verb = waiting.accept_offer if accept else waiting.decline_offer
            self.attempt(verb, self.codes[n % len(self.codes)], by=None)

    @rule(minutes=st.sampled_from([1, 31, 60 * 25, 60 * 49]))
    def time_passes(self, minutes: int) -> None:
        self.at += dt.timedelta(minutes=minutes)

    @rule()
    def tidy(self) -> None:
        waiting.tidy(at=self.at)

    @invariant()
    def never_more_than_there_are(self) -> None:
        if hasattr(self, "on"):
            holding = SchoolBooking.objects.filter(session=self.on.pk).holding(self.at)
            assert (holding.aggregate(n=Sum("pupils"))["n"] or 0) <= 30
            assert holding.count() <= 3

    @invariant()
    def the_desk_expects_the_confirmed_and_nobody_else(self) -> None:
        if hasattr(self, "on"):
            confirmed = SchoolBooking.objects.filter(session=self.on.pk).confirmed()
            expected = Arrival.objects.expected().filter(occasion=self.on.pk)
            assert set(confirmed.values_list("code", "pupils")) == set(
                expected.values_list("code", "expected_participants")
            )


@pytest.mark.django_db
def test_any_order_of_anything_keeps_the_places():
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
