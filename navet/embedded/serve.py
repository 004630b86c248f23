"""`serve`: everything that `make run` starts, in order, and stops, in the opposite order."""

import os
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NoReturn

from .children import Child
from .failure import LauncherError
from .home import Home
from .ports import answers, require_free
from .servers import Servers, clear_up
from .stripe_sandbox import StripeSandbox
from .supervisor import Kept, watch

ROOT = Path(__file__).resolve().parents[2]
WEB_PATIENCE = 120  # seconds for the first answer


class Serve:
    """One run of the house from `home` on `port`; with `served`, on PostgreSQL and Redis that others keep."""

    def __init__(self, home: Home, *, port: int, served: bool, demo: bool, servers_only: bool) -> None:
        self.home, self.port, self.served, self.demo = home, port, served, demo
        self.servers_only = servers_only
        self.environment = dict(os.environ) | {"PYTHONUNBUFFERED": "1"}
        self.kept: list[Kept] = []
        self.servers: Servers | None = None

    def run(self) -> NoReturn:
        """Start everything and keep it until a signal raises Stopped."""
        with ExitStack() as stack:
            stack.enter_context(
                self.home.held(what="servers" if self.servers_only else f"serve, {self.address}")
            )
            clear_up(self.home)
            if not self.servers_only:
                require_free(self.port)
            self._start_servers(stack)
            if not self.servers_only:
                self._start_sandbox(stack)
                self._prepare()
                self._start_house(stack)
            self._welcome()
            stack.callback(_goodbye)
            watch(self.kept, revived=self._announce)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def _start_servers(self, stack: ExitStack) -> None:
        """Have the servers up and the environment true."""
        self.environment.setdefault("SITE_URL", self.address.rstrip("/"))
        if self.served:
            self.environment.setdefault("SECRET_KEY", self.home.secret("secret_key"))
            self.environment["NAVET_HOME"] = str(self.home.path)
            return
        begun = time.monotonic()
        servers = self.servers = Servers(self.home)
        stack.callback(servers.stop)
        servers.start()
        self.environment |= servers.environment
        self.kept += [
            Kept(lambda: servers.valkey.child, servers.valkey.revive),
            Kept(lambda: servers.postgres.child, servers.postgres.revive),
        ]
        _say(f"PostgreSQL and Valkey are up ({time.monotonic() - begun:.1f} s), data in {self.home.path}")

    def _start_sandbox(self, stack: ExitStack) -> None:
        """Where payments go to nobody: only on our own servers, and only without a key of Stripe's."""
        if self.servers is None or os.environ.get("STRIPE_API_KEY"):
            return
        sandbox = StripeSandbox(self.home, webhook=f"{self.address}stripe/webhook/")
        stack.callback(sandbox.child.stop)
        sandbox.start()
        self.environment |= sandbox.environment
        self.servers.told = sandbox.environment
        self.servers.announce()
        self.kept.append(Kept(lambda: sandbox.child, sandbox.child.start))

    def _prepare(self) -> None:
        """Bring schema, translations and, on our own servers, the demo year up to date; see `prepare`."""
        wanted = ["--log", str(self.home.path / "log" / "prepare.log")]
        if not self.served or os.environ.get("NAVET_MIGRATE") == "1":
            wanted.append("--migrate")
        if self.served:
            wanted.append("--static")
        elif self.demo:
            wanted += ["--demo", "--logins", str(self._logins)]
        self._logins.unlink(missing_ok=True)
        child = self._child("prepare", sys.executable, "-m", "navet.embedded.prepare", *wanted)
        try:
            code = child.finish()
        finally:
            child.stop()
        if code:
            raise LauncherError("The house was not opened.")

    @property
    def _logins(self) -> Path:
        return self.home.path / "run" / "logins"

    def _child(self, name: str, *command: str, patience: float = 15) -> Child:
        return Child(name, command, self.environment, self.home, patience=patience, cwd=ROOT)

    def _start_house(self, stack: ExitStack) -> None:
        """Start the web, then the worker with its clock; the web is stopped first, so that it promises nothing more."""
        web = self._child(
            "web", sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers",
            "--workers-kill-timeout", "10", "--pid-file", str(self.home.path / "run" / "granian"),
            "navet.wsgi:application",
        )  # fmt: skip
        worker = self._child(
            "worker", sys.executable, "-m", "celery", "-A", "worker.app", "worker", "--beat", "--concurrency", "2",
            "--loglevel", "INFO", "--hostname", f"navet-{self.port}@%h",
            "--schedule", str(self.home.path / "run" / "beat-schedule"),
            patience=30,
        )  # fmt: skip
        stack.callback(worker.stop)
        stack.callback(web.stop)
        web.start()
        self._await_web(web)  # the worker's own start must not keep visitors waiting
        worker.start()
        self.kept += [Kept(lambda: worker, worker.start), Kept(lambda: web, web.start)]

    def _await_web(self, web: Child) -> None:
        until = time.monotonic() + WEB_PATIENCE
        while not answers(self.port):
            if not web.is_alive() or time.monotonic() > until:
                raise LauncherError(
                    f"The web process does not start; {web.log_file} ends:\n{web.last_words(20)}"
                )
            time.sleep(0.1)

    def _announce(self) -> None:
        if self.servers:
            self.servers.announce()

    def _welcome(self) -> None:
        if self.servers_only:
            _say(
                "Ready. Other terminals find the servers by themselves: python manage.py shell. Ctrl-C stops them."
            )
            return
        print(f"\n  Navet is open at {self.address}\n", flush=True)
        if self._logins.exists():
            print(self._logins.read_text().rstrip(), flush=True)
        print(f"\n  Logs are in {self.home.path / 'log'}. Ctrl-C stops everything.\n", flush=True)


def chosen_port() -> int:
    """Return PORT (8000). Raises LauncherError where it is not a port."""
    told = os.environ.get("PORT") or "8000"
    if not (told.isascii() and told.isdecimal()) or not 1 <= int(told) <= 65535:
        raise LauncherError(f"PORT={told} is not a port; it is a number from 1 to 65535.")
    return int(told)


def _goodbye() -> None:
    with suppress(OSError):  # the terminal may be gone; that must not keep anything from being stopped
        _say("Stopping ...")


def _say(text: str) -> None:
    print(text, flush=True)
