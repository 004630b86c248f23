"""`make bench BENCH=ledger`: does the desk feel how long the ledger is, and how large the day?

Two houses side by side: 20 arrivals today and 10 000 entries in the ledger, and 2 000 arrivals and BENCH_ENTRIES
(300 000; the aim is ten million) spread over ten years. They are asked in turn. The aim: the desk's page and a check-in
take at most 1.5 times as long. Prints, and judges nothing. Beside them, once: what grows with the ledger and nobody queues for.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from tests.bench import ground, houses
from tests.bench.houses import ASKED, ROUNDS, House, Times, asked
from tests.bench.load import Connection, Request

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "300000"))
SIZES = {"small": (20, 10_000), "large": (2_000, ENTRIES)}


def main() -> None:
    fillings = {
        name: f"from tests.bench import ledger_rows; ledger_rows.main({arrivals}, {entries})"
        for name, (arrivals, entries) in SIZES.items()
    }
    with houses.served(fillings) as made:
        houses.show(houses.in_turn(made, _kinds()) | _check_ins_in_turn(made))
        _print_once(made["large"])


def _kinds() -> dict[str, Callable[[House], Request]]:
    return {
        "the desk's page": lambda house: house.page("/reception/"),
        "the desk's page, renewed": lambda house: house.page("/reception/?dag="),
        "a search at the desk": lambda house: house.page("/reception/?sok=altorpskolan+7b"),
        "the house now, API": lambda house: house.api("GET", "house-now/"),
        "the day's entries, page": lambda house: house.page("/reception/rader/"),
    }


def _check_ins_in_turn(made: Mapping[str, House]) -> Times:
    lines = {name: Connection(house.port) for name, house in made.items()}
    found: dict[str, list[float]] = {name: [] for name in made}
    for round_ in range(ROUNDS + 1):
        for name, house in made.items():
            times = _check_ins(lines[name], house, round_)
            found[name].extend(times if round_ else [])
    return {"a check-in, API": found}


def _check_ins(line: Connection, house: House, round_: int) -> list[float]:
    """Check ASKED parties in, timed, and take them back, untimed."""
    start = round_ * ASKED % len(house.codes)
    times = []
    for code in house.codes[start : start + ASKED]:
        body = {"arrival": code, "participants": 24, "adults": 2}
        taken, answer = asked(line, house.api("POST", "check-ins/", body))
        times.append(taken)
        asked(line, house.api("POST", f"check-ins/{json.loads(answer)['id']}/undo/", {}))
    return times


def _print_once(house: House) -> None:
    """What grows with the ledger and nobody queues for: the year's figures, the rows behind one, the nightly addition."""
    year = time.localtime().tm_year - 1
    line = Connection(house.port)
    for path in ("/ledning/", f"/ledning/?ar={year}", f"/ledning/rader/?ar={year}&indikator=visitors"):
        taken = min(asked(line, house.page(path))[0] for _ in range(2))
        print(f"{path:50}{taken:10.0f} ms, large")
    began = time.monotonic()
    subprocess.run([sys.executable, "manage.py", "verify_ledger"], cwd=ground.ROOT, check=False)
    print(f"{'verify_ledger':50}{time.monotonic() - began:10.0f} s, large")


if __name__ == "__main__":
    main()
