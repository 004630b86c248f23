"""The desk's doors in the API."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.periods import date_range
from tests.visitors.making import DAY, MORNING, arrival, desk, municipality, user
from visitors import operations
from visitors.models import CheckIn, Visit
from visitors.safety.models import HouseLimit

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture(autouse=True)
def _this_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def client(*roles: str) -> APIClient:
    caller = APIClient()
    caller.force_login(user(*roles or ("desk",), email=f"{'-'.join(roles) or 'desk'}@navet.example"))
    return caller


def post(path: str, body: object, caller: APIClient | None = None, **headers: str):
    return (caller or client()).post(f"{API}{path}", body, format="json", headers=headers)


def test_arrivals_of_the_day_say_what_the_desk_needs():
    party = arrival(needs={"wheelchair": 1}, bus_at=dt.time(9, 15), contact_name="Anna Lärare")
    arrival(starts_at=MORNING + dt.timedelta(days=1))
    done = operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    (row,) = client().get(f"{API}arrivals/", {"date": str(DAY)}).json()["results"]
    assert row["code"] == party.code
    assert row["starts_at"] == "2026-03-12T09:30:00+01:00"
    assert row["status"] == "checked_in"
    assert row["needs"] == {"wheelchair": 1}
    assert row["municipality"] == {"code": "1490", "name": "Borås"}
    assert row["check_in"] == {
        "id": done.pk,
        "arrival": party.code,
        "participants": 22,
        "adults": 3,
        "checked_in_at": "2026-03-12T09:30:00+01:00",
        "by": "Rut Reception",
        "undone_at": None,
    }
    assert client().get(f"{API}arrivals/{party.code}/").json() == row


@pytest.mark.parametrize("parties", [1, 30])
def test_arrivals_take_a_fixed_number_of_queries(parties, django_assert_max_num_queries):
    for _ in range(parties):
        operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    caller = client()
    with django_assert_max_num_queries(4):
        assert len(caller.get(f"{API}arrivals/", {"date": str(DAY)}).json()["results"]) == parties


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("herrljunga", 1),
        ("herljunga", 1),
        ("5a", 1),
        ("herljunga 5a", 1),
        ("5b", 0),
        ("svenljunga", 0),
        ("", 2),
    ],
)
def test_arrivals_are_found_however_they_are_spelt(text, found):
    arrival()
    arrival(label="Hestra Midgårds skola, 4C")
    rows = client().get(f"{API}arrivals/", {"search": text} if text else {}).json()["results"]
    assert len(rows) == found


def test_arrivals_are_found_by_code_and_by_the_address_behind_the_qr():
    party = arrival()
    arrival()
    for text in (party.code, party.code.lower(), f"http://127.0.0.1:8000/bokning/{party.code}/"):
        rows = client().get(f"{API}arrivals/", {"search": text}).json()["results"]
        assert [row["code"] for row in rows] == [party.code]


@pytest.mark.parametrize(
    ("status", "found"), [("expected", 1), ("checked_in", 1), ("cancelled", 1), ("no_show", 0)]
)
def test_arrivals_by_status(status, found):
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    operations.withdraw(arrival().code, at=MORNING)
    arrival()
    assert len(client().get(f"{API}arrivals/", {"status": status}).json()["results"]) == found


def test_check_in_twice_with_one_key_is_one_check_in():
    party = arrival()
    body = {"arrival": party.code, "participants": 22, "adults": 3}
    first = post("check-ins/", body, **{"Idempotency-Key": "k1"})
    again = post("check-ins/", body, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert CheckIn.objects.count() == 1
    other = post("check-ins/", body | {"participants": 21}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(("by_key", "via"), [(True, "api"), (False, "page")])
def test_what_the_reception_taps_on_its_page_came_by_the_page(by_key, via):
    """The page asks the API, logged in as its person; a device shows its key."""
    caller = Client()
    if by_key:
        enrolled = devices.enrol(
            name="Tablet", by=Actor(user=user("desk", email="a@navet.example")), at=MORNING
        )
        caller = Client(headers={"Authorization": f"Bearer {enrolled.token}"})
    else:
        caller.force_login(user("desk"))
    done = caller.post(f"{API}visits/", {"category": "adult", "count": 1}, content_type="application/json")
    assert done.status_code == 201
    assert Visit.objects.get().via == via


def test_check_in_undo_and_check_in_again():
    party = arrival()
    body = {"arrival": party.code, "participants": 22}
    first = post("check-ins/", body).json()
    refused = post("check-ins/", body)
    assert (refused.status_code, refused.json()["code"], refused.json()["by"]) == (
        409,
        "already_checked_in",
        first["by"],
    )
    undone = post(f"check-ins/{first['id']}/undo/", {})
    assert (undone.status_code, undone.json()["undone_at"]) == (200, "2026-03-12T09:30:00+01:00")
    assert post(f"check-ins/{first['id']}/undo/", {}).json()["code"] == "already_undone"
    assert post("check-ins/", body).status_code == 201


def test_a_desk_that_was_without_a_network_tells_when_it_tapped():
    party = arrival()
    done = post(
        "check-ins/", {"arrival": party.code, "participants": 20, "checked_in_at": "2026-03-12T07:05:00Z"}
    )
    assert (done.status_code, done.json()["checked_in_at"]) == (201, "2026-03-12T08:05:00+01:00")
    walked = post("visits/", {"category": "adult", "count": 1, "at": "2026-03-12T08:10:00+01:00"})
    assert (walked.status_code, walked.json()["at"]) == (201, "2026-03-12T08:10:00+01:00")
    entered = Visit.objects.order_by("pk")
    assert [timezone.localtime(visit.at).hour for visit in entered] == [8, 8]
    assert {visit.entered_at for visit in entered} == {MORNING}
    assert {visit.via for visit in entered} == {"offline"}
    pages = Client()
    pages.force_login(user("desk"))
    rows = pages.get("/reception/rader/", {"dag": str(DAY)}).content.decode()
    assert rows.count("Reception, utan nät, inlagt efteråt") == len(entered)


def test_arrivals_say_in_a_word_how_who_came_differs():
    operations.check_in(arrival(), participants=22, adults=2, by=desk(), at=MORNING)
    arrival(starts_at=MORNING + dt.timedelta(hours=1))
    rows = client().get(f"{API}arrivals/").json()["results"]
    assert [row["difference"] for row in rows] == ["fewer", None]


def test_walk_ins_are_recorded_listed_and_undone():
    municipality("1466", "Herrljunga")
    made = post("visits/", {"category": "family_child", "count": 3, "municipality": "1466"})
    assert made.status_code == 201
    back = post(f"visits/{made.json()['id']}/undo/", {})
    assert (back.status_code, back.json()["count"], back.json()["reverses"]) == (200, -3, made.json()["id"])
    rows = client().get(f"{API}visits/", {"date": str(DAY)}).json()["results"]
    assert [(row["count"], row["municipality"], row["by"]) for row in rows] == [
        (3, "1466", "Rut Reception"),
        (-3, "1466", "Rut Reception"),
    ]


def test_house_now():
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    arrival(starts_at=MORNING + dt.timedelta(minutes=30), expected_participants=10, expected_adults=1)
    arrival(starts_at=MORNING + dt.timedelta(minutes=60))
    answer = client().get(f"{API}house-now/").json()
    assert answer == {
        "at": "2026-03-12T09:30:00+01:00",
        "heads": 25,
        "limit": None,
        "warn_at": None,
        "warning": "none",
        "by_category": [{"category": "pupil", "heads": 22}, {"category": "school_adult", "heads": 3}],
        "expected_next_hour": {"parties": 1, "participants": 10, "adults": 1},
    }


def test_indicators_answer_to_management():
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    answer = client("management").get(f"{API}indicators/", {"year": "2026"}).json()
    assert (answer["year"], answer["as_of"]) == (2026, "2026-03-12")
    pupils = answer["indicators"][0]
    assert (pupils["code"], pupils["outcome"], pupils["target"]) == ("pupils", 22, 18000)
    assert len(pupils["by_month"]) == 12


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("arrivals/", "educator", 200),
        ("arrivals/", "finance", 403),
        ("visits/", "finance", 200),
        ("house-now/", "planner", 200),
        ("indicators/", "desk", 403),
        ("indicators/", "planner", 200),
    ],
)
def test_reading_asks_for_the_capability(path, role, status):
    assert client(role).get(f"{API}{path}").status_code == status


@pytest.mark.parametrize("path", ["arrivals/", "visits/", "house-now/", "indicators/"])
def test_the_public_sees_nothing(path):
    assert APIClient().get(f"{API}{path}").status_code in {401, 403}


@pytest.mark.parametrize("path", ["check-ins/", "visits/"])
def test_an_educator_does_not_count(path):
    assert post(path, {}, client("educator")).status_code == 403


GOOD = {"participants": 22, "adults": 2}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"arrival": "0000000000"}, 400, "no_such_arrival"),
        ({"arrival": "not a code"}, 400, "invalid_code"),
        ({"arrival": None}, 400, "null"),
        ({"arrival": 7}, 400, "not_text"),
        ({"arrival": "7" * 5000}, 400, "invalid_code"),
        ({"participants": -1}, 400, "min_value"),
        ({"participants": 501}, 409, "implausible_count"),
        ({"participants": 10**12}, 400, "max_value"),
        ({"participants": "22"}, 400, "not_a_whole_number"),
        ({"participants": 2.5}, 400, "not_a_whole_number"),
        ({"participants": True}, 400, "not_a_whole_number"),
        ({"participants": None}, 400, "null"),
        ({"participants": 0, "adults": 0}, 409, "nobody_came"),
        ({"adults": [2]}, 400, "not_a_whole_number"),
        ({"names": ["Kim"]}, 400, "unknown_field"),
        ({"checked_in_at": "in the morning"}, 400, "invalid"),
        ({"checked_in_at": "9999-12-31T23:59:59Z"}, 400, "out_of_range"),
        ({"checked_in_at": 1773304200}, 400, "invalid"),
        ({"checked_in_at": "2026-03-11T09:30:00+01:00"}, 409, "not_the_same_day"),
        ({"checked_in_at": "2026-03-13T09:30:00+01:00"}, 409, "in_the_future"),
    ],
)
def test_check_in_refuses_wrong_input_and_changes_nothing(change, status, code):
    answer = post("check-ins/", {"arrival": arrival().code} | GOOD | change)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert code in {answer.json()["code"], *(error["code"] for error in answer.json()["errors"])}
    assert not Visit.objects.exists()


@pytest.mark.parametrize("body", [[], "x", 7, None])
def test_check_in_refuses_what_is_no_object(body):
    assert post("check-ins/", body).status_code == 400


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"category": "pupil"}, 400, "invalid_choice"),
        ({"category": "dog"}, 400, "invalid_choice"),
        ({"count": 0}, 400, "min_value"),
        ({"count": 501}, 409, "implausible_count"),
        ({"municipality": "9999"}, 400, "does_not_exist"),
        ({"municipality": 1490}, 400, "not_text"),
        ({"when": "2026-01-01"}, 400, "unknown_field"),
        ({"at": "2026-01-01"}, 400, "invalid"),
        ({"at": None}, 400, "null"),
        ({"at": "0001-01-01T00:00:00+14:00"}, 400, "out_of_range"),
        ({"at": "2026-03-11T23:59:00+01:00"}, 409, "not_the_same_day"),
        ({"at": "2026-03-12T09:33:00+01:00"}, 409, "in_the_future"),
    ],
)
def test_visits_refuse_wrong_input_and_change_nothing(change, status, code):
    answer = post("visits/", {"category": "adult", "count": 1} | change)
    assert answer.status_code == status
    assert code in {answer.json()["code"], *(error["code"] for error in answer.json()["errors"])}
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "arrivals/?date=tomorrow",
        "arrivals/?date=0001-01-01",
        "arrivals/?date=9999-12-31",
        "arrivals/?date=2026-02-30",
        "arrivals/?status=late",
        "arrivals/?search=%00",
        "arrivals/?day=2026-03-12",
        "arrivals/?cursor=x",
        "visits/?date=x",
        "visits/?years=2026",
        "house-now/?at=now",
    ],
)
def test_wrong_parameters_are_named(address):
    assert client().get(f"{API}{address}").status_code == 400


@pytest.mark.parametrize(
    "query", ["year=x", "year=1", "year=99999", "as_of=yesterday", "as_of=1999-01-01", "foo=1"]
)
def test_indicators_refuse_wrong_parameters(query):
    assert client("management").get(f"{API}indicators/?{query}").status_code == 400


@pytest.mark.parametrize("address", ["arrivals/0000000000/", "arrivals/%00/", f"arrivals/{'x' * 300}/"])
def test_what_is_not_there_is_404(address):
    assert client().get(f"{API}{address}").status_code == 404


@pytest.mark.parametrize("pk", [0, 10**30])
@pytest.mark.parametrize("noun", ["check-ins", "visits"])
def test_undo_of_nothing_is_404(noun, pk):
    assert post(f"{noun}/{pk}/undo/", {}).status_code == 404


def test_a_check_in_by_a_device_is_three_statements(django_assert_num_queries):
    """docs/adr/0013. The device; the party locked, with the limit of the house; its check-in with the entries in the ledger."""
    party = arrival()
    device = devices.enrol(name="Tablet", by=Actor(user=user("desk", email="a@navet.example")), at=MORNING)
    caller = APIClient(headers={"Authorization": f"Bearer {device.token}"})
    body = {"arrival": party.code, "participants": 22, "adults": 3}
    devices.note_use(device.device, at=MORNING)  # noted once a minute
    with django_assert_num_queries(3 + 2):  # the test's own transaction makes a savepoint of BEGIN and COMMIT
        assert post("check-ins/", body, caller).status_code == 201


def test_house_now_says_how_near_the_limit_is():
    HouseLimit.objects.create(heads=30, warn_percent=80, valid=date_range(DAY, DAY))
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    answer = client().get(f"{API}house-now/").json()
    assert (answer["heads"], answer["limit"], answer["warn_at"], answer["warning"]) == (25, 30, 24, "near")


def test_a_full_house_is_a_problem_with_its_figures_and_a_manager_lets_in_with_a_reason():
    HouseLimit.objects.create(heads=20, valid=date_range(DAY, DAY))
    body = {"category": "group", "count": 21}
    refused = post("visits/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "house_full")
    assert [refused.json()[name] for name in ("heads", "limit", "room")] == [0, 20, 20]
    reasoned = body | {"override_reason": "Ösregn"}
    refused = post("visits/", reasoned)
    assert (refused.status_code, refused.json()["code"]) == (403, "may_not_override_limit")
    both = APIClient()
    both.force_login(user("desk", "planner", email="planner@navet.example", name="Planner"))
    assert both.post(f"{API}visits/", reasoned).json()["code"] == "may_not_override_limit"
    both.force_login(user("desk", "management", email="both@navet.example", name="Both"))
    answer = both.post(f"{API}visits/", reasoned)
    assert (answer.status_code, answer.json()["by"]) == (201, "Both")


def test_what_was_tapped_just_now_is_refused_by_the_limit_though_it_says_when():
    HouseLimit.objects.create(heads=20, valid=date_range(DAY, DAY))
    body = {"category": "adult", "count": 22, "at": "2026-03-12T09:29:30+01:00"}
    assert post("visits/", body).json()["code"] == "house_full"


def test_what_was_tapped_without_a_network_is_not_refused_by_the_limit():
    HouseLimit.objects.create(heads=20, valid=date_range(DAY, DAY))
    tapped = "2026-03-12T09:10:00+01:00"
    party = arrival()
    came = post("check-ins/", {"arrival": party.code, "participants": 22, "checked_in_at": tapped})
    assert came.status_code == 201
    assert post("visits/", {"category": "adult", "count": 2, "at": tapped}).status_code == 201
    assert post("visits/", {"category": "adult", "count": 2}).json()["code"] == "house_full"
