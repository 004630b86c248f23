"""The HTTP server: API, control and Checkout pages, on 127.0.0.1 only."""

import json
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import balance, checkout, control, sessions
from .api import Api
from .errors import ApiError
from .store import Store
from .webhooks import Deliverer

MOST = 1024 * 1024  # bytes in a request
CARRIERS = 4  # webhooks under way at a time


class Sandbox(ThreadingHTTPServer):
    """A sandbox on `port` (0: any free one), once `serve_forever` is called."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, store: Store, *, port: int, key: str, webhook: str, secret: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.store = store
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.api = Api(store, key=key, base=self.base, clock=time.time)
        self._carriers = [
            Deliverer(store, url=webhook, secret=secret) for _ in range(CARRIERS if webhook else 0)
        ]

    def open(self) -> None:
        """Start what works beside the requests, then serve."""
        for carrier in self._carriers:
            carrier.start()
        threading.Thread(target=self._expire, daemon=True).start()
        self.serve_forever()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up hangs up; all else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def _expire(self) -> None:
        while True:
            sessions.expire_due(self.store, now=int(time.time()))
            balance.pay_out_daily(self.store, now=int(time.time()))
            time.sleep(1)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body: no waiting for a late acknowledgement
    disable_nagle_algorithm = True
    server: Sandbox

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the house's own logs say what was asked."""

    def _handle(self, method: str) -> None:
        address = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST:
            self.close_connection = True
            self._send(413, b"", "text/plain")
            return
        form = self.rfile.read(length).decode(errors="replace")
        if address.path.startswith("/v1/"):
            self._api(method, address.path, address.query, form)
        elif address.path.startswith("/_control/"):
            self._control(address.path.removeprefix("/_control/"), form)
        elif address.path == "/checkout.css":
            self._send(200, checkout.STYLE.encode(), "text/css; charset=utf-8")
        else:
            self._page(method, address.path, form)

    def _api(self, method: str, path: str, query: str, form: str) -> None:
        faults, number = self.server.store.faults, 0
        if faults.refuse or faults.hang_up:
            number = self.server.store.count("calls")
        if faults.befalls("refuse", number):
            self._json(503, {"error": {"type": "api_error", "message": "Try again."}})
            return
        status, body, headers = self.server.api.answer(method, path, query, form, self.headers)
        if faults.befalls("hang_up", number):
            self.close_connection = True  # it is done, and nobody learns of it
            return
        self._json(status, body, headers)

    def _control(self, deed: str, told: str) -> None:
        try:
            if self.headers.get("Authorization", "") != f"Bearer {self.server.api.key}":
                raise ApiError("Not with this key.", status=401)
            self._json(
                200, control.answer(self.server.store, deed, json.loads(told or "{}"), now=int(time.time()))
            )
        except ApiError as error:
            self._json(error.status, error.body)
        except ValueError:
            self._json(400, {"error": {"message": "The body is no JSON."}})

    def _page(self, method: str, path: str, form: str) -> None:
        id_, _slash, step = path.removeprefix("/c/pay/").partition("/")
        if not path.startswith("/c/pay/") or step not in ("", "bank", "swish"):
            id_, step = "", ""
        store, now = self.server.store, int(time.time())
        page = (
            checkout.act(store, id_, step, dict(parse_qsl(form)), now=now)
            if method == "POST"
            else checkout.show(store, id_, step, now=now)
        )
        if page.location:
            self._send(page.status, b"", "text/plain", {"Location": page.location})
            return
        allowed = " ".join(["'self'", *page.leads_to])
        policy = f"default-src 'none'; style-src 'self'; form-action {allowed}; frame-ancestors 'none'; base-uri 'none'"
        self._send(
            page.status,
            page.html.encode(),
            "text/html; charset=utf-8",
            {
                "Content-Security-Policy": policy,
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
            },
        )

    def _json(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        told = {"Request-Id": f"req_{secrets.token_hex(7)}", **(headers or {})}
        self._send(status, json.dumps(body).encode(), "application/json", told)

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
