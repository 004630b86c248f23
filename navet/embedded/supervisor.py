"""Keeps long-lived children alive: what dies unasked is started again, later each time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from .children import Child, put_aside

FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0  # seconds before a restart, doubled each time
STEADY = 60.0  # seconds of life after which a child counts as well again
LOOK_EVERY = 0.2  # seconds
LOGS_EVERY = 60.0  # seconds


@dataclass
class Kept:
    """A child and how to bring it back; `child()` because a server may replace its own."""

    child: Callable[[], Child]
    revive: Callable[[], None]
    deaths: int = 0
    due_at: float | None = None


def delay(deaths: int) -> float:
    """Return the seconds to wait before the restart after death number `deaths` (from 1)."""
    return float(min(FIRST_DELAY * 2 ** (deaths - 1), LONGEST_DELAY))


def watch(kept: list[Kept], *, revived: Callable[[], None]) -> NoReturn:
    """Look after the children until a signal raises Stopped. `revived` is called after each restart."""
    looked_at = time.monotonic()
    while True:
        if time.monotonic() - looked_at > LOGS_EVERY:
            looked_at = time.monotonic()
            for one in kept:
                put_aside(one.child().log_file)
        for one in kept:
            if look_after(one, now=time.monotonic()):
                revived()
        time.sleep(LOOK_EVERY)


def look_after(one: Kept, *, now: float) -> bool:
    """Restart `one` if it is dead and due; return whether it was restarted."""
    child = one.child()
    if child.is_alive():
        if one.deaths and now - child.started_at > STEADY:
            one.deaths = 0
        return False
    if one.due_at is None:
        one.deaths += 1
        one.due_at = now + delay(one.deaths)
        code = child.process.returncode if child.process else None
        print(
            f"{child.name} ended unexpectedly ({_told(code)}); starting it again. Log: {child.log_file}",
            flush=True,
        )
        child.stop()  # what it left of its group must be gone before the next one
    if now < one.due_at:
        return False
    one.due_at = None
    one.revive()
    return True


def _told(code: int | None) -> str:
    if code is None:
        return "could not start"
    return f"signal {-code}" if code < 0 else f"exit code {code}"
