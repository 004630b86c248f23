"""Asking an Axis device, over real HTTP: digest, time, size, and where it may lead us."""

import datetime as dt
import hashlib
import http.server
import json
import logging
import re
import threading
from collections.abc import Iterator

import pytest

from tests.visitors.counters.making import DAY, NOON, axis, counter
from visitors.counters import days, polling
from visitors.counters.models import Counter, Delivery
from worker import tasks

pytestmark = pytest.mark.django_db
PASSWORD = "mycket hemligt"
HOUR = dt.timedelta(hours=1)


class Device(http.server.ThreadingHTTPServer):
    """Answers as an Axis device does: with digest, then its sums. `says` is bytes, a status, or where else to go."""

    says: bytes | int | str = b"{}"
    realm, nonce = "AXIS_00408CAC512B", "5f2c"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Answer(http.server.BaseHTTPRequestHandler):
    server: Device

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if not self.is_right(self.headers.get("Authorization", "")):
            self.send_response(401)
            self.send_header(
                "WWW-Authenticate",
                f'Digest realm="{Device.realm}", nonce="{Device.nonce}", algorithm=MD5, qop="auth"',
            )
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        says = self.server.says
        self.send_response(says if isinstance(says, int) else 302 if isinstance(says, str) else 200)
        if isinstance(says, str):
            self.send_header("Location", says)
        self.end_headers()
        if isinstance(says, bytes):
            self.wfile.write(says)

    def is_right(self, header: str) -> bool:
        """RFC 7616, as the device reckons it from the password it knows."""
        if not header.startswith("Digest "):
            return False
        told = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
        ha1 = md5(f"navet:{Device.realm}:{PASSWORD}")
        ha2 = md5(f"GET:{told['uri']}")
        return told["response"] == md5(
            ":".join([ha1, told["nonce"], told["nc"], told["cnonce"], told["qop"], ha2])
        )

    def log_message(self, *args: object) -> None:
        """Quiet."""


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 (what digest is made of)


@pytest.fixture
def device(settings) -> Iterator[Device]:
    server = Device()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.DOOR_COUNTERS = {"hosts": [server.host], "passwords": {"entre": PASSWORD}}
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def asked(device) -> Counter:
    address = f"http://{device.host}"
    return counter(kind="axis", poll_address=address, poll_user="navet", poll_secret="entre")


def ask(at_door: Counter, at: dt.datetime = NOON):
    return polling.ask(at_door.pk, clock=lambda: at)


def test_a_device_is_asked_with_digest_and_its_sums_are_kept(device, asked):
    for hour, entered in ((0, 100), (1, 130), (2, 170)):
        device.says = json.dumps(axis(NOON + hour * HOUR, entered)).encode()
        received = ask(asked, NOON + hour * HOUR)
        assert received is not None
        assert received.is_new
    assert set(device.asked) == {"/local/tvpc/.api?live-sum.json"}
    assert days.on(DAY).entered == 70
    assert Delivery.objects.earliest("pk").clock_at == NOON


def test_a_clock_that_is_behind_is_told_from_the_answer_and_corrected(device, asked):
    for hour, entered in ((0, 100), (1, 130)):
        now = NOON + hour * HOUR
        device.says = json.dumps(axis(now - dt.timedelta(minutes=30), entered)).encode()
        ask(asked, now)
    found = days.on(DAY)
    assert [(mark.kind, mark.seconds) for mark in found.marks] == [("clock_wrong", 1800)]
    assert dict(found.hours) == {NOON.astimezone(dt.UTC): 30}


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (500, "status 500"),
        (404, "status 404"),
        (b"", "JSONDecodeError"),
        (b"<html>", "JSONDecodeError"),
        (b'{"in": "\xff"}', "UnicodeDecodeError"),
        (b"[" * 100_000, "its answer is too long"),
        (b"[" * 10_000, "Error"),  # RecursionError; since Python 3.14 JSONDecodeError
        (b"[1]", "something else than its sums"),
        (b'{"in": -1}', "something else than its sums"),
        (json.dumps(axis(NOON, 1) | {"in": 10**30}).encode(), "something else than its sums"),
        (json.dumps(axis(NOON + dt.timedelta(days=9), 1)).encode(), "counted_in_the_future"),
        (json.dumps(axis(NOON - dt.timedelta(days=9), 1)).encode(), "clock_far_off"),
        ("http://127.0.0.1:1/local", "status 302"),
    ],
)
def test_a_wrong_answer_is_logged_without_secrets_and_kept_nowhere(device, asked, caplog, says, why):
    device.says = says
    with caplog.at_level(logging.WARNING, "visitors.counters.polling"):
        assert ask(asked) is None
    assert why in caplog.text
    assert PASSWORD not in caplog.text
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"poll_address": "http://127.0.0.1:1"}, "its host is not among DOOR_COUNTER_HOSTS"),
        ({"poll_address": "http://navet:x@127.0.0.1"}, "its host is not among DOOR_COUNTER_HOSTS"),
        ({"poll_address": "ftp://127.0.0.1"}, "its host is not among DOOR_COUNTER_HOSTS"),
        ({"poll_secret": "annan"}, "its password is not in the environment"),
        ({"poll_user": "fel"}, "status 401"),
    ],
)
def test_only_a_configured_host_is_asked_and_only_with_its_password(device, asked, caplog, change, why):
    Counter.objects.update(**change)
    with caplog.at_level(logging.WARNING, "visitors.counters.polling"):
        assert ask(asked) is None
    assert why in caplog.text


def test_a_device_that_is_away_or_silent_is_left(device, asked, caplog, monkeypatch):
    monkeypatch.setattr(polling, "PATIENCE_SECONDS", 0.2)
    device.shutdown()  # it still takes the call, and never answers
    assert ask(asked) is None
    assert "TimeoutError" in caplog.text


def test_the_task_asks_the_counters_that_are_due(device, asked, monkeypatch):
    others = [
        counter("Avställd", kind="axis", poll_address=asked.poll_address, is_active=False),
        counter(
            "Flyttad", kind="axis", poll_address=asked.poll_address, placed_until=DAY - dt.timedelta(days=9)
        ),
        counter("Sänder själv", kind="axis"),
    ]
    assert polling.due(on=DAY) == [asked.pk]
    assert len(others) == 3
    device.says = b"{}"
    tasks.ask_door_counter(asked.pk)
    assert len(device.asked) == 2  # without, and then with digest
