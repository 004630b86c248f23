"""The same POST twice, through a real server with threads: one effect, one mail (issue 2, "To be shown" 4)."""

import datetime as dt
import json
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from bookings.schools.models import SchoolBooking
from navet.accounts import devices
from navet.api.throttles import Throttle
from navet.outbox import relay
from navet.outbox.models import DeliveredMail
from tests.bookings.schools import classes
from tests.visitors import making
from visitors.models import CheckIn, Visit

BOOKINGS = "/api/v1/school-bookings/"
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Answer:
    status: int
    replayed: bool
    body: dict[str, Any]


@pytest.fixture
def house(live_server, settings, monkeypatch):
    """A server with real threads and connections, on the real clock, and nobody but the test to relay its mails."""
    monkeypatch.setattr(Throttle, "THROTTLE_RATES", dict.fromkeys(Throttle.THROTTLE_RATES))
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    settings.OUTBOX_WAKE = "builtins.dict"  # the tests relay themselves
    return Server(live_server.url)


class Server:
    """A running server, as its clients see it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def post(self, path: str, body: dict[str, Any], key: str, **headers: str) -> Answer:
        sent = {"Content-Type": "application/json", "Idempotency-Key": key, **headers}
        request = urllib.request.Request(f"{self.url}{path}", json.dumps(body).encode(), sent, method="POST")  # noqa: S310 (our own server)
        try:
            answer = urllib.request.urlopen(request, timeout=30)  # noqa: S310 (our own server)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            replayed = answer.headers.get("Idempotency-Replayed") == "true"
            return Answer(answer.status, replayed, json.loads(answer.read()))

    def post_at_once(self, times: int, *args: Any, **headers: str) -> list[Answer]:
        start, answers = threading.Barrier(times), []

        def run() -> None:
            start.wait()
            answers.append(self.post(*args, **headers))

        threads = [threading.Thread(target=run) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return answers


def booking() -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=40)
    on = classes.session(day=day)
    return {
        "session": on.pk,
        "school": classes.school().pk,
        "class_name": "5A",
        "grade": "5",
        "pupils": 20,
        "adults": 2,
        "contact_name": "Maria Lind",
        "contact_email": classes.TEACHER,
        "contact_phone": "070-174 06 05",
    }


def mails() -> int:
    """Have the worker's relay do what is due; how many mails the mailbox holds."""
    relay.relay(timezone.now())
    return DeliveredMail.objects.count()


def by_device() -> dict[str, str]:
    enrolled = devices.enrol(name="Surfplatta", by=making.desk(), at=timezone.now())
    return {"Authorization": f"Bearer {enrolled.token}"}


def test_the_same_booking_twice_is_one_booking_and_one_mail(house):
    wish = booking()

    first, second = (house.post(BOOKINGS, wish, "k1") for _ in range(2))

    assert (first.status, first.replayed) == (201, False)
    assert (second.status, second.replayed, second.body) == (201, True, first.body)
    assert SchoolBooking.objects.count() == 1
    assert mails() == 1


def test_the_same_booking_eight_times_at_once_is_one_booking_and_one_mail(house):
    answers = house.post_at_once(8, BOOKINGS, booking(), "k1")

    assert [answer.status for answer in answers] == [201] * 8
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
    assert len({answer.body["code"] for answer in answers}) == 1
    assert SchoolBooking.objects.count() == 1
    assert mails() == 1


def test_another_booking_under_the_same_key_is_refused(house):
    wish = booking()
    house.post(BOOKINGS, wish, "k1")

    other = house.post(BOOKINGS, {**wish, "pupils": 21}, "k1")

    assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")
    assert list(SchoolBooking.objects.values_list("pupils", flat=True)) == [20]
    assert mails() == 1


def test_a_refused_booking_may_be_sent_again_under_its_key(house):
    wish = booking()
    assert house.post(BOOKINGS, {**wish, "pupils": 31}, "k1").status == 409

    assert house.post(BOOKINGS, wish, "k1").status == 201


def test_the_same_check_in_at_once_is_one_check_in(house):
    party = making.arrival(starts_at=timezone.now())
    body = {"arrival": party.code, "participants": 22, "adults": 2}

    answers = house.post_at_once(8, "/api/v1/check-ins/", body, "k1", **by_device())

    assert [answer.status for answer in answers] == [201] * 8
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
    assert CheckIn.objects.count() == 1
    assert Visit.objects.aggregate(heads=Sum("count"))["heads"] == 24


def test_the_same_walk_in_at_once_is_counted_once_and_another_under_its_key_not_at_all(house):
    who, body = by_device(), {"category": "adult", "count": 3}

    answers = house.post_at_once(8, "/api/v1/visits/", body, "k1", **who)
    other = house.post("/api/v1/visits/", {**body, "count": 4}, "k1", **who)

    assert [answer.status for answer in answers] == [201] * 8
    assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")
    assert Visit.objects.aggregate(heads=Sum("count"))["heads"] == 3
