"""`make bench`: what a booking, a check-in and a search cost, beside a bare INSERT on the same machine in the same minute.

Prints a table and judges nothing. The yardstick is a view that does one INSERT and COMMIT under the same middleware,
served by the same processes. BENCH_REQUESTS (600) sets how many requests a row is made of.
"""

import itertools
import os
import platform
import secrets
from collections.abc import Callable, Iterator

from tests.bench import ground
from tests.bench.load import Outcome, Request, run

CLIENTS = (1, 8, 32)
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "600"))
WARM_UP = 60
AT_A_RELEASE = 40  # bookers after one session, as in the test of the same moment


def main() -> None:
    ground.use_own_database()
    import django  # only now does the environment say which database

    django.setup()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {REQUESTS} requests a row"
    )
    print("Laying the ground: a demo year ...", flush=True)
    made = ground.lay(arrivals=(REQUESTS + WARM_UP) * len(CLIENTS))
    with ground.served() as port:
        kinds = _kinds(made)
        for requests in kinds.values():
            run(port, 4, [next(requests) for _ in range(WARM_UP)])
        print(f"\n{'':34}{'clients':>8}{'per s':>8}{'ratio':>7}{'p50 ms':>8}{'p95':>7}{'p99':>7}  answers")
        for clients in CLIENTS:
            _table(port, clients, kinds)


def _table(port: int, clients: int, kinds: dict[str, Iterator[Request]]) -> None:
    """One row per kind; the yardstick is run before and after and its mean is what ratios are against."""
    bare = kinds["bare INSERT and COMMIT"]
    before = _measure(port, clients, bare)
    outcomes = {
        name: _measure(port, clients, requests) for name, requests in kinds.items() if requests is not bare
    }
    after = _measure(port, clients, bare)
    yardstick = (before.rate + after.rate) / 2
    rows = {"bare INSERT and COMMIT, before": before, **outcomes, "bare INSERT and COMMIT, after": after}
    for name, outcome in rows.items():
        answers = " ".join(f"{status}x{count}" for status, count in sorted(outcome.statuses.items()))
        percentiles = "".join(
            f"{outcome.percentile(share):{width}.1f}" for share, width in ((50, 8), (95, 7), (99, 7))
        )
        print(
            f"{name:34}{clients:>8}{outcome.rate:8.0f}{outcome.rate / yardstick:7.2f}{percentiles}  {answers}",
            flush=True,
        )
    print()


def _measure(port: int, clients: int, requests: Iterator[Request]) -> Outcome:
    return run(port, clients, [next(requests) for _ in range(REQUESTS)])


def _kinds(made: ground.Ground) -> dict[str, Iterator[Request]]:
    """Endless requests of each kind; check-ins end when the arrivals do."""
    sessions = itertools.cycle(made.sessions)
    device = (("Authorization", f"Bearer {made.device}"),)
    return {
        "bare INSERT and COMMIT": _endless(lambda: Request("POST", "/bench/insert", {"n": 1})),
        "booking, many sessions": _endless(lambda: _booking(made, next(sessions))),
        "booking, forty on one session": _rush(made),
        "check-in": (
            Request("POST", "/api/v1/check-ins/", {"arrival": code, "participants": 24, "adults": 2}, device)
            for code in made.arrivals
        ),
        "session search, API": _endless(
            lambda: Request("GET", "/api/v1/sessions/?grade=5&pupils=24&free=true")
        ),
        "programme search, page": _endless(lambda: Request("GET", "/skolprogram/?arskurs=5")),
        "day list at the desk, API": _endless(
            lambda: Request("GET", "/api/v1/arrivals/?page_size=50", headers=device)
        ),
    }


def _endless(make: Callable[[], Request]) -> Iterator[Request]:
    return (make() for _ in itertools.count())


def _rush(made: ground.Ground) -> Iterator[Request]:
    """Everybody wants the same session until it has as many parties as any ever had; then the next one is released."""
    return (_booking(made, session) for session in itertools.cycle(made.wanted) for _ in range(AT_A_RELEASE))


def _booking(made: ground.Ground, session: int) -> Request:
    """A teacher whose browser confirmed lately books in one step, with a key of her own."""
    body = {
        "session": session,
        "school": made.school,
        "class_name": secrets.token_hex(6),
        "grade": "7",
        "pupils": 24,
        "adults": 2,
        "contact_name": "Bench",
        "contact_email": "bench@skola.example",
        "contact_phone": "+46701740605",
    }
    headers = (("Cookie", f"sessionid={made.cookie}"), ("Idempotency-Key", secrets.token_hex(16)))
    return Request("POST", "/api/v1/school-bookings/", body, headers)


if __name__ == "__main__":
    main()
