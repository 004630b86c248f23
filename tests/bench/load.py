"""A small load generator over keep-alive sockets: it must cost the machine less than what it measures."""

import json
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What one client sends once."""

    method: str
    path: str
    body: dict | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def encode(self, host: str) -> bytes:
        data = b"" if self.body is None else json.dumps(self.body).encode()
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            f"Host: {host}",
            f"Content-Length: {len(data)}",
            "Accept: application/json",
        ]
        if self.body is not None:
            lines.append("Content-Type: application/json")
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode() + data


@dataclass
class Outcome:
    """Every answer's status and time in seconds, and how long the whole took."""

    statuses: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.elapsed

    def percentile(self, share: int) -> float:
        """Milliseconds under which `share` per cent of the answers came."""
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[share - 1] * 1000


class Connection:
    """One keep-alive HTTP/1.1 connection; reads answers with a Content-Length or chunked."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def ask(self, request: Request) -> tuple[int, bytes]:
        self._socket.sendall(request.encode(self.host))
        status = int(self._file.readline().split()[1])
        length, chunked = 0, False
        while (line := self._file.readline().strip().lower()) != b"":
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            chunked |= line.startswith(b"transfer-encoding: chunked")
        return status, self._chunks() if chunked else self._file.read(length)

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._file.readline(), 16):
            parts.append(self._file.read(size))
            self._file.readline()
        self._file.readline()
        return b"".join(parts)

    def close(self) -> None:
        self._file.close()
        self._socket.close()


def run(
    port: int, clients: int, requests: Sequence[Request], *, keep: Callable[[bytes], None] | None = None
) -> Outcome:
    """Send the requests from `clients` connections at once, each as fast as its answers come."""
    outcome, lock = Outcome(), threading.Lock()
    todo = iter(requests)
    start = threading.Barrier(clients + 1)

    def client() -> None:
        connection = Connection(port)
        seconds, statuses = [], Counter()
        start.wait()
        while True:
            with lock:
                request = next(todo, None)
            if request is None:
                break
            began = time.perf_counter()
            status, body = connection.ask(request)
            seconds.append(time.perf_counter() - began)
            statuses[status] += 1
            if keep:
                keep(body)
        connection.close()
        with lock:
            outcome.seconds += seconds
            outcome.statuses += statuses

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    outcome.elapsed = time.perf_counter() - began
    return outcome
