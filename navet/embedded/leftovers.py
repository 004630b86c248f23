"""Processes that outlived a killed launcher: found by pid file, checked to be ours, ended."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .home import Home

PATIENCE = {"postgres": 15.0}  # seconds between asking and killing; the others have nothing to lose after 2


def end_leftovers(home: Home, *marks: str) -> list[str]:
    """End what an earlier launcher of `home` left running, and return the names of what was found.

    A process is ours only if it is in the group that a pid file names, and its command line or environment
    names the data folder (or another of `marks`): pids are reused. Call it holding the folder.
    """
    found = []
    for file in sorted((home.path / "run").glob("*.pid")):
        with suppress(ValueError):
            group = int(file.read_text())
            # PostgreSQL takes SIGINT as "end now, in good order" and SIGTERM as "when the last client has left".
            ask = signal.SIGINT if file.stem == "postgres" else signal.SIGTERM
            if _end_group(group, ask, PATIENCE.get(file.stem, 2.0), (str(home.path), *marks)):
                found.append(file.stem)
        file.unlink(missing_ok=True)
    return found


def _end_group(group: int, ask: int, patience: float, marks: tuple[str, ...]) -> bool:
    if not (members := _members(group, marks)):
        return False
    _signal(members, ask)
    until = time.monotonic() + patience
    while (members := _members(group, marks)) and time.monotonic() < until:
        time.sleep(0.05)
    _signal(members, signal.SIGKILL)
    while _members(group, marks):
        time.sleep(0.02)
    return True


def _signal(members: list[int], signum: int) -> None:
    for pid in members:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signum)


def _members(group: int, marks: tuple[str, ...]) -> list[int]:
    listed = _from_proc if Path("/proc/self/stat").exists() else _from_ps
    return [
        pid for pid, told in listed(group) if pid != os.getpid() and any(_names(mark, told) for mark in marks)
    ]


def _names(mark: str, told: str) -> bool:
    """Say whether `told` names the folder `mark` itself, not another that merely begins like it."""
    return any(f"{mark}{end}" in told for end in ("/", "\0", " ", "\n")) or told.endswith(mark)


def _from_proc(group: int) -> Iterator[tuple[int, str]]:
    """Yield (pid, command line and environment) of the living processes of `group`, on Linux."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError, IndexError, ValueError):
            state, _parent, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) != group or state in "ZX":
                continue
            told = (entry / "cmdline").read_bytes()
            with suppress(PermissionError):
                told += (entry / "environ").read_bytes()
            yield int(entry.name), told.decode(errors="replace")


def _from_ps(group: int) -> Iterator[tuple[int, str]]:
    """The same where there is no /proc; command lines only."""
    listing = subprocess.run(
        ["/bin/ps", "-axo", "pid=,pgid=,command="], capture_output=True, text=True, check=False
    ).stdout
    for line in listing.splitlines():
        pid, its_group, *told = line.split(None, 2)
        if int(its_group) == group and told:
            yield int(pid), told[0]
