"""A whole house as `make run` starts it, asked over HTTP by many at once, and killed piece by piece.

Issue 2, "to be shown" 3 and 5: PostgreSQL, Valkey, two web workers, a Celery worker with its clock; nothing imitated.
"""

import http.client
import json
import os
import re
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

import pytest
import redis
from django.db import connection

from navet.embedded.ports import answers, free_port
from tests.bench.load import Connection, Request
from tests.faults import launching
from tests.faults.launching import REPOSITORY, House, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]
PARTIES = 40


@dataclass
class Running:
    """The house, its port, and the rows it was seeded with."""

    house: House
    port: int
    rows: dict[str, Any] = field(default_factory=dict)

    def ask(self, request: Request) -> tuple[int, dict[str, Any]]:
        connection = Connection(self.port)
        try:
            status, body = connection.ask(request)
        finally:
            connection.close()
        return status, json.loads(body)

    def at_once(self, requests: list[Request]) -> list[tuple[int, dict[str, Any]]]:
        """Send every request from a connection of its own, all released at the same moment."""
        gate = Barrier(len(requests))

        def one(request: Request) -> tuple[int, dict[str, Any]]:
            connection = Connection(self.port)
            gate.wait()
            try:
                status, body = connection.ask(request)
            finally:
                connection.close()
            return status, json.loads(body)

        with ThreadPoolExecutor(len(requests)) as pool:
            return list(pool.map(one, requests))

    def booking(self, number: int, session: int, *, pupils: int = 7, key: str = "") -> Request:
        browser = self.rows["browsers"][number]
        body = {
            "session": session,
            "school": self.rows["school"],
            "class_name": f"5{number}",
            "grade": "5",
            "pupils": pupils,
            "adults": 1,
            "contact_name": "Sara Ek",
            "contact_email": browser["email"],
            "contact_phone": "+46701740605",
        }
        headers = (
            ("Cookie", f"sessionid={browser['cookie']}"),
            ("Idempotency-Key", key or secrets.token_hex(8)),
        )
        return Request("POST", "/api/v1/school-bookings/", body, headers)

    def mails(self, like: str) -> Counter:
        """Recipients of the mails whose message is of this kind, with how many each got."""
        rows = self.house.sql("SELECT key, state FROM outbox_effect WHERE key LIKE 'school.%'")
        delivered = self.house.sql("SELECT subject, recipients FROM outbox_deliveredmail")
        assert rows or not delivered
        return Counter(recipients[0] for subject, recipients in delivered if re.search(like, subject))


def have_migrated(house: House) -> None:
    """Give it the schema that these tests' database has: what migrating an empty one does is in test_launcher."""
    at = connection.settings_dict
    ours = f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    copied = house.run(
        "exec", "--", "sh", "-ec", "pg_dump --no-owner --exclude-schema=migrated --file=$DUMP $OURS;"
        "psql --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --single-transaction --file=$DUMP $DATABASE_URL",
        OURS=ours, DUMP=str(house.folder / "dump"),
    )  # fmt: skip
    assert copied.returncode == 0, copied.stderr


