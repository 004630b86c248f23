"""The API of conferences: what comes back, and to whom."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, GUEST, NOW
from tests.bookings.schools.test_booking_pages import proved_client
from tests.navet.house import making

pytestmark = pytest.mark.django_db
RESERVATIONS = "/api/v1/conference-reservations/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def host(client):
    client.force_login(making.user("host@navet.example", "conference_host"))
    return client


def test_what_is_on_offer_and_free(client):
    room, package, lunch = rooms.room(), rooms.package(), rooms.lunch()
    rooms.room("kammaren", seats=20)
    rooms.booked(rooms.day(room, part="formiddag"))
    found = client.get("/api/v1/conference-packages/").json()["results"]
    assert (found[0]["slug"], found[0]["prices"][0]["per_person"]["amount"]) == (package.slug, "595.00")
    assert client.get("/api/v1/conference-add-ons/").json()["results"][0]["slug"] == lunch.slug
    offered = {one["slug"]: one for one in client.get("/api/v1/conference-rooms/").json()["results"]}
    assert offered["salen"]["furnishings"] == [
        {"kind": "theatre", "capacity": 60},
        {"kind": "classroom", "capacity": 30},
    ]
    assert offered["kammaren"]["prices"][0]["day"]["amount"] == "5000.00"
    asked = f"/api/v1/conference-availability/?first={DAY}&last={DAY}&persons=40&furnishing=theatre"
    squares = client.get(asked).json()["squares"]
    assert {(one["room"], one["part"], one["is_free"], one["why"]) for one in squares} == {
        ("salen", "formiddag", False, "taken"),
        ("salen", "eftermiddag", True, ""),
        ("salen", "heldag", False, "taken"),
        ("salen", "kvall", True, ""),
    }
    for query in (
        "first=9999-12-31",
        "last=0001-01-01",
        f"first={DAY}&last={DAY - dt.timedelta(days=1)}",
        "persons=500",
    ):
        assert client.get(f"/api/v1/conference-availability/?{query}").json() == {"squares": []}
    whole = client.get("/api/v1/conference-availability/?room=salen").json()["squares"]
    assert len({one["date"] for one in whole}) == 32


def test_staff_read_every_reservation_in_as_many_queries_for_more(host):
    room, show, package = rooms.room(), rooms.show(), rooms.package()
    tomorrow = DAY + dt.timedelta(days=1)
    made = rooms.booked(
        rooms.day(room, package=package.slug, add_ons=(show,)), rooms.day(room, date=tomorrow)
    )
    found = host.get(RESERVATIONS).json()["results"][0]
    assert (found["code"], found["status"], found["price"]["amount"]) == (made.code, "confirmed", "41625.00")
    first, second = found["days"]
    assert (first["package"], first["rooms"]) == ("heldag", [{"room": "salen", "furnishing": "theatre"}])
    assert first["add_ons"] == [{"add_on": "show", "persons": 40, "starts_at": "2026-03-03T14:00:00+01:00"}]
    assert (second["package"], second["add_ons"], second["code"] != made.code) == (None, [], True)
    assert [line["net"]["amount"] for line in found["lines"]] == ["23800.00", "4500.00", "5000.00"]
    assert len(host.get(f"{RESERVATIONS}?date={tomorrow}&status=confirmed").json()["results"]) == 1
    for query in ("date=9999-12-31", "status=option", f"date={DAY - dt.timedelta(days=1)}"):
        assert host.get(f"{RESERVATIONS}?{query}").json()["results"] == []
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            host.get(RESERVATIONS)
        counted.append(len(captured))
        rooms.booked(rooms.day(rooms.room(f"sal{number}")))
    assert counted[0] == counted[1]


def test_one_is_for_staff_and_whose_it_is(client, host):
    made = rooms.booked(rooms.day(rooms.room()))
    own = f"{RESERVATIONS}{made.code}/"
    answer = host.get(own)
    assert (answer.json()["title"], answer["ETag"]) == ("Ledningsdag", f'"v{made.version}"')
    assert proved_client(GUEST).get(own).json()["code"] == made.code
    assert proved_client("annan@foretaget.example").get(own).status_code == 404
    client.logout()
    assert (client.get(own).status_code, client.get(RESERVATIONS).status_code) == (404, 401)
