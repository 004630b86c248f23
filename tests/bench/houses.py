"""Houses served side by side, asked in turn, so that whatever else the machine does falls on all of them."""

import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import psycopg

from tests.bench import ground
from tests.bench.load import Connection, Request

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "12"))
ASKED = 10  # of each kind in a round

Times = dict[str, dict[str, list[float]]]  # kind -> house -> milliseconds


@dataclass
class House:
    """A served house: where it is, its database, the cookie of who is logged in, and what else its filling told."""

    port: int
    database: str
    cookie: str
    device: str = ""
    codes: list[str] = field(default_factory=list)

    def page(self, path: str) -> Request:
        return Request("GET", path, headers=(("Cookie", f"sessionid={self.cookie}"),))

    def api(self, method: str, path: str, body: dict | None = None) -> Request:
        return Request(method, f"/api/v1/{path}", body, (("Authorization", f"Bearer {self.device}"),))


@contextlib.contextmanager
def served(fillings: Mapping[str, str]) -> Iterator[dict[str, House]]:
    """Name -> house, each filled by its Python expression (it prints what its House takes) and served; all gone at the end."""
    beside = os.environ["DATABASE_URL"]
    try:
        with contextlib.ExitStack() as open_houses:
            yield {
                name: open_houses.enter_context(_house(name, beside, filling))
                for name, filling in fillings.items()
            }
    finally:
        with psycopg.connect(beside, autocommit=True) as connection:
            for name in fillings:
                connection.execute(f"DROP DATABASE IF EXISTS {_database(name)} WITH (FORCE)")


def _database(name: str) -> str:
    return f"{ground.DATABASE}_{name}"


@contextlib.contextmanager
def _house(name: str, beside: str, filling: str) -> Iterator[House]:
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
    # A process of its own: Django's settings are read once, and each house has a database of its own.
    command = [sys.executable, "-c", f"import django; django.setup(); {filling}"]
    made = subprocess.run(command, cwd=ground.ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(f"{name}: laid in {time.monotonic() - began:.0f} s ({filling})", flush=True)
    with ground.served() as port:
        yield House(port, address, **json.loads(made.splitlines()[-1]))


def in_turn(houses: Mapping[str, House], kinds: Mapping[str, Callable[[House], Request]]) -> Times:
    """Each kind asked of each house, one at a time."""
    lines = {name: Connection(house.port) for name, house in houses.items()}
    found: Times = {}
    for round_ in range(ROUNDS + 1):  # the first only warms up
        for (kind, make), (name, house) in itertools.product(kinds.items(), houses.items()):
            times = [asked(lines[name], make(house))[0] for _ in range(ASKED)]
            found.setdefault(kind, {}).setdefault(name, []).extend(times if round_ else [])
    return found


def asked(line: Connection, request: Request) -> tuple[float, bytes]:
    """Milliseconds and the body. Raises SystemExit for an answer that is no success."""
    began = time.perf_counter()
    status, body = line.ask(request)
    taken = (time.perf_counter() - began) * 1000
    if status not in (200, 201):
        raise SystemExit(f"bench: {request.path} answered {status}: {body[:300]!r}")
    return taken, body


def show(found: Times) -> None:
    """A row for each kind; the ratio is the last house's time to the first one's."""
    names = list(next(iter(found.values())))
    print(f"\n{'median and p95, ms':44}{''.join(f'{name:>16}' for name in names)}{'ratio':>8}{'p95':>7}")
    for kind, houses in found.items():
        middle = [statistics.median(houses[name]) for name in names]
        late = [statistics.quantiles(houses[name], n=20)[-1] for name in names]
        cells = "".join(f"{one:9.1f}{other:7.1f}" for one, other in zip(middle, late, strict=True))
        print(f"{kind:44}{cells}{middle[-1] / middle[0]:8.2f}{late[-1] / late[0]:7.2f}")
