import base64
import json
import os
import socket
import threading
import time

import pytest
import redis

from bookings.leisure.operations import enrolling
from navet.embedded.ports import free_port
from navet.outbox.models import Effect
from tests.bookings.leisure import clubs
from tests.worker import brokers
from worker import wake
from worker.app import app


@pytest.fixture(autouse=True)
def awake(monkeypatch):
    monkeypatch.setattr(wake, "_away_until", 0.0)


@pytest.fixture
def queue(settings, monkeypatch):
    """How many messages wait, in a database of the real Redis that no other test looks at."""
    runner = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    url = settings.REDIS_URL.rpartition("/")[0] + f"/{8 + int(runner[2:]) % 8}"
    brokers.use(url, settings=settings, monkeypatch=monkeypatch)
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield lambda: client.llen("navet")
        client.flushdb()


def test_many_wakes_before_the_relay_begins_are_one_message(queue):
    for _ in range(20):
        wake.outbox()
    assert queue() == 1


@pytest.mark.django_db(transaction=True)
def test_no_message_to_the_worker_names_anybody(queue, settings):
    settings.OUTBOX_WAKE = "worker.wake.outbox"
    asked = clubs.wish(child_name="Alva Ek", contact_email="kim.ek@hem.example", contact_phone="+46701740699")
    enrolling.request(clubs.group().pk, **asked)
    assert Effect.objects.filter(kind="mail").exists()
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        messages = [json.loads(one) for one in client.lrange("navet", 0, -1)]
    assert messages
    for one in messages:
        args, kwargs, _embed = json.loads(base64.b64decode(one["body"]))
        assert (args, kwargs, one["headers"]["argsrepr"]) == ([], {}, "()")


def test_what_is_sent_by_the_clock_has_no_words_of_anybody():
    assert app.conf.beat_schedule
    assert not [one for one in app.conf.beat_schedule.values() if one.get("args") or one.get("kwargs")]


def test_whoever_promises_does_not_wait_for_redis(monkeypatch):
    """A Redis that answers late, or never, keeps nobody who books; what is wanted meanwhile is one more wake."""
    answered, asked = threading.Event(), []

    def slow():
        asked.append(threading.current_thread().name)
        answered.wait(5)

    monkeypatch.setattr(wake, "outbox", slow)
    monkeypatch.setattr(wake, "_thread_of", 0)  # a process of its own, as after a fork
    for _ in range(50):
        wake.soon()
    answered.set()
    until = time.monotonic() + 5
    while len(asked) < 2 and time.monotonic() < until:
        wake.soon()
        time.sleep(0.01)
    assert set(asked) == {"wake"}  # the thread waits, and nobody else
    assert len(asked) >= 2  # it goes on listening


def test_fifty_promises_are_few_messages_and_the_last_one_is_heard(queue, settings, monkeypatch):
    monkeypatch.setattr(wake, "_thread_of", 0)
    for _ in range(50):
        wake.soon()
    assert eventually(lambda: queue() == 1)
    wake.begin()
    wake.soon()
    assert eventually(lambda: queue() == 2)


def eventually(true) -> bool:
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_a_wake_after_the_relay_began_is_a_new_message(queue):
    wake.outbox()
    wake.begin()
    wake.outbox()
    assert queue() == 2


def test_without_redis_a_wake_is_quiet_and_the_outage_is_remembered(settings, monkeypatch, caplog):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    wake.outbox()
    assert "could not be woken (ConnectionError)" in caplog.text
    caplog.clear()
    monkeypatch.setattr(wake, "_client", lambda: pytest.fail("asked again within the outage"))
    wake.outbox()
    assert caplog.text == ""


def test_a_redis_that_never_answers_is_left_alone(settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        wake.outbox()
    assert "could not be woken (TimeoutError)" in caplog.text


def test_begin_without_redis_lets_the_relay_go_on(settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    wake.begin()
