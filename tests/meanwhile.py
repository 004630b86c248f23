"""What tests of the same moment need: to know that somebody has come to a lock and stands there."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, transaction

from navet import queries

T = TypeVar("T")

_WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def asked_while_locked(lock: Callable[[], object], ask: Callable[[], T], change: Callable[[], object]) -> T:
    """What `ask` answers, on a connection of its own: it comes to what `lock` holds, waits, and has it when `change` is committed."""

    def asked() -> T:
        try:
            with transaction.atomic():
                return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock()
            waiting = pool.submit(asked)
            until_somebody_waits_for_a_lock()
            change()
        return waiting.result(30)


def until_somebody_waits_for_a_lock() -> None:
    """Returns when another connection of the test's database waits; raises AssertionError after ten seconds of nobody."""
    for _ in range(500):
        queries.row("SELECT pg_stat_clear_snapshot()", [])  # a transaction sees no newer activity else
        if queries.row(_WAITING, []):
            return
        time.sleep(0.02)
    raise AssertionError("nobody waited")
