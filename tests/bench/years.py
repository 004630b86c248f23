"""`make bench BENCH=years`: do the year's figures feel how many years the ledger holds?

Two houses side by side: one whole year before the one that runs, and BENCH_YEARS (20; 1.3 million entries and more). The
endpoint and the management's page are asked of both in turn; the aim is a ratio of at most 1.3. Then every figure of the
large house's endpoint is held against a plain re-addition of its rows, entry by entry, by code that shares nothing with it.
Prints, and judges nothing.
"""

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from tests.bench import houses
from tests.bench.houses import House, asked
from tests.bench.load import Connection, Request

PAST = {"few": 1, "many": int(os.environ.get("BENCH_YEARS", "20"))}
EVENING = dt.datetime.now(ZoneInfo("Europe/Stockholm")).date() - dt.timedelta(days=60)


def main() -> None:
    fillings = {
        name: f"from tests.bench import years_rows; years_rows.main({past})" for name, past in PAST.items()
    }
    with houses.served(fillings) as made:
        for name, house in made.items():
            with psycopg.connect(house.database) as connection:
                print(
                    f"{name}: {connection.execute('SELECT count(*) FROM visitors_visit').fetchone()[0]} entries"
                )
        houses.show(houses.in_turn(made, _kinds()))
        _hold_against_rows(made["many"])


def _kinds() -> dict[str, Callable[[House], Request]]:
    paths = {
        "the endpoint": "/api/v1/indicators/",
        "the endpoint, last year (few has none before it)": f"/api/v1/indicators/?year={EVENING.year - 1}",
        "the endpoint, an evening of the past": f"/api/v1/indicators/?as_of={EVENING}",
        "the endpoint as CSV": "/api/v1/indicators/csv/",
        "the management's page": "/ledning/",
        "the management's page, an evening": f"/ledning/?dag={EVENING}",
    }
    return {
        kind: lambda house, path=path: house.page(path)  # type: ignore[misc]  # bound now
        for kind, path in paths.items()
    }


def _hold_against_rows(house: House) -> None:
    """Each outcome, month and municipality of three answers, beside the sum of the entries read one by one."""
    line, compared, wrong = Connection(house.port), 0, []
    asked_for = {
        f"?year={EVENING.year}": None,
        f"?year={EVENING.year - 1}": None,
        f"?as_of={EVENING}": EVENING,
    }
    for query, evening in asked_for.items():
        report = json.loads(asked(line, house.page(f"/api/v1/indicators/{query}"))[1])
        with psycopg.connect(house.database) as connection:
            again = _added_again(connection, report["year"], evening)
        for figure in report["indicators"]:
            for key, number in _numbers(figure):
                compared += 1
                if number != (found := again[(figure["code"], *key)]):
                    wrong.append(f"  {query} {figure['code']} {key}: answered {number}, rows say {found}")
    print(f"\n{compared} figures held against their rows, {len(wrong)} differ")
    print(*wrong[:20], sep="\n")


def _numbers(figure: dict[str, Any]) -> Iterator[tuple[tuple[str, Any], int]]:
    yield ("outcome", None), figure["outcome"]
    for month in figure["by_month"]:
        yield ("month", month["month"]), month["outcome"]
    for place in figure["by_municipality"]:
        yield ("municipality", place["code"]), place["outcome"]


def _added_again(connection: psycopg.Connection, year: int, evening: dt.date | None) -> Counter:
    """(indicator, "outcome" | "month" | "municipality", which) -> number, from all rows of the year, one at a time."""
    known = (lambda moment: True) if evening is None else (lambda moment: moment.date() <= evening)
    last = evening or dt.date(year, 12, 31)
    sums: Counter = Counter()

    def add(code: str, day: dt.date, place: str | None, number: int) -> None:
        for key in (("outcome", None), ("month", day.month), ("municipality", place)):
            sums[(code, *key)] += number

    entries = connection.execute(
        """SELECT v.id, v.day, v.at, v.category, v.count, m.code, v.person, v.reverses_id, v.entered_at AT TIME ZONE 'Europe/Stockholm'
        FROM visitors_visit v LEFT JOIN directory_municipality m ON m.id = v.municipality_id
        WHERE v.day BETWEEN %s AND %s ORDER BY v.at, v.id""",
        [dt.date(year, 1, 1), last],
    ).fetchall()
    entries = [row for row in entries if known(row[8])]
    taken_back, seen = {row[7] for row in entries}, set()
    for pk, day, _at, category, count, place, person, reverses, _entered in entries:
        add("visitors", day, place, count)
        if category == "pupil":
            add("pupils", day, place, count)
        code = {"course": "educators", "leisure": "leisure"}.get(category)
        if code and person not in seen and pk not in taken_back and reverses is None:
            seen.add(person)
            add(code, day, place, 1)
    for day, place in connection.execute(
        """SELECT (c.checked_in_at AT TIME ZONE 'Europe/Stockholm')::date AS day, m.code FROM visitors_checkin c
        JOIN visitors_arrival a ON a.id = c.arrival_id LEFT JOIN directory_municipality m ON m.id = a.municipality_id
        WHERE a.kind = 'conference' AND (c.checked_in_at AT TIME ZONE 'Europe/Stockholm')::date BETWEEN %s AND %s""",
        [dt.date(year, 1, 1), last],
    ):
        add("conferences", day, place, 1)
    return sums


if __name__ == "__main__":
    main()
