"""What may happen to a desk: the answer is lost on the way, the browser is killed."""

import contextlib
import os
import signal
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
    killed = False
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = process.read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(process.parent.name), signal.SIGKILL)
            killed = True
    if killed:
        with_nobody_there(context)
    else:
        context.close()


def with_nobody_there(context: BrowserContext) -> None:
    """Wait until Playwright has noticed."""
    for page in context.pages:
        if not page.is_closed():
            with contextlib.suppress(PlaywrightError):
                page.wait_for_event("close", timeout=5000)
