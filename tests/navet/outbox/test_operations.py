import datetime as dt

import pytest

from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.outbox import operations, relay
from navet.outbox.models import DeliveredMail, Effect
from navet.retention import engine, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner() -> Actor:
    return Actor(user=User.objects.create_user("planerare@navet.example", name="P", roles=["planner"]))


def test_retry_gives_a_dead_effect_all_its_attempts_again(promised, planner, now):
    effect = promised(state="dead", attempts=8, last_error="x")
    operations.retry(effect.pk, by=planner, at=now)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts, effect.decided_by, effect.decided_at) == (
        "pending",
        0,
        planner.user,
        now,
    )
    assert relay.relay(now) == 1


@pytest.mark.parametrize("state", ["pending", "done", "withdrawn"])
def test_retry_refuses_what_is_not_dead(promised, planner, now, state):
    effect = promised(state=state, done_at=now if state == "done" else None)
    with pytest.raises(operations.NothingToRetry):
        operations.retry(effect.pk, by=planner, at=now)
    effect.refresh_from_db()
    assert effect.state == state


def test_retry_all_revives_the_dead_and_nothing_else(promised, planner, now):
    promised(key="a", state="dead")
    promised(key="b", state="dead")
    promised(key="c", state="withdrawn")
    assert operations.retry_all(by=planner, at=now) == 2
    assert relay.relay(now) == 2


def test_give_up_withdraws_and_forgets_whom_it_was_for(promised, planner, now):
    effect = promised(state="dead", payload={"args": {"id": 1}}, recipient_hint="m•••@s.example")
    operations.give_up(effect.pk, by=planner, at=now)
    effect.refresh_from_db()
    assert (effect.state, effect.payload, effect.recipient_hint) == ("withdrawn", {}, "")
    with pytest.raises(operations.NothingToWithdraw):
        operations.give_up(effect.pk, by=planner, at=now)


def test_retention_removes_what_is_over_long_enough_and_keeps_the_rest(promised, now):
    day = dt.timedelta(days=1)
    promised(key="old", state="done", done_at=now - 91 * day)
    promised(key="young", state="done", done_at=now - 89 * day)
    promised(key="withdrawn", state="withdrawn", due_at=now - 91 * day)
    promised(key="dead", state="dead", due_at=now - 91 * day)
    promised(key="long dead", state="dead", due_at=now - 181 * day)
    promised(key="waiting", due_at=now - 400 * day)
    for age in (29, 31):
        mail = DeliveredMail.objects.create(message_id=str(age), sender="", subject="", text="")
        DeliveredMail.objects.filter(pk=mail.pk).update(delivered_at=now - age * day)
    chosen = [rule for rule in rules.every() if rule.key.startswith("outbox.")]
    done = engine.run(chosen, why="command", at=now)
    assert dict(done.outcomes.values_list("rule", "records")) == {
        "outbox.sent": 2,
        "outbox.given_up": 1,
        "outbox.mailbox": 1,
    }
    assert set(Effect.objects.values_list("key", flat=True)) == {"young", "dead", "waiting"}
    assert DeliveredMail.objects.get().message_id == "29"
