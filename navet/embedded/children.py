"""Child processes: each in a group of its own, with a log, a pid file, and an end when the launcher ends."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from .home import Home, write_privately

LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside as <name>.log.1
LOG_SECONDS = 15 * 24 * 3600.0  # one that goes on for longer too, so that no line is older than twice this
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def dies_with_parent(signum: int) -> Callable[[], None]:
    """Return a `preexec_fn` that has the kernel send `signum` when the launcher dies (Linux; elsewhere pid files do)."""

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)

    return ask


@contextmanager
def unhurried() -> Iterator[None]:
    """Hold back signals for the block, so that a second Ctrl-C does not tear the stopping apart."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass
class Child:
    """One long-lived child. `stop_signal` asks it to end; after `patience` seconds its whole group is killed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    home: Home
    stop_signal: int = signal.SIGTERM
    patience: float = 15
    identity: dict[str, int | list[int]] = field(default_factory=dict)  # user, group, extra_groups
    cwd: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0

    @property
    def log_file(self) -> Path:
        return self.home.path / "log" / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        return self.home.path / "run" / f"{self.name}.pid"

    def start(self, *, shown: bool = False) -> None:
        """Start the process; its log goes on where it was, or with `shown` the terminal sees what it says."""
        put_aside(self.log_file)
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                list(self.command),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=None if shown else log,
                stderr=None if shown else subprocess.STDOUT,
                cwd=self.cwd,
                start_new_session=True,
                preexec_fn=dies_with_parent(self.stop_signal),
                **self.identity,  # type: ignore[call-overload]  # mypy takes every value for every keyword
            )
        write_privately(self.pid_file, f"{self.process.pid}\n")
        self.started_at = time.monotonic()

    def is_alive(self) -> bool:
        """Reap the process if it is dead; PostgreSQL refuses to start again before that."""
        return self.process is not None and self.process.poll() is None

    def finish(self) -> int:
        """Start the process, have the terminal see what it says, and return its exit code when it has ended."""
        self.start(shown=True)
        while self.is_alive():
            time.sleep(0.02)
        return self.process.returncode if self.process else 1

    def stop(self) -> None:
        """End the process and its group; returns when they are gone."""
        if self.process is None:
            return
        with unhurried():
            self._end(self.process)
        self.pid_file.unlink(missing_ok=True)
        self.process = None

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        if self.is_alive():
            with suppress(ProcessLookupError):
                process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                process.wait(self.patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what it left behind, or itself
        process.wait()

    def last_words(self, lines: int = 8) -> str:
        """Return the end of the log, for a person who must learn why it died."""
        try:
            return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


def put_aside(log: Path) -> None:
    """Move what a log holds to <name>.log.1, in place of what was there, when it is long or has gone on for long enough.

    Whoever writes goes on in the same file, at its beginning: a line of that very moment may be lost.
    """
    since = log.with_suffix(".since")
    if not since.exists():
        since.touch()
    with suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT or time.time() - since.stat().st_mtime > LOG_SECONDS:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            os.truncate(log, 0)
            since.touch()
