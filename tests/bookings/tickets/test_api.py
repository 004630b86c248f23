"""The API of tickets: what is sent, what comes back."""

from typing import Any

import pytest
import time_machine

from bookings.tickets.models import TicketBooking
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_api import post
from tests.bookings.tickets import shows
from tests.bookings.tickets.shows import NOW, VISITOR

pytestmark = pytest.mark.django_db
URL = "/api/v1/ticket-bookings/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def body(**fields: Any) -> dict[str, Any]:
    slot = fields.pop("slot", None) or shows.slot().pk
    return {
        "slot": slot,
        "tickets": {"adult": 1, "child": 2},
        "contact_name": "Karin Ek",
        "contact_email": VISITOR,
        **fields,
    }


def test_list_book_confirm_see_and_cancel(client):
    shows.slot()
    listed = client.get("/api/v1/ticket-slots/?first=2026-03-03&last=2026-03-03").json()["results"]
    assert [(one["free_places"], one["prices"][0]["price"]["amount"]) for one in listed] == [(30, "120.00")]
    assert client.get("/api/v1/ticket-slots/?first=2026-03-04").json()["results"] == []
    made = post(client, URL, body(slot=listed[0]["id"]))
    assert (made.status_code, made.json()["price"]["amount"]) == (201, "280.00")
    own = made["Location"]
    assert client.get(own).status_code == 404  # the address is not proved yet
    assert post(client, f"{own}confirmation/", {"pin": "000000"}).status_code == 409
    done = post(client, f"{own}confirmation/", {"pin": shows.pin_of(made.json()["code"])})
    assert (done.status_code, done.json()["status"]) == (200, "confirmed")
    assert client.get(own).json()["tickets"] == {"adult": 1, "child": 2}
    stale = post(client, f"{own}cancellation/", {}, **{"If-Match": '"v9"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    gone = post(client, f"{own}cancellation/", {"reason": "Sjuka"}, **{"If-Match": done["ETag"]})
    assert (gone.status_code, gone.json()["status"]) == (200, "cancelled")


def test_the_same_post_twice_with_one_key_is_one_booking(client):
    said = body()
    first = post(client, URL, said, **{"Idempotency-Key": "k1"})
    again = post(client, URL, said, **{"Idempotency-Key": "k1"})
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert TicketBooking.objects.count() == 1


def test_a_full_slot_says_how_many_are_left(client):
    full = post(client, URL, body(slot=shows.slot(capacity=2).pk))
    assert (full.status_code, full.json()["code"], full.json()["free_places"]) == (409, "slot_full", 2)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"tickets": {}}, 400),
        ({"tickets": {"adult": 0}}, 400),
        ({"tickets": {"adult": "2"}}, 400),
        ({"tickets": {"adult": True}}, 400),
        ({"tickets": {"adult": 2.5}}, 400),
        ({"tickets": {"pensioner": 1}}, 400),
        ({"tickets": [1]}, 400),
        ({"tickets": {"adult": 101}}, 400),
        ({"tickets": {"adult": 11}}, 409),
        ({"slot": 999_999}, 400),
        ({"slot": "x"}, 400),
        ({"contact_email": "x"}, 400),
        ({"contact_name": "A\nB"}, 400),
        ({"price": 1}, 400),
    ],
)
def test_wrong_input_is_refused(client, fault, status):
    assert post(client, URL, body(**fault)).status_code == status
    assert not TicketBooking.objects.exists()


def test_others_see_nothing(client):
    made = shows.confirmed()
    for tail in ("", "cancellation/"):
        url = f"{URL}{made.code}/{tail}"
        assert (post(client, url, {}) if tail else client.get(url)).status_code == 404
    assert client.get(URL).status_code == 401
    client.force_login(classes.staff("desk").user)
    assert client.get(URL).status_code == 403
    client.force_login(shows.planner().user)
    assert [one["code"] for one in client.get(URL).json()["results"]] == [made.code]


def test_the_desk_sells(client):
    said = {"slot": shows.slot(day=NOW.date()).pk, "tickets": {"adult": 2}, "check_in": True}
    assert post(client, "/api/v1/ticket-sales/", said).status_code == 401
    client.force_login(classes.staff("desk").user)
    sold = post(client, "/api/v1/ticket-sales/", said, **{"Idempotency-Key": "s1"})
    assert (sold.status_code, sold.json()["at_desk"]) == (201, True)
    again = post(client, "/api/v1/ticket-sales/", said, **{"Idempotency-Key": "s1"})
    assert again.json()["code"] == sold.json()["code"]


def test_lists_take_as_many_queries_for_one_as_for_three(client, django_assert_max_num_queries):
    client.force_login(shows.planner().user)
    for _ in range(3):
        shows.confirmed()
    with django_assert_max_num_queries(7):
        assert len(client.get(URL).json()["results"]) == 3
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/ticket-slots/").json()["results"]) == 3
