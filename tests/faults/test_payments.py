"""A hundred and fifty payments through the Stripe sandbox while webhooks are doubled, late and lost and Celery workers are killed.

Issue 4, "to be shown" 3, bounded; `make bench BENCH=payments` does ten thousand.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from navet.outbox.models import Effect
from navet.payments import handlers, orders, payments
from navet.payments import stripe_gateway as gateway
from navet.payments.models import Order, Payment, Refund
from tests.faults.launching import REPOSITORY, wait_until
from tests.faults.test_worker import Workers, broker, database_url
from tests.navet.payments import line as told_line
from tests.sandboxes import RunningSandbox
from tests.storm import line, paying
from tests.worker import brokers

__all__ = ["broker"]  # a fixture
pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
COUNT = 150


@pytest.fixture
def sandbox(tmp_path, settings, live_server) -> Iterator[RunningSandbox]:
    made = RunningSandbox(tmp_path, webhook=f"{live_server.url}/stripe/webhook/").start()
    settings.STRIPE = made.settings
    settings.OUTBOX_WAKE = "builtins.dict"
    yield made
    made.kill()


@pytest.fixture
def product_line(monkeypatch) -> Iterator[None]:
    monkeypatch.setitem(handlers._handlers, line.KIND, line.Line())
    line.make_table()
    yield
    line.drop_table()


def test_every_order_is_paid_once_and_every_refund_made_once(
    sandbox, product_line, broker, tmp_path, settings, monkeypatch
):
    brokers.use(broker.url, settings=settings, monkeypatch=monkeypatch)
    workers = Workers(tmp_path, broker.url)
    environment = sandbox.environment | {"DJANGO_SETTINGS_MODULE": "tests.storm.settings"}

    def start() -> subprocess.Popen[bytes]:
        return workers.start(
            "--concurrency",
            "1",
            "--beat",
            "--schedule",
            str(tmp_path / f"beat{len(workers.running)}"),
            **environment,
        )

    storm = paying.Storm(sandbox, COUNT)
    storm.begin()
    killer = paying.Killer(start, workers.kill, workers=1, every=4)
    try:
        killer.start()
        since = timezone.now()
        storm.pay_all(threads=2)
        storm.change_some()
        killer.stop()
        storm.wait()
        storm.make_up()
        storm.wait()
        assert killer.killed >= 1
    finally:
        workers.close()
    books = paying.add_up(since)
    assert books.agree, books
    assert books.paid_once > COUNT * 9 // 10
    assert books.refunds > 0


# A process that runs up to a line and is killed there by its own hand.
DIES = """
import django; django.setup()
import os, signal
from django.utils import timezone
from navet.payments import payments, refunds, stripe_gateway as gateway
from navet.payments.models import Order, Refund
from navet.outbox.models import Effect
{patch}
order = Order.objects.get(pk={order})
{deed}
"""
BEFORE_ASKING = "gateway.create_session = lambda wish: os.kill(os.getpid(), signal.SIGKILL)"
BEFORE_RECORDING = "payments.record = lambda session, at: os.kill(os.getpid(), signal.SIGKILL)"
REFUND_BEFORE_RECORDING = "refunds.record = lambda made, at: os.kill(os.getpid(), signal.SIGKILL)"
BEGIN = "payments.begin(order, at=timezone.now())"
SEND = "refunds.send(Effect.objects.get(kind='stripe.refund'))"


def die(sandbox: RunningSandbox, order: Order, patch: str, deed: str) -> None:
    code = DIES.format(order=order.pk, patch=patch, deed=deed)
    environment = os.environ | sandbox.environment | {
        "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.storm.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(REPOSITORY), env=environment, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("line_of_death", [BEFORE_ASKING, BEFORE_RECORDING])
def test_a_payment_whose_process_was_killed_is_begun_again_as_the_same(sandbox, monkeypatch, line_of_death):
    told_line.register(monkeypatch)
    order = told_line.order()
    die(sandbox, order, line_of_death, BEGIN)
    left = order.payments.get()
    assert left.state == Payment.State.INTENDED
    assert payments.begin(order, at=timezone.now()) == left
    left.refresh_from_db()
    assert left.state == Payment.State.OPEN
    assert sandbox.control("state")["objects"]["checkout.session"] == 1


def test_a_refund_whose_process_was_killed_after_it_was_made_is_not_made_again(sandbox, monkeypatch):
    told_line.register(monkeypatch)
    order = told_line.order()
    payment = payments.begin(order, at=timezone.now())
    sandbox.control("faults", lose=1)
    sandbox.control("pay", session=payment.session_id)
    payments.look(payment, at=timezone.now())
    orders.cancel(order, at=timezone.now())
    die(sandbox, order, REFUND_BEFORE_RECORDING, SEND)
    refund = Refund.objects.get()
    assert refund.state == Refund.State.PROMISED
    told_line.relay_all()
    refund.refresh_from_db()
    payment.refresh_from_db()
    assert refund.state == Refund.State.SUCCEEDED
    assert [made.id for made in gateway.refunds_of(payment.intent_id)] == [refund.stripe_id]


def test_webhooks_come_again_while_the_web_refuses_them(sandbox, monkeypatch, settings):
    """The house's secret is wrong when Stripe calls: nothing is taken, and Stripe calls again."""
    told_line.register(monkeypatch)
    payment = payments.begin(told_line.order(), at=timezone.now())
    settings.STRIPE = sandbox.settings | {"webhook_secret": "whsec_of_yesterday"}
    sandbox.control("pay", session=payment.session_id)
    wait_until(lambda: sandbox.control("state")["refused"] > 0)
    assert not Effect.objects.filter(kind="stripe.event").exists()
    settings.STRIPE = sandbox.settings
    wait_until(lambda: Effect.objects.filter(kind="stripe.event").exists())
    told_line.relay_all()
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
