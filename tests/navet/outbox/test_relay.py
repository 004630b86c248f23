import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from navet.outbox import promises, relay
from navet.outbox.models import DeliveredMail, Effect

pytestmark = pytest.mark.django_db
State = Effect.State


def test_relay_does_what_is_due_and_forgets_what_it_was_about(promised, now):
    effect = promised(payload={"args": {"booking_id": 7}})
    assert relay.relay(now) == 1
    effect.refresh_from_db()
    assert (effect.state, effect.done_at, effect.payload, effect.attempts) == (State.DONE, now, {}, 1)
    assert relay.relay(now) == 0
    assert DeliveredMail.objects.count() == 1


def test_relay_leaves_what_is_not_due_yet(promised, now):
    promised(due_at=now + dt.timedelta(seconds=1))
    assert relay.relay_one(now) is False


def test_relay_takes_urgent_ones_first_then_those_that_waited_longest(promised, now):
    promised(key="young", due_at=now - dt.timedelta(minutes=1))
    promised(key="old", due_at=now - dt.timedelta(hours=1))
    promised(key="code", urgent=True)
    relay.relay(now)
    assert list(DeliveredMail.objects.order_by("pk").values_list("subject", flat=True)) == [
        "code",
        "old",
        "young",
    ]


def test_relay_stops_at_its_limit(promised, now):
    for key in "abc":
        promised(key=key)
    assert relay.relay(now, limit=2) == 2
    assert Effect.objects.due(now).count() == 1


def test_one_broken_effect_neither_stops_nor_repeats_the_others(promised, now):
    promised(key="a")
    broken = promised("note_and_break", key="b")
    promised(key="c")
    assert relay.relay(now) == 3
    assert relay.relay(now) == 0
    assert list(DeliveredMail.objects.values_list("subject", flat=True).order_by("pk")) == ["a", "c"]
    broken.refresh_from_db()
    assert (broken.state, broken.attempts) == (State.PENDING, 1)
    assert broken.due_at > now


def test_an_effect_whose_handler_breaks_the_transaction_is_noted_and_the_next_goes_on(promised, now):
    broken = promised("break_the_database", key="a")
    promised(key="b")
    assert relay.relay(now) == 2
    broken.refresh_from_db()
    assert (broken.attempts, broken.last_error.split()[0]) == (1, "IntegrityError")


def test_a_failure_is_described_without_personal_data(promised, now):
    effect = promised("note_and_break")
    relay.relay(now)
    effect.refresh_from_db()
    assert effect.last_error.startswith("ValueError (tests/navet/outbox/handlers.py:")
    assert "maria" not in effect.last_error


def test_an_unknown_kind_is_tried_again_because_a_newer_worker_may_know_it(promised, now):
    effect = promised("fax")
    relay.relay(now)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (State.PENDING, 1)


def test_delays_grow_and_vary_by_a_fifth():
    for attempts, delay in enumerate(relay.DELAYS, start=1):
        drawn = [relay.delay_after(attempts) for _ in range(50)]
        assert all(delay * 0.8 <= one <= delay * 1.2 for one in drawn)
        assert len(set(drawn)) > 1
    assert sorted(relay.DELAYS) == relay.DELAYS


def test_an_effect_is_given_up_after_eight_attempts_and_keeps_its_payload(promised, now):
    effect = promised("note_and_break", payload={"args": {"booking_id": 7}})
    at = now
    for _ in range(8):
        assert relay.relay_one(at) is True
        at += dt.timedelta(days=2)
    assert relay.relay_one(at) is False
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (State.DEAD, 8)
    assert effect.payload == {"args": {"booking_id": 7}}


def test_a_permanent_refusal_is_given_up_at_once(promised, now):
    effect = promised("refuse")
    relay.relay(now)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts, effect.last_error) == (State.DEAD, 1, "refused")


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_never_take_the_same_effect(promised, now):
    for number in range(40):
        promised(key=str(number))
    start = threading.Barrier(4)

    def run() -> None:
        try:
            start.wait()
            relay.relay(now)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert relay.relay(now) == 0
    # `note` would leave two rows for an effect that was taken twice.
    assert sorted(DeliveredMail.objects.values_list("subject", flat=True)) == sorted(map(str, range(40)))


@pytest.mark.django_db(transaction=True)
def test_a_promise_is_rolled_back_with_what_caused_it(now):
    with transaction.atomic():
        promises.promise("note", key="a", payload={}, due_at=now)
        assert Effect.objects.exists()
        transaction.set_rollback(True)
    assert not Effect.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_promise_needs_a_transaction_to_belong_to(now):
    with pytest.raises(RuntimeError):
        promises.promise("note", key="a", payload={}, due_at=now)


def test_promising_the_same_key_twice_is_one_promise(now):
    for _ in range(2):
        promises.promise("note", key="a", payload={}, due_at=now)
    assert relay.relay(now) == 1


def test_a_withdrawn_promise_is_not_kept_and_not_remembered(promised, now):
    effect = promised(payload={"args": {"booking_id": 7}})
    assert promises.withdraw("a") is True
    assert promises.withdraw("a") is False
    assert relay.relay(now) == 0
    effect.refresh_from_db()
    assert effect.payload == {}