@pytest.fixture(scope="module")
def running(django_db_setup: None) -> Iterator[Running]:
    with launching.house() as house:
        if os.environ.get("NAVET_OWN_SERVERS") == "yes":
            have_migrated(house)
        port = free_port()
        launcher = house.start("--no-demo", PORT=str(port))
        wait_until(lambda: "Navet is open" in house.said() or launcher.poll() is not None)
        assert launcher.poll() is None, house.said()
        seeded = subprocess.run(
            [sys.executable, "-m", "tests.faults.seed", str(PARTIES + 4)], cwd=REPOSITORY,
            env=house.environment() | house.services() | {"NAVET_EMBEDDED": "1"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert seeded.returncode == 0, seeded.stderr
        yield Running(house, port, json.loads(seeded.stdout.splitlines()[-1]))


def test_forty_bookers_at_once_get_exactly_the_places_there_are(running):
    session = running.rows["sessions"][0]

    answers = running.at_once([running.booking(n, session) for n in range(PARTIES)])

    statuses = Counter(status for status, _ in answers)
    assert statuses == {201: 4, 409: 36}
    assert {body["code"] for status, body in answers if status == 409} <= {"session_full", "groups_full"}
    held = running.house.sql(
        f"SELECT count(*), sum(pupils) FROM school_bookings_schoolbooking WHERE session_id = {session} AND status = 'confirmed'"
    )
    assert held == [(4, 28)]
    confirmed = {body["contact_email"] for status, body in answers if status == 201}
    wait_until(lambda: set(running.mails(".")) >= confirmed)
    bookers = {browser["email"] for browser in running.rows["browsers"][:PARTIES]}
    assert {to: many for to, many in running.mails(".").items() if to in bookers} == dict.fromkeys(
        confirmed, 1
    )


def test_one_room_goes_to_one_of_two_planners(running):
    body = {
        "programme": running.rows["programme"],
        "starts_at": f"{running.rows['day']}T17:00:00+01:00",
        "rooms": [running.rows["room"]],
        "educators": [],
    }
    cookie = running.rows["planner"]
    status, me = running.ask(Request("GET", "/api/v1/me/", headers=(("Cookie", f"sessionid={cookie}"),)))
    assert status == 200, me
    token = "a" * 32
    headers = (("Cookie", f"sessionid={cookie}; csrftoken={token}"), ("X-CSRFToken", token))

    answers = running.at_once([Request("POST", "/api/v1/sessions/", body, headers)] * 2)

    assert sorted(status for status, _ in answers) == [201, 409], answers
    assert {said["code"] for status, said in answers if status == 409} == {"room_taken"}


def test_one_code_checked_in_from_two_desks_counts_once(running):
    code = running.rows["arrivals"][0]
    requests = [
        Request(
            "POST", "/api/v1/check-ins/", {"arrival": code, "participants": 19 + n, "adults": 2},
            (("Authorization", f"Bearer {token}"),),
        )
        for n, token in enumerate(running.rows["desks"])
    ]  # fmt: skip

    answers = running.at_once(requests)

    assert sorted(status for status, _ in answers) == [201, 409]
    assert next(body["code"] for status, body in answers if status == 409) == "already_checked_in"
    (heads,) = running.house.sql("SELECT count(*) FROM visitors_visit WHERE category = 'pupil'")
    assert heads == (1,)


def test_everything_killed_between_commit_and_mail_and_every_mail_comes_once(running):
    house, session = running.house, running.rows["sessions"][1]
    already = running.mails(".")
    house.end("worker")
    status, booked = running.ask(running.booking(PARTIES, session))
    assert status == 201
    redis.Redis.from_url(house.services()["REDIS_URL"]).flushall()
    house.end("postgres")
    wait_until(house.answers)
    wait_until(lambda: _books(running, PARTIES + 1, session))
    house.end("worker")

    expected = {running.rows["browsers"][n]["email"] for n in (PARTIES, PARTIES + 1)}
    wait_until(lambda: set(running.mails(".")) >= expected)
    waiting = "SELECT count(*) FROM outbox_effect WHERE state = 'pending' AND due_at <= now()"
    wait_until(lambda: house.sql(waiting) == [(0,)])

    assert running.mails(".") - already == dict.fromkeys(expected, 1)
    kept = house.sql(f"SELECT status FROM school_bookings_schoolbooking WHERE code = '{booked['code']}'")
    assert kept == [("confirmed",)]


def test_the_stripe_sandbox_comes_back_where_it_was_with_what_it_knew(running):
    told = running.house.services()
    first = _opens_checkout(told)
    assert first["url"].startswith(f"{told['STRIPE_SANDBOX_URL']}/c/pay/cs_test_")
    running.house.end("stripe-sandbox")
    port = int(told["STRIPE_SANDBOX_URL"].rpartition(":")[2])
    wait_until(lambda: not answers(port))
    wait_until(lambda: answers(port))
    assert _opens_checkout(told) == first  # the same key, the first answer
    assert running.house.services() == told


def _opens_checkout(told: dict[str, str]) -> dict[str, Any]:
    """Ask the sandbox for a session, as the SDK asks, always under the same key."""
    form = (
        "mode=payment&payment_method_types[0]=card&success_url=http://127.0.0.1/&line_items[0][quantity]=1"
        "&line_items[0][price_data][currency]=sek&line_items[0][price_data][unit_amount]=1000"
    )
    headers = {"Authorization": f"Bearer {told['STRIPE_SANDBOX_KEY']}", "Idempotency-Key": "always the same"}
    line = http.client.HTTPConnection(told["STRIPE_SANDBOX_URL"].partition("://")[2])
    line.request("POST", "/v1/checkout/sessions", form, headers)
    answer = line.getresponse()
    assert answer.status == 200, answer.read()
    return json.loads(answer.read())


def _books(running: Running, number: int, session: int) -> bool:
    """Book with one key until it is answered; web workers meet dropped connections after the database's restart."""
    status, _ = running.ask(running.booking(number, session, key=f"after-the-restart-{number}"))
    return status == 201
