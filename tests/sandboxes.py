"""The Stripe sandbox as a process of its own, for tests and benches."""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from navet.embedded.ports import answers, free_port

ROOT = Path(__file__).resolve().parent.parent
KEY, SECRET = "sk_test_of_our_own", "whsec_of_our_own"


class RunningSandbox:
    """One sandbox on a free port, with its file in `folder`; it may be killed and started again."""

    def __init__(self, folder: Path, *, webhook: str = "") -> None:
        self.folder, self.webhook, self.port = folder, webhook, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "STRIPE_SANDBOX_KEY": KEY,
            "STRIPE_SANDBOX_WEBHOOK_SECRET": SECRET,
            "STRIPE_SANDBOX_URL": self.url,
        }

    @property
    def settings(self) -> dict[str, str]:
        """What settings.STRIPE is, to use this one."""
        return {"api_key": KEY, "webhook_secret": SECRET, "api_base": self.url}

    def start(self) -> "RunningSandbox":
        command = [sys.executable, "-m", "navet.payments.sandbox", "--port", str(self.port),
                   "--file", str(self.folder / "sandbox.sqlite"), "--webhook", self.webhook]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | self.environment)
        until = time.monotonic() + 20
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the sandbox does not start")
            time.sleep(0.02)
        return self

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def control(self, deed: str, **told: Any) -> dict[str, Any]:
        """Ask for a deed that nobody can ask of Stripe. Raises AssertionError where it is refused."""
        status, _headers, body = self.ask(
            "POST", f"/_control/{deed}", json.dumps(told), {"Authorization": f"Bearer {KEY}"}
        )
        assert status == 200, f"{deed}: {status} {body}"
        return json.loads(body)

    def press(self, address: str, **form: str) -> tuple[int, str, str]:
        """Press a button of a Checkout page, as a browser does: status, where it leads, and the page."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, told, body = self.ask("POST", urlsplit(address).path, urlencode(form), headers)
        return status, told.get("Location", ""), body

    def ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body.encode(), headers or {})
            answer = line.getresponse()
            return answer.status, dict(answer.headers), answer.read().decode()
        finally:
            line.close()
