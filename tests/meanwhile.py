"""What tests of the same moment need: to know that somebody has come to a lock and stands there."""

import time

from navet import queries

_WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def until_somebody_waits_for_a_lock() -> None:
    """Returns when another connection of the test's database waits; raises AssertionError after ten seconds of nobody."""
    for _ in range(500):
        queries.row("SELECT pg_stat_clear_snapshot()", [])  # a transaction sees no newer activity else
        if queries.row(_WAITING, []):
            return
        time.sleep(0.02)
    raise AssertionError("nobody waited")
