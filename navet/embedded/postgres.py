"""The embedded PostgreSQL 18: its cluster, its start, its password. Only the wheel's binaries are used."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql

from .children import Child, dies_with_parent
from .failure import LauncherError
from .home import Home, write_privately
from .places import Place, find_place
from .ports import free_port

USER = DATABASE = "navet"
PATIENCE = 60  # seconds; crash recovery after a SIGKILL is over in less than one
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # the path of a deep clone may be longer than a socket's may be
    "max_connections": "100",
    "shared_buffers": "192MB",
    "effective_cache_size": "768MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # A statement holds the names and addresses that it writes, and so does what the server adds to an error.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# A test fills tables and rolls back. Who counts their rows meanwhile finds none and tells the planner so, which then
# plans for tables that are said to be empty; without a count it goes by their size.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Postgres:
    """The server of one data folder. `fast` gives up safety at power loss; for tests."""

    def __init__(self, home: Home, *, fast: bool) -> None:
        self.home, self.fast = home, fast
        self.place: Place = find_place(home)
        self.port = free_port()
        self.password = home.secret("postgres.password")
        self.child = self._child()

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server, and return when it answers."""
        self._make_cluster()
        self._forget_stale_pid()
        until = time.monotonic() + PATIENCE
        while not self._comes_up(until):
            # The port was taken in the meantime, or shared memory of a killed predecessor is still in use.
            if time.monotonic() > until:
                raise LauncherError(
                    f"PostgreSQL does not start; {self.child.log_file} ends:\n{self.child.last_words()}"
                )
            time.sleep(0.3)
            self.port = free_port()
            self.child = self._child()
        self._make_database()

    def revive(self) -> None:
        """Start again on the same port after the server died; its crash recovery runs before it answers."""
        self._forget_stale_pid()
        self.child.start()

    def _child(self) -> Child:
        settings = SETTINGS | {"port": str(self.port)} | (FAST_SETTINGS if self.fast else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Child(
            name="postgres",
            command=[str(self.place.binaries / "postgres"), "-D", str(self.place.cluster), *options],
            environment=_environment(self.home),
            home=self.home,
            stop_signal=signal.SIGINT,  # "fast": roll back what is open, write a checkpoint, end
            patience=30,
            identity=self.place.identity,
            cwd=self.place.folder,
        )

    def _comes_up(self, until: float) -> bool:
        self.child.start()
        while self.child.is_alive() and time.monotonic() < until:
            with suppress(psycopg.OperationalError), self._connection("postgres"):
                return True
            time.sleep(0.03)
        self.child.stop()
        return False

    @contextmanager
    def _connection(self, database: str) -> Iterator[psycopg.Connection]:
        with psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self.password,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        ) as connection:
            yield connection

    def _make_database(self) -> None:
        with self._connection("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def _make_cluster(self) -> None:
        """Make the cluster beside its place and move it there whole, so a killed initdb leaves nothing half-made."""
        folder, cluster = self.place.folder, self.place.cluster
        for draft in folder.glob("draft-*"):
            shutil.rmtree(draft, ignore_errors=True)
        if cluster.exists():
            return
        draft = folder / f"draft-{secrets.token_hex(4)}"
        draft.mkdir(mode=0o700)
        password = draft / "password"
        write_privately(password, self.password)
        self.place.hand_over(draft, password)
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            [
                str(self.place.binaries / "initdb"), "--pgdata", str(draft / "cluster"), "--username", USER,
                "--pwfile", str(password), "--auth", "scram-sha-256", "--encoding", "UTF8",
                "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C",
                "--data-checksums", *(["--no-sync"] if self.fast else []),
            ],
            env=_environment(self.home), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, preexec_fn=dies_with_parent(signal.SIGKILL), start_new_session=True,
            **self.place.identity,  # type: ignore[call-overload]  # mypy takes every value for every keyword
        )  # fmt: skip
        if done.returncode:
            raise LauncherError(
                f"The PostgreSQL cluster could not be made in {folder}:\n{done.stderr.strip()}"
            )
        (draft / "cluster").replace(cluster)
        shutil.rmtree(draft, ignore_errors=True)

    def _forget_stale_pid(self) -> None:
        """Remove a postmaster.pid whose number now belongs to a stranger; PostgreSQL would take it for its own.

        Only the holder of the data folder comes here, after ending the leftovers, so no server of ours is alive.
        """
        (self.place.cluster / "postmaster.pid").unlink(missing_ok=True)


def _environment(home: Home) -> dict[str, str]:
    """Only what the server needs: no PG* variable of the person who starts it may reach it."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "NAVET_HOME": str(home.path),
        "TZ": "UTC",
        "LC_ALL": "C",
    }
