"""The API of groups: what is sent, what comes back."""

from typing import Any

import pytest
import time_machine

from bookings.groups.models import GroupBooking
from tests.bookings.groups import parties
from tests.bookings.groups.parties import NOW, PARENT
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_api import post
from visitors.models import CheckIn

pytestmark = pytest.mark.django_db
URL = "/api/v1/group-bookings/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def body(**fields: Any) -> dict[str, Any]:
    package = fields.pop("package", None) or parties.package().slug
    return {
        "package": package,
        "starts_at": "2026-03-03T11:00:00+01:00",
        "group_name": "Elsas kalas",
        "heads": 10,
        "contact_name": "Karin Ek",
        "contact_email": PARENT,
        "contact_phone": "070-174 06 05",
        **fields,
    }


def test_list_book_confirm_see_and_cancel(client):
    parties.package()
    listed = client.get("/api/v1/group-packages/").json()["results"]
    slug = listed[0]["slug"]
    assert listed[0]["prices"][0]["per_head"]["amount"] == "150.00"
    asked = f"/api/v1/group-times/?package={slug}&first=2026-03-03&last=2026-03-03"
    assert [one["is_free"] for one in client.get(asked).json()["times"]] == [True, True]
    made = post(client, URL, body(package=slug))
    assert (made.status_code, made.json()["price"]["amount"]) == (201, "1700.00")
    assert [one["is_free"] for one in client.get(asked).json()["times"]] == [False, True]
    own = made["Location"]
    assert client.get(own).status_code == 404  # the address is not proved yet
    done = post(client, f"{own}confirmation/", {"pin": parties.pin_of(made.json()["code"])})
    assert (done.status_code, done.json()["status"]) == (200, "confirmed")
    assert client.get(own).json()["heads"] == 10
    gone = post(client, f"{own}cancellation/", {}, **{"If-Match": done["ETag"]})
    assert (gone.status_code, gone.json()["status"]) == (200, "cancelled")


def test_the_same_post_twice_with_one_key_is_one_booking(client):
    said = body()
    first = post(client, URL, said, **{"Idempotency-Key": "k1"})
    again = post(client, URL, said, **{"Idempotency-Key": "k1"})
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert GroupBooking.objects.count() == 1


def test_a_taken_time_says_what_and_proposes_others(client):
    package = parties.package()
    parties.confirmed(package)
    taken = post(client, URL, body(package=package.slug))
    assert (taken.status_code, taken.json()["code"], taken.json()["taken"]) == (409, "time_taken", "groups")
    assert len(taken.json()["nearest"]) == 3


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"heads": 0}, 400),
        ({"heads": "10"}, 400),
        ({"heads": 16}, 409),
        ({"heads": 501}, 400),
        ({"adults": -1}, 400),
        ({"starts_at": "2026-03-03T11:00:00"}, 400),
        ({"starts_at": "2026-03-03T11:01:00+01:00"}, 409),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, 400),
        ({"starts_at": "9999-12-31T23:59:59-12:00"}, 400),
        ({"package": "finns-inte"}, 400),
        ({"municipality": "9999"}, 400),
        ({"contact_phone": "1; DROP"}, 400),
        ({"group_name": "A\nB"}, 400),
        ({"price": 1}, 400),
    ],
)
def test_wrong_input_is_refused(client, fault, status):
    answer = post(client, URL, body(**fault))
    assert answer.status_code == status, answer.content
    assert not GroupBooking.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "package=finns-inte",
        "package=x&first=0001-01-01",
        "package=x&last=9999-12-31",
        "package=x&first=y",
    ],
)
def test_times_of_nothing_are_told(client, query):
    assert client.get(f"/api/v1/group-times/?{query}").status_code in (400, 404)


def test_others_see_nothing(client):
    made = parties.confirmed()
    assert client.get(f"{URL}{made.code}/").status_code == 404
    assert post(client, f"{URL}{made.code}/cancellation/", {}).status_code == 404
    assert client.get(URL).status_code == 401
    client.force_login(parties.planner().user)
    assert [one["code"] for one in client.get(f"{URL}?date=2026-03-03").json()["results"]] == [made.code]


def test_the_desk_receives(client):
    said = {"kind": "other", "group_name": "PRO", "is_organisation": True, "heads": 12}
    assert post(client, "/api/v1/group-arrivals/", said).status_code == 401
    client.force_login(classes.staff("desk").user)
    got = post(client, "/api/v1/group-arrivals/", said, **{"Idempotency-Key": "g1"})
    assert (got.status_code, got.json()["participants"]) == (201, 12)
    post(client, "/api/v1/group-arrivals/", said, **{"Idempotency-Key": "g1"})
    assert CheckIn.objects.get().arrival.is_organisation
