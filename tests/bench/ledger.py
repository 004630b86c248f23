"""`make bench BENCH=ledger`: does the desk feel how long the ledger is, and how large the day?

Two houses side by side: 20 arrivals today and 10 000 entries in the ledger, and 2 000 arrivals and BENCH_ENTRIES
(300 000; the aim is ten million) spread over ten years. They are asked in turn, so that whatever else the machine does
falls on both. The aim: the desk's page and a check-in take at most 1.5 times as long. Prints, and judges nothing.
Beside them, once: what grows with the ledger and nobody queues for.
"""

import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg

from tests.bench import ground
from tests.bench.load import Connection, Request

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "300000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "12"))
ASKED = 10  # of each kind in a round
SIZES = {"small": (20, 10_000), "large": (2_000, ENTRIES)}


@dataclass
class House:
    """A served house; `codes` are today's arrivals, `cookie` and `device` the desk's."""

    port: int
    codes: list[str]
    cookie: str
    device: str

    def page(self, path: str) -> Request:
        return Request("GET", path, headers=(("Cookie", f"sessionid={self.cookie}"),))

    def api(self, method: str, path: str, body: dict | None = None) -> Request:
        return Request(method, f"/api/v1/{path}", body, (("Authorization", f"Bearer {self.device}"),))


def main() -> None:
    house = os.environ["DATABASE_URL"]
    try:
        with contextlib.ExitStack() as open_houses:
            houses = {
                name: open_houses.enter_context(_house(name, house, *size)) for name, size in SIZES.items()
            }
            _print(_measured(houses))
            _print_once(houses["large"])
    finally:
        with psycopg.connect(house, autocommit=True) as connection:
            for name in SIZES:
                connection.execute(f"DROP DATABASE IF EXISTS {_database(name)} WITH (FORCE)")


def _database(name: str) -> str:
    return f"{ground.DATABASE}_{name}"


@contextlib.contextmanager
def _house(name: str, beside: str, arrivals: int, entries: int) -> Iterator[House]:
    """Fill a database of its own beside the house's, and serve it."""
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_database(name)} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {_database(name)}")
    address = urllib.parse.urlsplit(beside)._replace(path=f"/{_database(name)}").geturl()
    os.environ |= {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "STAFF_SECOND_FACTOR_REQUIRED": "False",
        "LOG_LEVEL": "WARNING",
    }
    began = time.monotonic()
    # A process of its own: Django's settings are read once, and there are two databases.
    fill = f"import django; django.setup(); from tests.bench import ledger_rows; ledger_rows.main({arrivals}, {entries})"
    filling = [sys.executable, "-c", fill]
    made = subprocess.run(filling, cwd=ground.ROOT, check=True, capture_output=True, text=True).stdout
    told = json.loads(made.splitlines()[-1])
    print(
        f"{name}: {arrivals} arrivals, {entries} entries, laid in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    with ground.served() as port:
        yield House(port, **told)


def _kinds() -> dict[str, Callable[[House], Request]]:
    return {
        "the desk's page": lambda house: house.page("/reception/"),
        "the desk's page, renewed": lambda house: house.page("/reception/?dag="),
        "a search at the desk": lambda house: house.page("/reception/?sok=altorpskolan+7b"),
        "the house now, API": lambda house: house.api("GET", "house-now/"),
        "the day's entries, page": lambda house: house.page("/reception/rader/"),
    }


def _measured(houses: dict[str, House]) -> dict[str, dict[str, list[float]]]:
    """Kind -> house -> milliseconds, in turn and one at a time."""
    lines = {name: Connection(house.port) for name, house in houses.items()}
    found: dict[str, dict[str, list[float]]] = {}
    for round_ in range(ROUNDS + 1):  # the first only warms up
        for (kind, make), (name, house) in itertools.product(_kinds().items(), houses.items()):
            times = [_asked(lines[name], make(house))[0] for _ in range(ASKED)]
            found.setdefault(kind, {}).setdefault(name, []).extend(times if round_ else [])
        for name, house in houses.items():
            times = _check_ins(lines[name], house, round_)
            found.setdefault("a check-in, API", {}).setdefault(name, []).extend(times if round_ else [])
    return found


def _check_ins(line: Connection, house: House, round_: int) -> list[float]:
    """Check ASKED parties in, timed, and take them back, untimed."""
    start = round_ * ASKED % len(house.codes)
    times = []
    for code in house.codes[start : start + ASKED]:
        body = {"arrival": code, "participants": 24, "adults": 2}
        taken, answer = _asked(line, house.api("POST", "check-ins/", body))
        times.append(taken)
        _asked(line, house.api("POST", f"check-ins/{json.loads(answer)['id']}/undo/", {}))
    return times


def _asked(line: Connection, request: Request) -> tuple[float, bytes]:
    """Milliseconds and the body. Raises SystemExit for an answer that is no success."""
    began = time.perf_counter()
    status, body = line.ask(request)
    taken = (time.perf_counter() - began) * 1000
    if status not in (200, 201):
        raise SystemExit(f"bench: {request.path} answered {status}: {body[:300]!r}")
    return taken, body


def _print(found: dict[str, dict[str, list[float]]]) -> None:
    print(f"\n{'median and p95, ms':30}{'small':>16}{'large':>16}{'ratio':>8}{'p95':>7}")
    for kind, houses in found.items():
        middle = {name: statistics.median(times) for name, times in houses.items()}
        late = {name: statistics.quantiles(times, n=20)[-1] for name, times in houses.items()}
        cells = "".join(f"{middle[name]:9.1f}{late[name]:7.1f}" for name in SIZES)
        print(f"{kind:30}{cells}{middle['large'] / middle['small']:8.2f}{late['large'] / late['small']:7.2f}")


def _print_once(house: House) -> None:
    """What grows with the ledger and nobody queues for: the year's figures, the rows behind one, the nightly addition."""
    year = time.localtime().tm_year - 1
    line = Connection(house.port)
    for path in ("/ledning/", f"/ledning/?ar={year}", f"/ledning/rader/?ar={year}&indikator=visitors"):
        taken = min(_asked(line, house.page(path))[0] for _ in range(2))
        print(f"{path:50}{taken:10.0f} ms, large")
    began = time.monotonic()
    subprocess.run([sys.executable, "manage.py", "verify_ledger"], cwd=ground.ROOT, check=False)
    print(f"{'verify_ledger':50}{time.monotonic() - began:10.0f} s, large")


if __name__ == "__main__":
    main()
