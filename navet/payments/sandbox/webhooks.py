"""Brings events to the house, signed as Stripe signs them, again where they were not taken."""

import hashlib
import hmac
import http.client
import json
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

from .events import public
from .store import Store

RETRY_AFTER = (1, 3, 10, 30, 120, 600)  # seconds; Stripe takes hours, and nobody here has those
TIMEOUT = 20


def signature(body: str, secret: str, at: int) -> str:
    """The `Stripe-Signature` header of `body`, signed at `at`."""
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


class Deliverer(threading.Thread):
    """One of those who carry events, one at a time."""

    def __init__(self, store: Store, *, url: str, secret: str) -> None:
        super().__init__(daemon=True)
        self.store, self.url, self.secret = store, urlsplit(url), secret
        self.line: http.client.HTTPConnection | None = None

    def run(self) -> None:
        while True:
            if not self.deliver_one():
                time.sleep(0.05)

    def deliver_one(self) -> bool:
        """Carry the event whose turn it is; False when nobody waits."""
        with self.store.writing():
            found = self.store.ask(
                "UPDATE deliveries SET state = 'under way', attempts = attempts + 1 WHERE number = (SELECT number"
                " FROM deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT 1)"
                " RETURNING number, event, attempts",
                time.time(),
            )
        for number, event, attempts in found:
            self._note(number, attempts, taken=self._carry(event))
        return bool(found)

    def _carry(self, event: str) -> bool:
        body = json.dumps(public(self.store.get("event", event) or {}), indent=2)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (a sandbox of our own)",
            "Stripe-Signature": signature(body, self.secret, int(time.time())),
        }
        with suppress(OSError, http.client.HTTPException):
            line = self.line = self.line or http.client.HTTPConnection(self.url.netloc, timeout=TIMEOUT)
            line.request("POST", self.url.path, body.encode(), headers)
            answer = line.getresponse()
            answer.read()
            return 200 <= answer.status < 300
        if self.line is not None:
            self.line.close()
        self.line = None
        return False

    def _note(self, number: int, attempts: int, *, taken: bool) -> None:
        if taken:
            self.store.ask("UPDATE deliveries SET state = 'delivered' WHERE number = ?", number)
        elif attempts > len(RETRY_AFTER):
            self.store.ask("UPDATE deliveries SET state = 'given up' WHERE number = ?", number)
        else:
            due = time.time() + RETRY_AFTER[attempts - 1]
            self.store.ask(
                "UPDATE deliveries SET state = 'waiting', due_at = ? WHERE number = ?", due, number
            )
