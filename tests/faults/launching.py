"""Starts, kills and asks launchers as a person at a terminal would."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from navet import embedded
from navet.embedded.leftovers import end_leftovers
from navet.embedded.places import outside_folder

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 180  # seconds until a test gives up waiting; nothing is measured


class House:
    """One data folder and the launchers started for it; `close` leaves neither processes nor files."""

    def __init__(self, *, mode: int = 0o711) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="navet-test-"))
        self.folder.chmod(mode)
        self.path = self.folder / "home"
        self.launchers: list[subprocess.Popen[str]] = []

    def environment(self, **extra: str) -> dict[str, str]:
        ours = {
            "DATABASE_URL",
            "REDIS_URL",
            "SECRET_KEY",
            "NAVET_EMBEDDED",
            "NAVET_MIGRATE",
            "SITE_URL",
            "PORT",
            "STRIPE_API_KEY",
        }
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        return kept | {"NAVET_HOME": str(self.path)} | extra

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run the launcher to its end."""
        return subprocess.run(
            [sys.executable, "-m", "navet.embedded", *arguments], cwd=REPOSITORY, env=self.environment(**extra),
            capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, *arguments: str, **extra: str) -> subprocess.Popen[str]:
        """Start a launcher and leave it running; what it says is in `said()`."""
        with (self.folder / "said").open("w") as said:
            launcher = subprocess.Popen(
                [sys.executable, "-m", "navet.embedded", "serve", *arguments], cwd=REPOSITORY, text=True,
                env=self.environment(**extra), stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self.launchers.append(launcher)
        return launcher

    def serve_servers(self) -> subprocess.Popen[str]:
        """Start a launcher with the servers only, and return when both answer."""
        launcher = self.start("--servers-only")
        wait_until(lambda: self.is_up() or launcher.poll() is not None)
        assert self.is_up(), self.said()
        return launcher

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def services(self) -> dict[str, str]:
        return embedded.known_services(self.path)

    def is_up(self) -> bool:
        return bool(self.services())

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement in the house's database and return its rows."""
        with psycopg.connect(self.services()["DATABASE_URL"], autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError, KeyError):
            return self.sql("SELECT 1") == [(1,)]
        return False

    def pid(self, name: str) -> int:
        return int((self.path / "run" / f"{name}.pid").read_text())

    def end(self, name: str) -> None:
        """SIGKILL one child, as soon as it lives: its launcher may just be bringing it back."""
        wait_until(lambda: (self.path / "run" / f"{name}.pid").exists() and is_running(self.pid(name)))
        os.kill(self.pid(name), signal.SIGKILL)

    def kill(self, launcher: subprocess.Popen[str], *children: str) -> None:
        """SIGKILL the launcher and the named children, at once."""
        pids = [self.pid(name) for name in children]
        for pid in (launcher.pid, *pids):
            os.kill(pid, signal.SIGKILL)
        launcher.wait()

    def close(self) -> None:
        for launcher in self.launchers:
            if launcher.poll() is None:
                launcher.send_signal(signal.SIGTERM)
                launcher.wait(PATIENCE)
        home = embedded.Home(self.path)
        outside = outside_folder(home)
        end_leftovers(home, str(outside))
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(outside, ignore_errors=True)


@contextmanager
def house(*, mode: int = 0o711) -> Iterator[House]:
    made = House(mode=mode)
    try:
        yield made
    finally:
        made.close()


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)  # what is asked costs a processor that those waited for need


def is_running(pid: int) -> bool:
    """Say whether the process lives; one that is dead but not yet reaped does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")
