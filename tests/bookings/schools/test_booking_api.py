"""The API of booking: what is sent, what comes back."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.schools.models import SchoolBooking
from bookings.schools.operations import changing
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW, TEACHER
from tests.bookings.schools.test_booking_pages import proved_client

pytestmark = pytest.mark.django_db
Status = SchoolBooking.Status
URL = "/api/v1/school-bookings/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def body(**fields: Any) -> dict[str, Any]:
    session = fields.pop("session", None) or classes.session().pk
    school = {} if "school" in fields or "school_code" in fields else {"school": classes.school().pk}
    return {
        "session": session,
        **school,
        "class_name": "5A",
        "grade": "5",
        "pupils": 20,
        "adults": 2,
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "contact_phone": "070-174 06 05",
        **fields,
    }


def post(client: Client, url: str, said: Any, **headers: str) -> Any:
    return client.post(url, json.dumps(said), content_type="application/json", headers=headers)


def patch(client: Client, code: str, said: Any, **headers: str) -> Any:
    return client.patch(f"{URL}{code}/", json.dumps(said), content_type="application/json", headers=headers)


def test_book_confirm_change_and_cancel(client):
    made = post(client, URL, body(needs={"wheelchair": 1}, bus_at="08:40"))
    assert made.status_code == 201, made.content
    said = made.json()
    assert (said["status"], said["price"]) == ("held", {"amount": "0.00", "currency": "SEK"})
    code = said["code"]
    assert made["Location"] == f"{URL}{code}/"
    assert client.get(made["Location"]).status_code == 404  # the address is not proved yet
    done = post(client, f"{URL}{code}/confirmation/", {"pin": classes.pin_of(code)})
    assert (done.status_code, done.json()["status"]) == (200, "confirmed")
    seen = client.get(f"{URL}{code}/")
    assert seen.json()["cancellation"]["is_free"] is True
    changed = patch(client, code, {"pupils": 18, "lunch": None}, **{"If-Match": seen["ETag"]})
    assert (changed.status_code, changed.json()["pupils"]) == (200, 18)
    assert patch(client, code, {"pupils": 17}, **{"If-Match": seen["ETag"]}).status_code == 412
    assert patch(client, code, {"pupils": 17}).status_code == 428
    count = patch(client, code, {"pupils": 17, "adults": 2, "final_count": True}, **{"If-Match": "*"})
    assert count.json()["final_count_at"] is not None
    to = classes.session(clock="13:00").pk
    assert post(client, f"{URL}{code}/move/", {"session": to}).json()["session"]["id"] == to
    gone = post(client, f"{URL}{code}/cancellation/", {"reason": "Annan dag"})
    assert (gone.status_code, gone.json()["status"]) == (200, "cancelled")


def test_a_proved_address_and_staff_book_in_one_step(client):
    assert post(proved_client(), URL, body()).json()["status"] == "confirmed"
    client.force_login(classes.planner().user)
    assert post(client, URL, body(class_name="6B")).json()["status"] == "confirmed"


def test_the_same_post_twice_with_one_key_is_one_booking(client):
    said = body()
    first = post(client, URL, said, **{"Idempotency-Key": "k1"})
    again = post(client, URL, said, **{"Idempotency-Key": "k1"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert SchoolBooking.objects.count() == 1
    other = post(client, URL, {**said, "pupils": 21}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_full_session_tells_what_is_free(client):
    on = classes.session()
    classes.confirmed(on, pupils=25)
    told = post(client, URL, body(session=on.pk))
    assert (told.status_code, told.json()["code"]) == (409, "session_full")
    assert (told.json()["free_places"], told.json()["waiting_list_possible"]) == (5, True)
    queued = post(client, URL, body(session=on.pk, waiting_list=True))
    assert queued.json()["status"] == "requested"


def test_an_offer_is_answered():
    on = classes.session()
    holder = classes.confirmed(on, pupils=30, contact_email="o@skola.example")
    waiter, client = classes.queued(on), proved_client()
    assert client.get(f"{URL}{waiter.code}/").json()["waiting_position"] == 1
    changing.cancel(holder.code, by=None, at=NOW)
    assert post(client, f"{URL}{waiter.code}/offer/", {"accept": True}).json()["status"] == "confirmed"


WRONG = [
    ({"pupils": 0}, 400, "min_value"), ({"pupils": -1}, 400, "min_value"), ({"pupils": 501}, 400, "max_value"),
    ({"pupils": "7"}, 400, "not_a_whole_number"), ({"pupils": True}, 400, "not_a_whole_number"),
    ({"pupils": 1.5}, 400, "not_a_whole_number"), ({"pupils": None}, 400, "null"), ({"pupils": 10**30}, 400, "number_out_of_range"),
    ({"pupils": 4}, 409, "group_too_small"), ({"pupils": 31}, 409, "group_too_large"),
    ({"adults": -1}, 400, "min_value"), ({"adults": 101}, 400, "max_value"),
    ({"grade": "10"}, 400, "invalid_choice"), ({"grade": "9"}, 409, "grade_not_served"),
    ({"grade": 5}, 400, "not_text"), ({"language": "de"}, 400, "invalid_choice"),
    ({"school": 10**9}, 400, "no_such_school"), ({"school_code": "99999999"}, 400, "no_such_school"),
    ({"school_code": "1"}, 400, "invalid"), ({"school_code": "12345678", "school": 1}, 400, "required"),
    ({"school": "Altorp"}, 400, "not_a_whole_number"), ({"session": 10**9}, 400, "no_such_session"),
    ({"session": -5}, 400, "min_value"), ({"class_name": ""}, 400, "blank"), ({"class_name": "A" * 41}, 400, "max_length"),
    ({"class_name": "5\x00A"}, 400, "control_character"), ({"class_name": "5\nA"}, 400, "line_break"),
    ({"contact_email": "maria"}, 400, "invalid"), ({"contact_email": "a" * 300 + "@skola.example"}, 400, "max_length"),
    ({"contact_phone": "ring"}, 400, "invalid_phone"), ({"needs": {"wheelchair": "1"}}, 400, "invalid_needs"),
    ({"needs": {"allergy": 1}}, 400, "invalid_needs"), ({"needs": {"wheelchair": 30}}, 400, "bad_needs"),
    ({"needs": []}, 400, "invalid_needs"), ({"bus_at": "25:00"}, 400, "invalid"), ({"bus_at": "24:00"}, 400, "not_a_clock"), ({"bus_at": 840}, 400, "not_a_clock"),
    ({"lunch": 10**9}, 400, "no_such_lunch"), ({"waiting_list": 1}, 400, "not_true_or_false"),
    ({"status": "confirmed"}, 400, "unknown_field"), ({"price": 0}, 400, "unknown_field"),
    ({"override_reason": "please"}, 403, "may_not_override"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "status", "code"), WRONG)
def test_wrong_input(client, wrong, status, code):
    told = post(client, URL, body(**wrong))
    answer = told.json()
    assert told["Content-Type"].startswith("application/problem+json")
    assert told.status_code == status, answer
    assert code in {answer["code"], *(error["code"] for error in answer["errors"])}, answer
    assert not SchoolBooking.objects.exists()


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("{", "application/json", 400), ("[]", "application/json", 400), ("", "application/json", 400),
        ("a=1", "application/x-www-form-urlencoded", 415), ("x" * 2_000_000, "application/json", 413),
    ],
)  # fmt: skip
def test_wrong_bodies(client, content, kind, status):
    assert client.post(URL, content, content_type=kind).status_code == status


def test_other_peoples_codes_are_not_there(client):
    made = classes.confirmed()
    for other in (client, proved_client("somebody@skola.example")):
        for answer in (
            other.get(f"{URL}{made.code}/"),
            patch(other, made.code, {"pupils": 5}, **{"If-Match": "*"}),
            post(other, f"{URL}{made.code}/cancellation/", {}),
            post(other, f"{URL}{made.code}/move/", {"session": 1}),
            post(other, f"{URL}{made.code}/offer/", {"accept": False}),
        ):
            assert answer.status_code == 404
            assert TEACHER not in answer.content.decode()
    made.refresh_from_db()
    assert made.version == 1


@pytest.mark.parametrize("pin", ["12345", "abcdef", "", 123456, None])
def test_wrong_pins(client, pin):
    code = post(client, URL, body()).json()["code"]
    assert post(client, f"{URL}{code}/confirmation/", {"pin": pin}).status_code == 400


def test_a_code_that_does_not_exist_cannot_be_confirmed(client):
    assert post(client, f"{URL}0000000000/confirmation/", {"pin": "123456"}).status_code == 404


def test_the_list_is_for_staff_and_filters(client):
    made = classes.confirmed()
    assert client.get(URL).status_code in (401, 403)
    client.force_login(classes.planner().user)
    for query, codes in [
        ("", [made.code]), ("?date=2026-03-03", [made.code]), ("?date=2026-03-04", []), ("?status=cancelled", []),
        (f"?session={made.session_id}&status=confirmed", [made.code]),
    ]:  # fmt: skip
        assert [row["code"] for row in client.get(URL + query).json()["results"]] == codes
    for query in ("?date=yesterday", "?status=lost", "?session=x", "?nonsense=1"):
        assert client.get(URL + query).status_code == 400


def test_the_list_takes_the_same_number_of_queries(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(classes.planner().user)
    counts = []
    for _ in range(2):
        classes.confirmed()
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_confirmed_booking_is_three_statements(django_assert_num_queries):
    """docs/adr/0011 and 0013 to 0016: nobody waits for more than these while somebody has the session's lock."""
    said, client = body(lunch=None), proved_client()
    # The test's own transaction makes a savepoint of BEGIN and COMMIT.
    with django_assert_num_queries(3 + 2):
        made = post(client, URL, said, **{"Idempotency-Key": "k1"})
    assert made.json()["status"] == "confirmed"
