"""Tells the worker that something was promised, at once and cheaply; when Redis is away, beat finds it instead."""

import logging
import os
import threading
import time

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from worker.app import app

log = logging.getLogger(__name__)

FLAG = "navet:outbox:woken"
FLAG_SECONDS = 10  # as beat's interval: a flag whose message was lost delays nothing for longer than that
PATIENCE = 0.5  # seconds that a wake waits for Redis, at most
OUTAGE_SECONDS = 5.0  # after a failure, nobody else waits for this long
PAUSE = 0.05  # seconds between two wakes of one process: forty bookings at a release are a few

_clients: dict[str, redis.Redis] = {}
_away_until = 0.0
_wanted = threading.Event()
_thread_of = 0  # the process whose thread listens to _wanted: a fork has none


def soon() -> None:
    """As `outbox`, by a thread of this process, so that nobody who books waits for Redis.

    What a process that dies in this moment has not sent, beat finds: a wake is never more than a hint.
    """
    global _wanted, _thread_of
    if _thread_of != os.getpid():
        _wanted, _thread_of = threading.Event(), os.getpid()
        threading.Thread(target=_wake_whenever, args=[_wanted], name="wake", daemon=True).start()
    _wanted.set()


def _wake_whenever(wanted: threading.Event) -> None:
    while wanted.wait():
        wanted.clear()  # before it is sent: what is promised from here on is wanted again
        outbox()
        time.sleep(PAUSE)


def outbox() -> None:
    """Send the relay task, unless one is on its way. Never raises, never blocks for more than a moment."""
    global _away_until
    if time.monotonic() < _away_until:
        return
    try:
        # The flag is lowered before the relay looks, so whoever finds it raised is seen by that look.
        if _client().set(FLAG, "1", nx=True, ex=FLAG_SECONDS):
            app.send_task("worker.relay_outbox", retry=False, expires=60)
    except Exception as fault:
        _away_until = time.monotonic() + OUTAGE_SECONDS
        log.warning("the worker could not be woken (%s); it looks by itself", type(fault).__name__)


def begin() -> None:
    """Called by the relay before it looks: from here on, a new promise sends a new message."""
    try:
        _client().delete(FLAG)
    except redis.RedisError as fault:
        log.warning("the wake flag could not be lowered (%s)", type(fault).__name__)


def _client() -> redis.Redis:
    if settings.REDIS_URL not in _clients:
        _clients[settings.REDIS_URL] = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=30,
        )
    return _clients[settings.REDIS_URL]
