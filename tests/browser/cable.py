"""What may happen to a desk: the answer is lost on the way, the browser is killed."""

import contextlib
import os
import signal
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route
from playwright.sync_api import Error as PlaywrightError


def lose_answers(page: Page, path: str) -> None:
    """From now on requests to the path reach the server, but nobody hears what it said; `page.unroute_all` ends it."""

    def send_and_forget(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route(f"**{path}", send_and_forget)


def kill(context: BrowserContext, profile: Path) -> None:
    """End the browser that has this profile at once, as a dead battery does; where there is no /proc, close it."""
    wanted = f"--user-data-dir={profile}".encode()
    heads = [
        pid
        for pid in _processes()
        if wanted in (words := _words(pid)) and not any(word.startswith(b"--type=") for word in words)
    ]
    # Its helpers too: one that lives on for a moment still holds the profile's files.
    doomed = [pid for head in heads for pid in _family(head)]
    for pid in doomed:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if not doomed:
        context.close()
        return
    with_nobody_there(context)
    until = time.monotonic() + 60
    while any(_lives(pid) for pid in doomed):
        assert time.monotonic() < until, "a killed browser lives"
        time.sleep(0.02)


def _processes() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _words(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _state(pid: int) -> list[str]:
    """State and parent's number; nothing of a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except OSError:
        return []


def _lives(pid: int) -> bool:
    return _state(pid)[:1] not in ([], ["Z"])


def _family(head: int) -> list[int]:
    """The process and all that it started, and they."""
    parents = {pid: state[1] for pid in _processes() if (state := _state(pid))}
    found = [head]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == str(one)]
    return found


def with_nobody_there(context: BrowserContext) -> None:
    """Wait until Playwright has noticed."""
    for page in context.pages:
        if not page.is_closed():
            with contextlib.suppress(PlaywrightError):
                page.wait_for_event("close", timeout=5000)
