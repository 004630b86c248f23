"""The Stripe sandbox of a house that has no key of its own: a child with its own file, on a port that stays."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from . import SANDBOX
from .children import Child
from .failure import LauncherError
from .home import Home, write_privately
from .ports import answers, free_port, require_free

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds


class StripeSandbox:
    """Open Checkout pages are known by address, so it comes back on the port it had, unless somebody else took that."""

    def __init__(self, home: Home, *, webhook: str) -> None:
        self.home = home
        self.folder = home.path / "stripe-sandbox"
        self.folder.mkdir(exist_ok=True, mode=0o700)
        self.port = self._port()
        values = (
            f"sk_test_{home.secret('stripe_sandbox_key')}",
            f"whsec_{home.secret('stripe_sandbox_secret')}",
            f"http://127.0.0.1:{self.port}",
        )
        self.environment = dict(zip(SANDBOX, values, strict=True))
        self.child = Child(
            name="stripe-sandbox",
            command=[sys.executable, "-m", "navet.payments.sandbox", "--port", str(self.port),
                     "--file", str(self.folder / "sandbox.sqlite"), "--webhook", webhook],
            environment=dict(os.environ) | self.environment | {"NAVET_HOME": str(home.path)},
            home=home,
            cwd=ROOT,
        )  # fmt: skip

    def start(self) -> None:
        """Start it and return when it answers."""
        self.child.start()
        until = time.monotonic() + PATIENCE
        while not answers(self.port):
            if not self.child.is_alive() or time.monotonic() > until:
                raise LauncherError(
                    f"The Stripe sandbox does not start; {self.child.log_file} ends:\n{self.child.last_words()}"
                )
            time.sleep(0.05)

    def _port(self) -> int:
        kept = self.folder / "port"
        with suppress(OSError, ValueError, LauncherError):
            port = int(kept.read_text())
            require_free(port)
            return port
        port = free_port()
        write_privately(kept, f"{port}\n")
        return port
