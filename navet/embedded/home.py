"""The data folder: who holds it, which secrets it keeps, and where each thing in it lies."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .failure import LauncherError


class HomeIsHeldError(LauncherError):
    """Another launcher lives in this folder."""


class Home:
    """One data folder. A lock on `lock` says that a launcher lives here; the kernel drops it however that one dies."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    @property
    def services_file(self) -> Path:
        return self.path / "services.json"

    @property
    def _lock_file(self) -> Path:
        return self.path / "lock"

    def make(self) -> None:
        """Create the folder. As root others may pass through it, not list it: PostgreSQL runs as `nobody`."""
        try:
            if not self.path.exists():
                self.path.mkdir(parents=True)
                self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for name in ("log", "run"):
                (self.path / name).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise LauncherError(
                f"The data folder {self.path} cannot be made or written: {error.strerror}."
            ) from error

    @contextmanager
    def held(self, *, what: str) -> Iterator[None]:
        """Hold the folder for the length of the block. Raises HomeIsHeldError, which names the holder."""
        self.make()
        with self._lock_file.open("a+") as lock:
            if not _locked(lock.fileno(), fcntl.LOCK_EX, patience=0.5):
                lock.seek(0)
                raise HomeIsHeldError(
                    f"The data folder {self.path} is in use by a running launcher ({lock.read().strip()}). "
                    "Stop that one, or choose another folder with NAVET_HOME=."
                )
            self.forget_services()  # a killed predecessor's
            lock.truncate(0)
            lock.write(f"pid {os.getpid()}, {what}")
            lock.flush()
            try:
                yield
            finally:
                self.forget_services()

    def is_held(self) -> bool:
        """Say whether a launcher lives here now."""
        try:
            with self._lock_file.open() as lock:
                return not _locked(lock.fileno(), fcntl.LOCK_SH, patience=0)
        except OSError:
            return False

    @contextmanager
    def visited(self) -> Iterator[None]:
        """Be a guest in a folder that another launcher holds; it waits with stopping until guests have left."""
        with (self.path / "guests").open("a") as guests:
            fcntl.flock(guests, fcntl.LOCK_SH)
            yield

    def wait_for_guests(self, say: str) -> None:
        """Return when no guest is left, printing `say` once if there was one."""
        with (self.path / "guests").open("a") as guests:
            if not _locked(guests.fileno(), fcntl.LOCK_EX, patience=0):
                print(say, flush=True)
                fcntl.flock(guests, fcntl.LOCK_EX)
            self.forget_services()

    def secret(self, name: str) -> str:
        """Return the secret kept in file `name` (mode 0600), made of 256 random bits the first time."""
        file = self.path / name
        with suppress(FileNotFoundError):
            if kept := file.read_text().strip():
                return kept
        made = secrets.token_urlsafe(32)
        write_privately(file, made)
        return made

    def announce(self, environment: dict[str, str], pids: dict[str, int]) -> None:
        """Tell other processes of this user where the servers are."""
        told = {"environment": environment, "pid": os.getpid(), "pids": pids}
        write_privately(self.services_file, json.dumps(told, indent=1))

    def forget_services(self) -> None:
        self.services_file.unlink(missing_ok=True)


def write_privately(file: Path, text: str) -> None:
    """Write `file` whole or not at all, readable by its owner only."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _locked(descriptor: int, kind: int, *, patience: float) -> bool:
    """Try for `patience` seconds: a reader of `is_held` may have the lock for an instant."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.02)
        else:
            return True
