"""Both servers of a data folder together: up, announced, down; or those that are already running."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from . import known_services
from .failure import LauncherError
from .home import Home, HomeIsHeldError
from .leftovers import end_leftovers
from .places import outside_folder
from .postgres import Postgres
from .valkey import Valkey

PATIENCE = 120  # seconds for another launcher to have its servers up


class Servers:
    """PostgreSQL and Valkey of `home`, which the caller holds."""

    def __init__(self, home: Home, *, fast: bool = False) -> None:
        self.home = home
        self.postgres = Postgres(home, fast=fast)
        self.valkey = Valkey(home)
        self.told: dict[str, str] = {}  # what else the processes of this folder are to know

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to use these servers."""
        return {
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "SECRET_KEY": os.environ.get("SECRET_KEY") or self.home.secret("secret_key"),
            "NAVET_EMBEDDED": "1",
            "NAVET_HOME": str(self.home.path),
            "NAVET_OWN_SERVERS": "yes",
            **self.told,
        }

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()
        self.announce()

    def announce(self) -> None:
        pids = {
            child.name: child.process.pid
            for child in (self.postgres.child, self.valkey.child)
            if child.process
        }
        self.home.announce(self.environment, pids)

    def stop(self) -> None:
        self.home.forget_services()
        self.valkey.child.stop()
        self.postgres.child.stop()


def clear_up(home: Home) -> None:
    """End what a killed launcher left running in `home`, and say so."""
    if found := end_leftovers(home, str(outside_folder(home))):
        print(f"Ended what an earlier, killed start left running: {', '.join(found)}.", flush=True)


@contextmanager
def services(home: Home, *, fast: bool) -> Iterator[dict[str, str]]:
    """Yield the environment of `home`'s servers: joined where a launcher runs them, else started for this block."""
    while True:
        try:
            with home.held(what="exec"):
                yield from _own(home, fast=fast)
                return
        except HomeIsHeldError:
            with home.visited():
                if environment := _others(home):
                    yield environment
                    return


def _own(home: Home, *, fast: bool) -> Iterator[dict[str, str]]:
    clear_up(home)
    servers = Servers(home, fast=fast)
    try:
        servers.start()
        yield servers.environment
        home.wait_for_guests("Another command uses these servers; they stop when it is done.")
    finally:
        servers.stop()


def _others(home: Home) -> dict[str, str]:
    """Wait for the holder to have its servers up. Return {} if it ended instead: then the folder is ours to take."""
    until = time.monotonic() + PATIENCE
    while home.is_held():
        if environment := known_services(home.path):
            return environment
        if time.monotonic() > until:
            raise LauncherError(f"Another launcher holds {home.path}, but its servers do not come up.")
        time.sleep(0.1)
    return {}
